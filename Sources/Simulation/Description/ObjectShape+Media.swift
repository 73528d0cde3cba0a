/// The bodies of the other operations that read them themselves; see the types that read them for the rest.
extension ObjectShape {
    static let embeddingsBody = ObjectShape(
        .required("model", .text),
        .required("input", .either([.string(), .array(of: .anything, count: 1...Int.max)])),
        .optional("dimensions", .integer(in: 1...Int.max), orNull: true),
        .optional("encoding_format", .choice(of: EmbeddingsRequest.Encoding.self), orNull: true),
        .optional("input_type", .string(), orNull: true),
        .optional("user", .string(), orNull: true),
        .optional("provider", .object(ObjectShape()), orNull: true)
    )

    static let rerankBody = ObjectShape(
        .required("model", .text),
        .required("query", .text),
        .required(
            "documents",
            .array(of: .either([.string(), .object(ObjectShape())]), count: 1...Int.max)
        ),
        .optional("top_n", .integer(in: 1...Int.max), orNull: true),
        .optional("provider", .object(ObjectShape()), orNull: true)
    )

    static let imagesBody = ObjectShape(
        .required("model", .text),
        .required("prompt", .text),
        .optional("n", .integer(in: ImageRequest.counts), orNull: true),
        .optional("quality", .choice(of: ImageRequest.Quality.self), orNull: true),
        .optional("background", .choice(of: ImageRequest.Background.self), orNull: true),
        .optional("output_format", .choice(of: ImageFormat.self), orNull: true),
        .optional("output_compression", .integer(in: ImageRequest.compressions), orNull: true),
        .optional("seed", .integer(), orNull: true),
        .optional("stream", .bool, orNull: true),
        .optional("user", .string(), orNull: true),
        .optional("provider", .object(ObjectShape()), orNull: true),
        .optional(
            "input_references",
            .array(of: .object(ObjectShape()), count: 0...ImageRequest.mostReferences),
            orNull: true
        )
    )

    static let videosBody = ObjectShape(
        .required("model", .text),
        .optional("prompt", .string(), orNull: true),
        .optional("duration", .integer(in: VideoRequest.durations), orNull: true),
        .optional("generate_audio", .bool, orNull: true),
        .optional("seed", .integer(), orNull: true),
        .optional("callback_url", .format(.uri), orNull: true),
        .optional("frame_images", .array(of: .object(ObjectShape())), orNull: true),
        .optional("input_references", .array(of: .object(ObjectShape())), orNull: true),
        .optional("provider", .object(ObjectShape()), orNull: true)
    )

    static let speechBody = ObjectShape(
        .required("model", .text),
        .required("input", .string(length: 1...SpeechRequest.longestInput)),
        .optional("voice", .text, orNull: true),
        .optional("response_format", .choice(of: SpeechRequest.Format.self), orNull: true),
        .optional("speed", .number(in: SpeechRequest.speeds), orNull: true),
        .optional("user", .string(), orNull: true),
        .optional("input_references", .array(of: .object(ObjectShape())), orNull: true)
    )

    static let transcriptionBody = ObjectShape(
        .required("model", .text),
        .required("input_audio", .object(ObjectShape(.required("data", .text), .required("format", .text)))),
        .optional("language", .string(), orNull: true),
        .optional("temperature", .number(in: 0...1), orNull: true),
        .optional("response_format", .choice(of: TranscriptionRequest.ResponseFormat.self), orNull: true)
    )

    static let batchBody = ObjectShape(
        .required("endpoint", .choice(of: BatchEndpoint.self)),
        .required("model", .text),
        .required(
            "requests",
            .array(
                of: .object(ObjectShape(.required("custom_id", .text), .required("body", .object(ObjectShape())))),
                count: 1...Int.max
            )
        )
    )

    /// A file in a form; its bytes are no JSON.
    static let uploadBody = ObjectShape(.required("file", .string()), .optional("purpose", .string()))
}
