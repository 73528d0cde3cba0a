internal import HTTPTypes
internal import OpenRouterAPI

/// Makes a request for an operation that has none written by hand: the document's example, or what its schemas
/// require.
struct SampleGenerator {
    let specification: OpenAPIDocument

    /// - Parameters:
    ///   - operation: what to call.
    ///   - memory: earlier answers, which say what exists.
    /// - Returns: a request with all that is required and nothing else.
    func request(for operation: OpenAPIOperation, _ memory: AnswerMemory) -> SampleRequest {
        var sample = SampleRequest(operation: operation.name, name: "generated")
        for parameter in operation.parameters where parameter.isRequired {
            switch parameter.location {
            case .path:
                sample.path[parameter.name] =
                    memory.value(of: parameter.name, in: operation.path) ?? text(of: parameter)
            case .query: sample.query.append((parameter.name, text(of: parameter)))
            case .header, .cookie: break
            }
        }
        guard let body = operation.requestBodies.first else { return sample }
        let value = self.value(of: body)
        sample.body = body.includes("multipart/form-data") ? .form(parts(of: value)) : .json(value)
        return sample
    }

    private func text(of parameter: OpenAPIParameter) -> String {
        let value = parameter.example.map { JSON($0) } ?? parameter.schema.map { self.value(of: $0) }
        guard let value else { return "example" }
        if case .string(let text) = value { return text }
        return value.description
    }

    private func parts(of value: JSON) -> [SampleRequest.FormPart] {
        value.members?.members.map { member in
            guard case .string(let text) = member.value else {
                return SampleRequest.FormPart(member.key, member.value.description)
            }
            return member.key == "file"
                ? SampleRequest.FormPart("file", "Hello\n", file: ("notes.txt", "text/plain"))
                : SampleRequest.FormPart(member.key, text)
        } ?? []
    }

    /// The example of a body where it is valid, else what the schema requires.
    private func value(of body: OpenAPIMedia) -> JSON {
        guard let schema = body.schema else { return body.example.map { JSON($0) } ?? [:] }
        let validator = SchemaValidator(specification.schemas)
        if let example = body.example, validator.isValid(example, by: schema) { return JSON(example) }
        return value(of: schema)
    }

    /// A value that a schema allows, as far as its keywords say how.
    ///
    /// A schema that requires itself is cut off with null.
    func value(of id: SchemaID, depth: Int = 0) -> JSON {
        let schema = specification.schemas[id]
        guard depth < 32 else { return .null }
        let source = specification.schemas.value(at: schema.pointer)
        if let example = source?["example"] ?? source?["default"],
            SchemaValidator(specification.schemas).isValid(example, by: id)
        {
            return JSON(example)
        }
        if let constant = schema.constants?.values.first { return JSON(constant) }
        if let branch = schema.reference ?? schema.oneOf.first ?? schema.anyOf.first {
            return value(of: branch, depth: depth + 1)
        }
        if !schema.allOf.isEmpty { return merged(schema.allOf, depth: depth + 1) }
        return value(of: schema, depth: depth)
    }

    private func merged(_ ids: [SchemaID], depth: Int) -> JSON {
        var object = JSONObject()
        for id in ids {
            let part = value(of: id, depth: depth)
            guard let members = part.members else { return part }
            for member in members.members { object[member.key] = member.value }
        }
        return .object(object)
    }

    private func value(of schema: Schema, depth: Int) -> JSON {
        guard let types = schema.types else { return [:] }
        if types.contains(.object) {
            let required = schema.propertyNames.filter { schema.required.contains($0) }
            return .object(
                JSONObject(
                    required.compactMap { name in
                        schema.properties[name].map { (name, value(of: $0, depth: depth + 1)) }
                    }
                )
            )
        }
        if types.contains(.array) {
            let count = schema.itemCount.least ?? 0
            return .array(schema.items.map { Array(repeating: value(of: $0, depth: depth + 1), count: count) } ?? [])
        }
        if types.contains(.string) { return .string(text(of: schema)) }
        if types.contains(.integer) {
            let least = schema.range.minimum ?? schema.range.exclusiveMinimum.map { $0 + 1 } ?? 1
            return .number(schema.range.maximum.map { min($0, max(least, 1)) } ?? max(least, 1))
        }
        return types.contains(.boolean) ? true : .null
    }

    private func text(of schema: Schema) -> String {
        switch schema.format {
        case .dateTime: "2026-08-30T09:15:00Z"
        case .uuid: "a103d8b6-42f0-4e50-9a3c-bf41e2c3c1a7"
        case .uri: "https://example.com/"
        case nil:
            String(
                ("example" + String(repeating: "e", count: schema.length.least ?? 0)).prefix(schema.length.most ?? 64)
            )
        }
    }
}
