package import OpenRouterAPI
package import Tapes

/// A JSON value made to satisfy a JSON Schema, as a model with structured outputs returns it.
///
/// The vocabulary is what API users send: draft 2020-12 (<https://json-schema.org/draft/2020-12>), with the
/// spellings of older drafts that are still common (`definitions`, `items` as an array, boolean
/// `exclusiveMinimum`) and `nullable` of OpenAPI 3.0. Every property is filled, in the order of the schema; values
/// are plausible for the names of their properties and may use words of the prompt.
package struct SchemaInstance: Hashable, Sendable {
    /// The instance.
    package let value: JSON

    /// What the schema asks for that the instance may not satisfy; empty in the usual case.
    package let problems: [SchemaProblem]

    /// Makes an instance of `schema`.
    ///
    /// The same schema, prompt and state of `generator` give the same instance. The generator moves on by one
    /// number.
    ///
    /// - Parameters:
    ///   - schema: The schema. Nil and a schema without any demand give `{}`, which is right for the response format
    ///     `json_object` and for a tool without parameters. References in it start at its own root.
    ///   - prompt: What the user asked, in any language; may be empty.
    ///   - generator: The source of every choice.
    package init(of schema: JSONValue?, prompt: String = "", using generator: inout SeededGenerator) {
        let branch = generator.branch(mixing: prompt)
        guard let schema, schema.kind == .object, schema.count > 0 else {
            value = .object(JSONObject())
            let isImpossible = schema?.bool == false
            problems = isImpossible ? [SchemaProblem(pointer: "", reason: .impossible("the schema is 'false'"))] : []
            return
        }
        var builder = SchemaInstanceBuilder(
            root: schema,
            words: PlausibleWords(prompt: prompt, generator: branch)
        )
        value = builder.value(of: [schema], name: "")
        problems = builder.problems
    }
}
