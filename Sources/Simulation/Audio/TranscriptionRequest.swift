internal import OpenRouterAPI

/// What `POST /audio/transcriptions` asks for (schema `STTRequest`; reference: inference §6.6).
struct TranscriptionRequest: Sendable {
    enum ResponseFormat: String, CaseIterable, Sendable {
        case json
        case verboseJSON = "verbose_json"
    }

    enum Granularity: String, CaseIterable, Sendable {
        case word, segment
    }

    let routing: RoutingRequest
    let audio: [UInt8]
    let format: SpokenFormat
    /// As sent; nil to find out.
    let language: String?
    let temperature: Double
    let responseFormat: ResponseFormat
    let granularities: Set<Granularity>

    /// Reads and checks a JSON body; members that it does not know are not rejected.
    ///
    /// - Parameters:
    ///   - body: the request's.
    ///   - now: microseconds since 1970 on the world's clock.
    /// - Throws: ``APIError`` 400 that names the member.
    init(reading body: JSONValue, now: Int64) throws(APIError) {
        let reader = try FieldReader(body)
        guard let input = try reader.object("input_audio") else {
            throw reader.invalid("input_audio", expected: "an object with data and format")
        }
        guard let format = try input.string("format").flatMap(SpokenFormat.init(name:)) else {
            throw input.invalid("format", expected: "one of " + SpokenFormat.list)
        }
        let expected = "the sound in base64, and no data URL"
        guard let data = try input.string("data"), let audio = Base64.decoded(data), !audio.isEmpty else {
            throw input.invalid("data", expected: expected)
        }
        try self.init(audio, format, options: reader, now: now)
    }

    /// - Parameters:
    ///   - audio: not empty.
    ///   - format: of the sound.
    ///   - options: the other members.
    ///   - now: microseconds since 1970 on the world's clock.
    /// - Throws: ``APIError`` 400 that names the member.
    init(_ audio: [UInt8], _ format: SpokenFormat, options: FieldReader, now: Int64) throws(APIError) {
        self.audio = audio
        self.format = format
        language = try options.string("language")
        temperature = try options.number("temperature", in: 0...1) ?? 0
        responseFormat = try options.choice("response_format", of: ResponseFormat.self) ?? .json
        granularities = try Self.granularities(options)
        // Routing preferences are no part of this request (schema `STTRequest`).
        try options.checkProviderOptions()
        let model = try options.model(example: "openai/whisper-large-v3")
        routing = RoutingRequest(models: [model], purpose: .transcription, now: now)
    }

    private static func granularities(_ options: FieldReader) throws(APIError) -> Set<Granularity> {
        var granularities: Set<Granularity> = []
        for (index, name) in (try options.strings("timestamp_granularities") ?? []).enumerated() {
            guard let granularity = Granularity(rawValue: name) else {
                throw .invalidField(
                    "timestamp_granularities[\(index)]",
                    expected: "one of " + Granularity.allCases.map(\.rawValue).joined(separator: ", "),
                    found: JSON.string(name).text
                )
            }
            granularities.insert(granularity)
        }
        return granularities
    }
}
