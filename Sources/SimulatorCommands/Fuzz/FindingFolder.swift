internal import Foundation
internal import Fuzzing

/// Saved findings: a scenario file each, made when the first is saved.
struct FindingFolder {
    let path: String

    /// The cases of the files in the folder that hold one, for this API; none when there is no such folder.
    func cases(api: InferenceAPI) throws -> [FuzzCase] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { return [] }
        return try names.filter { $0.hasSuffix(".yaml") }.sorted()
            .compactMap { SavedFinding.fuzzCase(in: try Self.text(of: "\(path)/\($0)")) }
            .filter { $0.api == api }
    }

    /// Saves each finding and notes its file.
    func save(_ report: inout FuzzReport) throws {
        guard !report.findings.isEmpty else { return }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw FindingFileError(path: path, reason: "the folder cannot be made: \(error.localizedDescription)")
        }
        for index in report.findings.indices {
            let file = "\(path)/\(SavedFinding.fileName(of: report.findings[index]))"
            try Self.write(SavedFinding.yaml(report.findings[index]), to: file)
            report.findings[index].file = file
        }
    }

    /// - Throws: ``FindingFileError`` for a file that cannot be read or holds no case.
    static func fuzzCase(at path: String) throws -> FuzzCase {
        guard let fuzzCase = SavedFinding.fuzzCase(in: try text(of: path)) else {
            throw FindingFileError(path: path, reason: "no line '# openrouter-sim fuzz: …' with a case of this version")
        }
        return fuzzCase
    }

    /// Whether the folder of a file is there.
    static func canHold(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        return FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) && isFolder.boolValue
    }

    static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw FindingFileError(path: path, reason: "it cannot be written: \(error.localizedDescription)")
        }
    }

    private static func text(of path: String) throws -> String {
        do {
            return String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
        } catch {
            throw FindingFileError(path: path, reason: "it cannot be read: \(error.localizedDescription)")
        }
    }
}

/// A file of findings or reports that cannot be used.
struct FindingFileError: Error, CustomStringConvertible {
    var path: String
    var reason: String

    var description: String { "\(path): \(reason)" }
}
