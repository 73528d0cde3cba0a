internal import OpenRouterAPI

/// Which schema of a ``SchemaLibrary``.
package struct SchemaID: Sendable, Hashable {
    let index: Int
}

/// The assertions of one schema object, read once.
///
/// JSON Schema 2020-12 as far as OpenAPI documents use it, with two leftovers of OpenAPI 3.0: `nullable`, and
/// `exclusiveMinimum: true` beside `minimum`.
struct Schema: Sendable {
    /// Where it stands in its document.
    let pointer: JSONPointer

    /// The schema `false`, which nothing satisfies.
    var isNever = false
    var types: SchemaTypes?
    /// The values of `enum`, or the one of `const`.
    var constants: Constants?
    var isNullable = false

    var reference: SchemaID?
    var allOf: [SchemaID] = []
    var anyOf: [SchemaID] = []
    var oneOf: [SchemaID] = []
    var not: SchemaID?
    /// The member that tells the branches apart, with the branch for each of its values.
    var discriminator: Discriminator?

    var properties: [String: SchemaID] = [:]
    /// The names of ``properties`` in the order of the document.
    var propertyNames: [String] = []
    var required: [String] = []
    var additionalProperties: SchemaID?
    var propertyCount = Bounds()

    var prefixItems: [SchemaID] = []
    var items: SchemaID?
    var itemCount = Bounds()
    var hasUniqueItems = false

    var length = Bounds()
    var pattern: String?
    var format: StringFormat?

    var range = NumberRange()
}

extension Schema {
    struct Constants: Sendable {
        /// `enum` or `const`.
        var keyword: String
        var values: [JSONValue]
    }

    struct Discriminator: Sendable {
        var property: String
        var branches: [String: SchemaID]
    }

    /// Both ends included; nil for none.
    struct Bounds: Sendable, Hashable {
        var least: Int?
        var most: Int?
    }

    struct NumberRange: Sendable, Hashable {
        var minimum: Double?
        var exclusiveMinimum: Double?
        var maximum: Double?
        var exclusiveMaximum: Double?
    }
}
