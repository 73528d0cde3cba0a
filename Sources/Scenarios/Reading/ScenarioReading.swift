package import YAMLDocuments

/// What came of reading a scenario file.
package struct ScenarioReading: Sendable {
    /// Nil when there are errors.
    package var scenario: Scenario?
    /// All of the file, in its order.
    package var errors: [YAMLDocumentError]
    /// What can be meant so but hardly is, such as a rule that is never reached.
    package var warnings: [YAMLDocumentError]
}

/// All that is wrong in a scenario file.
package struct ScenarioFileError: Error, Equatable, CustomStringConvertible {
    /// At least one.
    package var errors: [YAMLDocumentError]

    package init(errors: [YAMLDocumentError]) {
        self.errors = errors
    }

    /// One line each.
    package var description: String {
        errors.map(\.description).joined(separator: "\n")
    }
}

extension Scenario {
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - file: what messages and the journal call it.
    /// - Throws: ``ScenarioFileError`` with all that is wrong.
    package init(reading bytes: [UInt8], file: String) throws(ScenarioFileError) {
        let reading = ScenarioReader.read(bytes, file: file)
        guard let scenario = reading.scenario else { throw ScenarioFileError(errors: reading.errors) }
        self = scenario
    }
}

extension ScenarioReader {
    /// Adds an error to each file whose scenario has a name that an earlier one has.
    ///
    /// A file may have the name of a built-in scenario, and takes its place.
    package static func tellingOfNamesTaken(_ readings: [ScenarioReading]) -> [ScenarioReading] {
        var files: [String: String] = [:]
        return readings.map { reading in
            guard let scenario = reading.scenario else { return reading }
            guard let other = files[scenario.name] else {
                files[scenario.name] = scenario.file
                return reading
            }
            let error = YAMLDocumentError(
                file: scenario.file,
                position: scenario.namePosition,
                message: "the name '\(scenario.name)' is taken by \(other); expected another one"
            )
            return ScenarioReading(scenario: nil, errors: [error], warnings: [])
        }
    }
}
