internal import OpenRouterAPI

extension TranscriptionRequest {
    /// Bytes of an uploaded file: 25 MB (reference: inference §6.6), as OpenAI counts them.
    static let fileLimit = 25 * 1024 * 1024

    /// Reads and checks a form as OpenAI's SDKs send it; `prompt` and fields that it does not know are ignored.
    ///
    /// - Parameters:
    ///   - form: the request's.
    ///   - now: microseconds since 1970 on the world's clock.
    /// - Throws: ``APIError`` 400 that names the field.
    init(reading form: MultipartForm, now: Int64) throws(APIError) {
        guard let file = try form.part("file") else {
            throw .invalidField("file", expected: "a file of sound", found: "nothing")
        }
        guard file.content.count <= Self.fileLimit else {
            throw .invalidField(
                "file",
                expected: "at most \(Self.fileLimit) bytes; larger ones go as base64 in input_audio of a JSON body",
                found: "\(file.content.count)"
            )
        }
        guard !file.content.isEmpty else {
            throw .invalidField("file", expected: "a file of sound", found: "an empty file")
        }
        let named = file.filename.flatMap(SpokenFormat.init(filename:))
        guard let format = named ?? file.mediaType.flatMap(SpokenFormat.init(mediaType:)) else {
            throw .invalidField(
                "file",
                expected: "a name that ends in one of \(SpokenFormat.list), or the media type of one",
                found: file.filename.map { JSON.string($0).text } ?? "none"
            )
        }
        try self.init(Array(file.content), format, options: try Self.options(of: form), now: now)
    }

    /// The other fields as the members of a JSON body, so that both are checked alike.
    private static func options(of form: MultipartForm) throws(APIError) -> FieldReader {
        var members: JSONObject = [:]
        for name in ["model", "language", "response_format"] {
            members.append(name, try form.text(name).map { .string($0) })
        }
        if let temperature = try form.text("temperature") {
            members.append("temperature", temperature.isJSONNumber ? .decimal(temperature) : .string(temperature))
        }
        let granularities = try form.texts("timestamp_granularities[]") + form.texts("timestamp_granularities")
        members.append("timestamp_granularities", .array(granularities.map { .string($0) }))
        do {
            return try FieldReader(try JSONDocument(parsing: members.serialized()).root)
        } catch let error as APIError {
            throw error
        } catch {
            preconditionFailure("what was just written is JSON: \(error)")
        }
    }
}

extension String {
    fileprivate var isJSONNumber: Bool {
        (try? JSONDocument(parsing: utf8))?.root.kind == .number
    }
}
