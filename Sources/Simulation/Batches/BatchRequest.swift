internal import OpenRouterAPI

/// What `POST /api/beta/batches` asks for (reference: platform §5.11, inference §6.9).
struct BatchRequest: Sendable {
    struct Line: Sendable {
        let customID: String
        let body: FieldReader
    }

    let endpoint: BatchEndpoint
    /// As sent.
    let model: String
    let lines: [Line]

    /// Reads a body as far as it is refused at once; what is wrong in a line's content is found by ``BatchValidation``.
    ///
    /// - Throws: ``APIError`` 400 that names the member.
    init(reading body: JSONValue) throws(APIError) {
        let reader = try FieldReader(body)
        try Self.checkOrder(of: body)
        endpoint = try reader.requiredChoice("endpoint", of: BatchEndpoint.self)
        model = try reader.model(example: "openai/gpt-4o-mini")
        let requests = try reader.requiredArray("requests")
        guard requests.count > 0 else { throw reader.invalid("requests", expected: "at least one request") }
        var lines: [Line] = []
        lines.reserveCapacity(requests.count)
        var places: [String: Int] = [:]
        for (index, value) in requests.elements.enumerated() {
            let request = try FieldReader(value, path: "requests[\(index)]")
            let line = try Self.line(request, model: model)
            if let earlier = places.updateValue(index, forKey: line.customID) {
                throw request.invalid("custom_id", expected: "an id that requests[\(earlier)] does not have")
            }
            lines.append(line)
        }
        self.lines = lines
    }

    private static func line(_ request: FieldReader, model: String) throws(APIError) -> Line {
        guard let id = try request.string("custom_id"), !id.isEmpty else {
            throw request.invalid("custom_id", expected: "an id of your own, as text")
        }
        let body = try request.requiredObject("body")
        if body.optional("model") != nil, try body.string("model") != model {
            throw body.invalid("model", expected: "nothing, or the batch's model \(JSON.string(model).text)")
        }
        if body.optional("models") != nil {
            throw body.invalid("models", expected: "nothing, as a batch has one model")
        }
        if body.optional("stream")?.bool == true {
            throw body.invalid("stream", expected: "false or nothing, as no line of a batch is streamed")
        }
        return Line(customID: id, body: body)
    }

    /// OpenRouter reads the text as it comes, and has to know for whom a line is before it comes to it.
    private static func checkOrder(of body: JSONValue) throws(APIError) {
        guard let requests = body["requests"] else { return }
        let earlier = Set(body.members.prefix { $0.key != "requests" }.map(\.key))
        let missing = ["endpoint", "model"].filter { !earlier.contains($0) }
        guard !missing.isEmpty else { return }
        var error = APIError.invalidField(
            "requests",
            expected: "endpoint and model before it in the JSON text",
            found: "requests without \(missing.joined(separator: " and ")) before it"
        )
        let position = requests.position
        error.metadata?.append("line", .integer(position.line))
        error.metadata?.append("column", .integer(position.column))
        throw error
    }
}

extension BatchRequest {
    /// The slug that is routed: where the catalog does not list a `:batch` row, the model that it would be a variant of.
    func routedModel(in catalog: Catalog) -> String {
        let suffix = ":batch"
        guard model.hasSuffix(suffix), catalog.row(named: model) == nil else { return model }
        let base = String(model.dropLast(suffix.count))
        return catalog.row(named: base) == nil ? model : base
    }
}
