internal import ArgumentParser
internal import Cassettes
internal import Foundation

/// Finds cassettes in files and folders that a user names.
enum CassettePaths {
    /// Files as named, and folders that are cassettes in text form; of another folder its `*.cassette` files, by name.
    ///
    /// - Throws: `ValidationError` for a folder without any, and for scenario files, which nothing plays yet.
    static func files(at paths: [String]) throws -> [String] {
        try paths.flatMap { path -> [String] in
            if Cassette.isTextForm(path) { return [path] }
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue else {
                guard !path.hasSuffix(".yaml"), !path.hasSuffix(".yml") else {
                    throw ValidationError("\(path): scenario files cannot be played yet. Expected a cassette.")
                }
                return [path]
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: path)
                .filter { $0.hasSuffix(".cassette") }.sorted()
            guard !names.isEmpty else {
                throw ValidationError("\(path): no *.cassette file in this folder, and no recordings as text.")
            }
            return names.map { (path.hasSuffix("/") ? path : path + "/") + $0 }
        }
    }
}
