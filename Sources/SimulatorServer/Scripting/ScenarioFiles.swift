internal import Foundation
package import Scenarios

/// Finds and reads the scenario files that a user names.
package enum ScenarioFiles {
    private static let endings = [".yaml", ".yml"]

    /// What may lie beside scenarios and is none: the configuration of the commands.
    package static let configurationName = "openrouter-sim.yaml"

    package static func isScenario(_ name: String) -> Bool {
        endings.contains { name.hasSuffix($0) } && name.split(separator: "/").last.map(String.init) != configurationName
    }

    /// Files as named; of a folder its YAML files, by name.
    ///
    /// - Throws: ``ScenarioPathError`` for a folder without any.
    package static func files(at paths: [String]) throws(ScenarioPathError) -> [String] {
        var files: [String] = []
        for path in paths {
            var isDirectory: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue else {
                files.append(path)
                continue
            }
            let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter(isScenario).sorted()
            guard !names.isEmpty else { throw .emptyFolder(path) }
            files += names.map { (path.hasSuffix("/") ? path : path + "/") + $0 }
        }
        return files
    }

    /// What came of reading each file, in order.
    ///
    /// - Throws: ``ScenarioPathError`` for a file that is not there or may not be read.
    package static func read(_ files: [String]) throws(ScenarioPathError) -> [ScenarioReading] {
        var readings: [ScenarioReading] = []
        for file in files {
            guard let data = FileManager.default.contents(atPath: file) else { throw .unreadable(file) }
            readings.append(ScenarioReader.read(Array(data), file: file))
        }
        return ScenarioReader.tellingOfNamesTaken(readings)
    }

    /// The scenarios of files and folders.
    ///
    /// - Throws: ``ScenarioFileError`` with all that is wrong in any of them, or ``ScenarioPathError``.
    package static func scenarios(at paths: [String]) throws -> [Scenario] {
        try scenarios(of: try read(try files(at: paths)))
    }

    static func scenarios(of readings: [ScenarioReading]) throws(ScenarioFileError) -> [Scenario] {
        let errors = readings.flatMap(\.errors)
        guard errors.isEmpty else { throw ScenarioFileError(errors: errors) }
        return readings.compactMap(\.scenario)
    }

    /// What tells whether a file has changed: its size and when it was written last; empty for one that is gone.
    static func stamp(of file: String) -> String {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: file) else { return "" }
        let written = (attributes[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        return "\(attributes[.size] ?? 0) \(written)"
    }
}

/// Why no scenario can be read.
package enum ScenarioPathError: Error, Sendable, Hashable, CustomStringConvertible {
    case emptyFolder(String)
    case unreadable(String)

    package var description: String {
        switch self {
        case .emptyFolder(let path): "\(path): no scenario in this folder. Expected files such as 'flaky.yaml'."
        case .unreadable(let file): "\(file): cannot be read. Expected a scenario file."
        }
    }
}
