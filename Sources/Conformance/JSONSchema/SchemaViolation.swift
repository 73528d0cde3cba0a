package import OpenRouterAPI

/// What is wrong with a value, where in it, and which part of the schema says so.
package struct SchemaViolation: Sendable, Hashable, CustomStringConvertible {
    /// Into the value.
    package var instance: JSONPointer
    /// Into the schema's document; ends with the keyword.
    package var schema: JSONPointer
    /// For example `expected string, found null`.
    package var message: String

    package var keyword: String {
        schema.components.last ?? ""
    }

    /// For example `/choices/0/index: expected integer, found "0" (#/components/schemas/Choice/…/type)`.
    package var description: String {
        "\(instance): \(message) (#\(schema))"
    }
}
