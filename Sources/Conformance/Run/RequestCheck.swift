internal import OpenRouterAPI

/// Holds a request of ours against the document, so that no answer is judged by a wrong question.
struct RequestCheck {
    let specification: OpenAPIDocument
    let operation: OpenAPIOperation

    func problems(of sample: SampleRequest) -> [ConformanceProblem] {
        var problems = parameterProblems(of: sample)
        let body: JSONValue?
        let type: String
        switch sample.body {
        case .none:
            return problems
        case .json(let json):
            type = "application/json"
            body = json.parsed
        case .form(let parts):
            type = "multipart/form-data"
            body = JSON.object(JSONObject(parts.map { ($0.name, .string($0.value)) })).parsed
        }
        guard let media = operation.requestBodies.first(where: { $0.includes(type) }) else {
            return problems + [ConformanceProblem(.requestBody, "\(type) is not declared", schema: operation.pointer)]
        }
        if let schema = media.schema, let body {
            problems += SchemaValidator(specification.schemas).violations(of: body, by: schema)
                .map { ConformanceProblem(.requestBody, $0) }
        }
        return problems
    }

    private func parameterProblems(of sample: SampleRequest) -> [ConformanceProblem] {
        let given = sample.path.map { ($0.key, $0.value) } + sample.query.map { ($0.name, $0.value) }
        var problems: [ConformanceProblem] = []
        for (name, value) in given {
            guard let parameter = operation.parameters.first(where: { $0.name == name }) else {
                problems.append(ConformanceProblem(.parameter(name), "is not declared", schema: operation.pointer))
                continue
            }
            // What an earlier answer is to say is not known before.
            guard let schema = parameter.schema, !value.contains("{{") else { continue }
            // A value in a URL is text; where the schema asks for a number, the text is one.
            let readings = [JSON.string(value).parsed, try? JSONDocument(parsing: value.utf8).root].compactMap(\.self)
            let validator = SchemaValidator(specification.schemas)
            guard let reading = readings.first, !readings.contains(where: { validator.isValid($0, by: schema) }) else {
                continue
            }
            problems += validator.violations(of: reading, by: schema)
                .map { ConformanceProblem(.parameter(name), $0) }
        }
        for parameter in operation.parameters
        where parameter.isRequired && !given.contains(where: { $0.0 == parameter.name }) {
            problems.append(
                ConformanceProblem(.parameter(parameter.name), "is required and missing", schema: operation.pointer)
            )
        }
        return problems
    }
}

extension JSON {
    /// The same as a document's value; nil only for numbers that are no JSON.
    var parsed: JSONValue? {
        try? JSONDocument(parsing: serialized()).root
    }
}
