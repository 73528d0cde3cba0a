internal import OpenRouterAPI

/// What `POST /rerank` asks for (reference: inference §6.2).
struct RerankRequest: Sendable {
    let routing: RoutingRequest
    let query: TextFeatures
    let documents: [Document]
    /// How many results are wanted; nil for all.
    let limit: Int?
    let usage: TokenUsage

    struct Document: Sendable {
        var text: String?
        /// An https or data URL.
        var image: String?
    }

    /// Reads and checks a body; members that it does not know are not rejected.
    ///
    /// - Parameters:
    ///   - body: the request's.
    ///   - now: microseconds since 1970 on the world's clock.
    /// - Throws: ``APIError`` 400 that names the member.
    init(reading body: JSONValue, now: Int64) throws(APIError) {
        let reader = try FieldReader(body)
        guard let query = try reader.string("query"), !query.isEmpty else {
            throw reader.invalid("query", expected: "a text")
        }
        var prompt = PromptReader()
        prompt.read(text: query)
        self.query = TextFeatures(text: query)
        documents = try Self.documents(reader)
        for document in documents {
            if let text = document.text { prompt.read(text: text) }
            if let image = document.image { prompt.readImage(url: image, detail: nil) }
        }
        limit = try reader.integer("top_n", in: 1...Int.max)
        usage = prompt.tokens.usage
        var routing = try RoutingRequest(reading: reader, for: .rerank, example: "cohere/rerank-v3.5", now: now)
        routing.needs.inputModalities = prompt.modalities
        routing.promptTokenCount = usage.prompt
        self.routing = routing
    }

    /// What is billed: one for each hundred documents begun (Cohere's pricing page, November 2026).
    var searchUnits: Int { (documents.count + 99) / 100 }

    private static func documents(_ reader: FieldReader) throws(APIError) -> [Document] {
        guard let array = try reader.array("documents") else {
            throw reader.invalid("documents", expected: "an array of strings or objects with text or image")
        }
        guard array.count > 0 else {
            throw .invalidField("documents", expected: "at least one document", found: "an empty array")
        }
        var documents: [Document] = []
        for (index, element) in array.elements.enumerated() {
            let path = "documents[\(index)]"
            if let text = element.string {
                documents.append(Document(text: text))
                continue
            }
            guard element.kind == .object else {
                throw .invalidField(path, expected: "a string or an object with text or image", found: element.excerpt)
            }
            let object = try FieldReader(element, path: path)
            let document = Document(text: try object.string("text"), image: try object.string("image"))
            guard document.text != nil || document.image != nil else {
                throw .invalidField(path, expected: "text or image", found: "an object without them")
            }
            documents.append(document)
        }
        return documents
    }
}
