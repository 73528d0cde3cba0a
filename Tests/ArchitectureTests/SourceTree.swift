internal import Foundation

/// The Swift files of this repository.
enum SourceTree {
    /// Reads every Swift file under `Sources`, sorted by path.
    ///
    /// - Throws: When a file cannot be read, or is not UTF-8.
    static func files() throws -> [SourceFile] {
        let sources = root.appending(path: "Sources").resolvingSymlinksInPath()
        let paths = try FileManager.default.subpathsOfDirectory(atPath: sources.path(percentEncoded: false))
        return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            let text = try String(contentsOf: sources.appending(path: path), encoding: .utf8)
            return SourceFile(path: "Sources/\(path)", text: text)
        }
    }

    /// The root of the repository: `Tests/ArchitectureTests/SourceTree.swift` lies in it.
    private static var root: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }
}
