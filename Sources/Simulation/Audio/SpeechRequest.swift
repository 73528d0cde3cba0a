internal import OpenRouterAPI

/// What `POST /audio/speech` asks for (schema `SpeechRequest`; reference: inference §6.5).
struct SpeechRequest: Sendable {
    /// What OpenRouter makes, of all the formats there are.
    enum Format: String, CaseIterable, Sendable {
        case mp3, pcm

        var audioFormat: AudioFormat {
            switch self {
            case .mp3: .mp3
            case .pcm: .pcm
            }
        }
    }

    /// In characters: OpenAI's limit; those of other providers are not known.
    static let longestInput = 4096
    static let speeds = 0.25...4.0

    let routing: RoutingRequest
    let input: String
    /// As sent; nil for the model's own.
    let voice: String?
    let format: Format
    let speed: Double
    /// Whether a sound was sent whose voice is to be used.
    let hasReference: Bool
    /// What the client calls its end user.
    let user: String?

    /// Reads and checks a body; members that it does not know are not rejected.
    ///
    /// - Parameters:
    ///   - body: the request's.
    ///   - now: microseconds since 1970 on the world's clock.
    /// - Throws: ``APIError`` 400 that names the member.
    init(reading body: JSONValue, now: Int64) throws(APIError) {
        let reader = try FieldReader(body)
        let model = try reader.model(example: "hexgrad/kokoro-82m")
        guard let input = try reader.string("input", longest: Self.longestInput), !input.isEmpty else {
            throw reader.invalid("input", expected: "the text to speak")
        }
        self.input = input
        voice = try reader.string("voice")
        if let voice, voice.isEmpty { throw reader.invalid("voice", expected: "the name of a voice") }
        format = try reader.choice("response_format", of: Format.self) ?? .pcm
        speed = try reader.number("speed", in: Self.speeds) ?? 1
        hasReference = try Self.checkReferences(reader)
        user = try reader.string("user")
        // Routing preferences are no part of this request (schema `SpeechRequest`).
        try reader.checkProviderOptions()
        routing = RoutingRequest(models: [model], purpose: .speech, now: now)
    }

    /// The voice that a model speaks with.
    ///
    /// - Throws: ``APIError`` 400 for one that the model does not have, and for none where it has no default.
    func voice(of model: CatalogModel) throws(APIError) -> String {
        guard let voices = model.supportedVoices, !hasReference || voice != nil else { return voice ?? "" }
        guard let voice, voices.contains(voice) else {
            throw .invalidField(
                "voice",
                expected: "one of " + voices.joined(separator: ", "),
                found: voice.map { JSON.string($0).text } ?? "nothing"
            )
        }
        return voice
    }
}

// MARK: - References

extension SpeechRequest {
    private enum ReferenceType: String, CaseIterable {
        case audio = "input_audio"
        case text
    }

    /// Characters of base64: schema `SpeechInputReferenceAudioInput`, 20 MiB.
    private static let longestReference = 20 * 1024 * 1024
    /// Characters: schema `SpeechInputReferenceText`.
    private static let longestTranscript = 10_000

    /// One sound, and at most one text beside it (reference: inference §6.5).
    ///
    /// - Returns: whether there are any.
    private static func checkReferences(_ reader: FieldReader) throws(APIError) -> Bool {
        guard let references = try reader.array("input_references"), references.count > 0 else { return false }
        var counts: [ReferenceType: Int] = [:]
        for (index, value) in references.elements.enumerated() {
            let part = try FieldReader(value, path: "\(reader.path(of: "input_references"))[\(index)]")
            let type = try check(part)
            counts[type, default: 0] += 1
        }
        guard counts[.audio] == 1, counts[.text, default: 0] <= 1 else {
            throw .invalidField(
                "input_references",
                expected: "one input_audio part and at most one text part",
                found: "\(counts[.audio, default: 0]) and \(counts[.text, default: 0])"
            )
        }
        return true
    }

    private static func check(_ part: FieldReader) throws(APIError) -> ReferenceType {
        guard let type = try part.choice("type", of: ReferenceType.self) else {
            throw part.invalid(
                "type",
                expected: "one of " + ReferenceType.allCases.map(\.rawValue).joined(separator: ", ")
            )
        }
        switch type {
        case .text:
            guard try part.string("text", longest: longestTranscript) != nil else {
                throw part.invalid("text", expected: "what is said in the sound")
            }
        case .audio:
            guard let audio = try part.object("input_audio") else {
                throw part.invalid("input_audio", expected: "an object with data")
            }
            let expected = "a sound in base64, or as a data URL"
            guard let data = try audio.string("data"), !data.isEmpty else {
                throw audio.invalid("data", expected: expected)
            }
            guard data.utf8.count <= longestReference else {
                throw .invalidField(
                    audio.path(of: "data"),
                    expected: "at most \(longestReference) characters",
                    found: "\(data.utf8.count)"
                )
            }
            guard DataURL(data) != nil || Base64.decoded(data) != nil else {
                throw audio.invalid("data", expected: expected)
            }
            _ = try audio.string("format")
        }
        return type
    }
}
