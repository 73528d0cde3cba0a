internal import ArgumentParser
internal import Cassettes
internal import Foundation
internal import SimulatorServer

/// Cassettes and scenarios in the files and folders that a user names.
struct SourcePaths {
    /// Files, and folders that are cassettes in text form.
    private(set) var cassettes: [String] = []
    /// Files, and folders with scenarios.
    private(set) var scenarios: [String] = []

    /// - Throws: `ValidationError` for a folder with neither.
    init(_ paths: [String]) throws {
        for path in paths {
            if Cassette.isTextForm(path) {
                cassettes.append(path)
            } else if let names = Self.names(inFolder: path) {
                try add(names, of: path)
            } else if ScenarioFiles.isScenario(path) {
                scenarios.append(path)
            } else {
                cassettes.append(path)
            }
        }
    }

    /// Cassettes alone.
    ///
    /// - Throws: `ValidationError` for a path that has none.
    static func cassettes(at paths: [String]) throws -> [String] {
        try paths.flatMap { path in
            let found = try SourcePaths([path])
            guard !found.cassettes.isEmpty else {
                throw ValidationError("\(path): no *.cassette file in this folder, and no recordings as text.")
            }
            return found.cassettes
        }
    }

    private mutating func add(_ names: [String], of folder: String) throws {
        let files = names.filter { $0.hasSuffix(".cassette") }
        let hasScenarios = names.contains(where: ScenarioFiles.isScenario)
        guard !files.isEmpty || hasScenarios else {
            throw ValidationError(
                "\(folder): no *.cassette file in this folder, no recordings as text, no scenario (*.yaml)."
            )
        }
        cassettes += files.map { (folder.hasSuffix("/") ? folder : folder + "/") + $0 }
        if hasScenarios { scenarios.append(folder) }
    }

    /// Nil for what is no folder.
    private static func names(inFolder path: String) -> [String]? {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue else {
            return nil
        }
        return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    }
}
