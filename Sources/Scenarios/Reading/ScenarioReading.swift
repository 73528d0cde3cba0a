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
