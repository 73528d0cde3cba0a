internal import OpenRouterAPI
internal import Tapes

/// What `POST /videos` asks for (schema `VideoGenerationRequest`, August 2026).
struct VideoRequest: Sendable {
    /// Seconds that can be asked for; the schema has no upper bound, this one is ours.
    static let durations = 1...60
    static let defaultDuration = 8

    let routing: RoutingRequest
    let promptUsage: TokenUsage
    let size: ImageSize
    let durationSeconds: Int
    let hasSound: Bool
    /// Told when the job has ended.
    let callback: AbsoluteURL?
}

extension VideoRequest {
    enum FrameType: String, CaseIterable {
        case first = "first_frame"
        case last = "last_frame"
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
            throw reader.invalid("model", expected: "a video model such as google/veo-3.1")
        }
        let prompt = try Self.prompt(reading: reader)
        var routing = RoutingRequest(models: [model], purpose: .video, now: now)
        if let provider = try reader.object("provider") {
            _ = try provider.object("options")
            routing.preferences = try ProviderPreferences(reading: provider)
            // Finished videos are kept until they are fetched (reference: inference §6.4).
            guard !routing.preferences.requiresZeroDataRetention else {
                throw provider.invalid("zdr", expected: "false, as videos are kept until they are fetched")
            }
        }
        routing.needs.inputModalities = prompt.modalities
        routing.promptTokenCount = prompt.tokens.count
        self.routing = routing
        promptUsage = prompt.tokens.usage
        size = try VideoShape(reading: reader).size
        durationSeconds = try reader.integer("duration", in: Self.durations) ?? Self.defaultDuration
        hasSound = try reader.bool("generate_audio") ?? true
        callback = try Self.callback(reading: reader)
        _ = try reader.integer("seed", in: Int.min...Int.max)
        _ = try reader.integer("creativity", in: Int.min...Int.max)
        if let factor = try reader.number("upscale_factor", in: 0...Double.greatestFiniteMagnitude), factor == 0 {
            throw reader.invalid("upscale_factor", expected: "a number greater than 0")
        }
    }

    /// Text and references; one of both must be there.
    private static func prompt(reading reader: FieldReader) throws(APIError) -> PromptReader {
        var prompt = PromptReader()
        let text = try reader.string("prompt") ?? ""
        prompt.read(prompt: text)
        for frame in try reader.objects("frame_images") {
            guard try frame.choice("frame_type", of: FrameType.self) != nil else {
                throw frame.invalid("frame_type", expected: "first_frame or last_frame")
            }
            try MediaReference(reading: frame, among: [.image]).read(into: &prompt)
        }
        for part in try reader.objects("input_references") {
            let reference = try MediaReference(reading: part, among: MediaReference.Kind.allCases)
            // Providers use pictures and ignore the rest (schema `VideoGenerationRequest`).
            if reference.kind == .image { reference.read(into: &prompt) }
        }
        guard !text.isEmpty || !prompt.modalities.isEmpty else {
            throw reader.invalid("prompt", expected: "a description of the video")
        }
        return prompt
    }

    /// HTTPS, as documented; plain HTTP on this machine is our own exception, since tests listen there.
    private static func callback(reading reader: FieldReader) throws(APIError) -> AbsoluteURL? {
        guard let text = try reader.string("callback_url") else { return nil }
        guard let url = AbsoluteURL(text), url.scheme == .https || url.isLoopback else {
            throw reader.invalid("callback_url", expected: "an https URL")
        }
        return url
    }
}
