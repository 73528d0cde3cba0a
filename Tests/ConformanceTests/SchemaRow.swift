internal import OpenRouterAPI
internal import Testing
internal import YAMLDocuments

@testable internal import Conformance

/// A schema under a keyword's test, a value that fits and one that does not.
struct SchemaRow: CustomTestStringConvertible {
    let schema: String
    let valid: [String]
    let invalid: String
    /// `value pointer: message (#schema pointer)` for each violation of the invalid value.
    let violations: [String]

    init(_ schema: String, valid: String..., invalid: String, _ violations: String...) {
        self.schema = schema
        self.valid = valid
        self.invalid = invalid
        self.violations = violations
    }

    var testDescription: String { schema }
}

/// A library with the schemas of a test, in `components.schemas`.
struct SchemaFixture {
    let validator: SchemaValidator
    let id: SchemaID

    /// Reads `schema`, which the document calls `S`, with `others` beside it, in YAML's flow style.
    init(_ schema: String, others: String = "") throws {
        let text = "{components: {schemas: {S: \(schema)\(others.isEmpty ? "" : ", " + others)}}}"
        var library = SchemaLibrary(of: try YAMLDocument(parsing: Array(text.utf8), file: "spec.yaml"))
        id = try library.schema(at: try JSONPointer("/components/schemas/S"))
        validator = SchemaValidator(library)
    }

    /// In the form of the table, with `S` for the schema's own pointer.
    func violations(of value: String) throws -> [String] {
        let value = try JSONDocument(parsing: value.utf8).root
        let violations = validator.violations(of: value, by: id)
        #expect(validator.isValid(value, by: id) == violations.isEmpty)
        return violations.map { "\($0)".replacing("/components/schemas/", with: "") }
    }
}
