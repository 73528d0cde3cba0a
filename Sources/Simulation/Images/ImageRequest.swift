internal import OpenRouterAPI

/// What `POST /images` asks for (schema `ImageGenerationRequest`, August 2026).
struct ImageRequest: Sendable {
    let routing: RoutingRequest
    /// Of prompt and reference pictures.
    let promptUsage: TokenUsage
    let count: Int
    let size: ImageSize
    let format: ImageFormat
    /// Of JPEG, 1 to 100; nil for the usual one.
    let quality: Int?
    let isTransparent: Bool
    let wantsStream: Bool
    /// What the end user is called by the client.
    let user: String?
}

extension ImageRequest {
    static let counts = 1...10
    static let compressions = 0...100
    static let mostReferences = 16

    enum Quality: String, CaseIterable {
        case auto, low, medium, high
    }

    enum Background: String, CaseIterable {
        case auto, transparent, opaque
    }

    /// Reads and checks a body; members that it does not know are not rejected.
    ///
    /// - Parameters:
    ///   - body: the request's.
    ///   - now: microseconds since 1970 on the world's clock.
    /// - Throws: ``APIError`` 400 that names the member.
    init(reading body: JSONValue, now: Int64) throws(APIError) {
        let reader = try FieldReader(body)
        guard let model = try reader.string("model"), !model.isEmpty else {
            throw reader.invalid("model", expected: "an image model such as bytedance-seed/seedream-4.5")
        }
        var prompt = PromptReader()
        guard let text = try reader.string("prompt"), !text.isEmpty else {
            throw reader.invalid("prompt", expected: "a description of the image")
        }
        prompt.read(prompt: text)
        for part in try reader.objects("input_references", most: Self.mostReferences) {
            try MediaReference(reading: part, among: [.image]).read(into: &prompt)
        }
        var routing = RoutingRequest(models: [model], purpose: .image, now: now)
        if let provider = try reader.object("provider") {
            _ = try provider.object("options")
            routing.preferences = try ProviderPreferences(reading: provider)
        }
        routing.needs.inputModalities = prompt.modalities
        routing.needs.parameters = reader.optional("seed") == nil ? [] : ["seed"]
        routing.promptTokenCount = prompt.tokens.count
        self.routing = routing
        promptUsage = prompt.tokens.usage
        count = try reader.integer("n", in: Self.counts) ?? 1
        size = try ImageShape(reading: reader).size
        format = try reader.choice("output_format", of: ImageFormat.self) ?? .png
        quality = try reader.integer("output_compression", in: Self.compressions).map { max(1, $0) }
        _ = try reader.choice("quality", of: Quality.self)
        isTransparent = try reader.choice("background", of: Background.self) == .transparent
        guard !isTransparent || format != .jpeg else {
            throw reader.invalid("background", expected: "auto or opaque, as jpeg has no transparency")
        }
        _ = try reader.integer("seed", in: Int.min...Int.max)
        wantsStream = try reader.bool("stream") ?? false
        user = try reader.string("user")
    }
}
