internal import ArgumentParser
internal import Foundation
internal import Scenarios

/// Finds and reads the scenario files that a user names.
enum ScenarioPaths {
    private static let endings = [".yaml", ".yml"]

    /// Files as named; of a folder its YAML files, by name.
    ///
    /// - Throws: `ValidationError` for a folder without any.
    static func files(at paths: [String]) throws -> [String] {
        try paths.flatMap { path -> [String] in
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue else {
                return [path]
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: path)
                .filter { name in endings.contains { name.hasSuffix($0) } }.sorted()
            guard !names.isEmpty else {
                throw ValidationError("\(path): no scenario in this folder. Expected files such as 'flaky.yaml'.")
            }
            return names.map { (path.hasSuffix("/") ? path : path + "/") + $0 }
        }
    }

    /// What came of reading each file, in order.
    ///
    /// - Throws: `ValidationError` for a file that is not there or may not be read.
    static func read(_ files: [String]) throws -> [ScenarioReading] {
        var readings: [ScenarioReading] = []
        for file in files {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw ValidationError("\(file): cannot be read. Expected a scenario file.")
            }
            readings.append(ScenarioReader.read(Array(data), file: file))
        }
        return ScenarioReader.tellingOfNamesTaken(readings)
    }

    /// The scenarios of files and folders.
    ///
    /// - Throws: ``ScenarioFileError`` with all that is wrong in any of them.
    static func scenarios(at paths: [String]) throws -> [Scenario] {
        let readings = try read(try files(at: paths))
        let errors = readings.flatMap(\.errors)
        guard errors.isEmpty else { throw ScenarioFileError(errors: errors) }
        return readings.compactMap(\.scenario)
    }
}
