internal import OpenRouterAPI

extension GenerationRequest.ResponseFormat {
    /// Reads `name` and `schema`, which chat nests and `/responses` has flat.
    ///
    /// - Parameter format: the object that holds them.
    /// - Returns: the format, without a schema where none is given.
    /// - Throws: ``APIError`` 400 without a name of at most 64 characters.
    static func jsonSchema(reading format: FieldReader) throws(APIError) -> Self {
        guard try format.string("name", longest: 64) != nil else {
            throw format.invalid("name", expected: "a string")
        }
        return .jsonSchema(try format.object("schema")?.value)
    }
}
