package import OpenRouterAPI

/// Checks values against the schemas of a library (JSON Schema 2020-12).
package struct SchemaValidator: Sendable {
    package let library: SchemaLibrary

    package init(_ library: SchemaLibrary) {
        self.library = library
    }

    /// What is wrong with a value, in the order of the schema's keywords; empty when it is valid.
    package func violations(of value: JSONValue, by schema: SchemaID) -> [SchemaViolation] {
        var check = SchemaCheck(library: library)
        check.apply(schema, to: value)
        return check.violations
    }

    package func isValid(_ value: JSONValue, by schema: SchemaID) -> Bool {
        var check = SchemaCheck(library: library, stopsAtFirst: true)
        check.apply(schema, to: value)
        return check.violations.isEmpty
    }
}
