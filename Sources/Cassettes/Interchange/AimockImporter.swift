internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import YAMLDocuments

/// Reads fixtures of aimock, as far as they mean one request of the chat API.
///
/// A fixture matches by parts of a request, a recording by the whole of it: of each fixture that names a user message
/// two recordings are made, of the request with this one message, streamed and not.
struct AimockImporter {
    /// Members of `match` that a recording can honor.
    private static let honored: Set<String> = ["userMessage", "model", "sequenceIndex", "turnIndex", "endpoint"]
    private static let understood: Set<String> = ["content", "toolCalls", "reasoning", "blocks", "error", "status"]

    private let file: TextFile
    private let model: String
    private let recordedAt: Int64
    private var recordings = ImportedRecordings()

    /// Makes two recordings of each fixture that names a user message.
    ///
    /// `recordedAt` is the time of the recordings, in microseconds since 1970, `model` what requests ask for where a
    /// fixture does not say.
    static func recordings(
        in file: TextFile,
        recordedAt: Int64,
        model: String
    ) throws(YAMLDocumentError) -> ImportedRecordings {
        var importer = AimockImporter(file: file, model: model, recordedAt: recordedAt)
        let fixtures = try file.elements(try file.required("fixtures", of: file.document.root))
        // Later turns of one message come later, as equal requests replay in order.
        let ordered = fixtures.enumerated().sorted { left, right in
            (Self.turn(of: left.element), left.offset) < (Self.turn(of: right.element), right.offset)
        }
        for (_, fixture) in ordered { try importer.read(fixture) }
        return importer.recordings
    }

    private init(file: TextFile, model: String, recordedAt: Int64) {
        self.file = file
        self.model = model
        self.recordedAt = recordedAt
    }

    private static func turn(of fixture: YAMLNode) -> Int {
        let match = fixture["match"]
        guard case .integer(let turn)? = (match?["sequenceIndex"] ?? match?["turnIndex"])?.scalar?.value else {
            return 0
        }
        return turn
    }

    private mutating func read(_ fixture: YAMLNode) throws(YAMLDocumentError) {
        let match = try file.required("match", of: fixture)
        guard let message = match["userMessage"]?.string else {
            return recordings.lose("a fixture without a 'userMessage' that is a text: left out")
        }
        guard let response = fixture["response"] else {
            return recordings.lose("a fixture without a 'response': left out")
        }
        if let entry = response.entries.first(where: { !Self.understood.contains($0.key) }) {
            return recordings.lose("a fixture whose response has '\(entry.key)': left out")
        }
        for entry in match.entries where !Self.honored.contains(entry.key) {
            recordings.lose("the condition '\(entry.key)': a recording matches the whole request")
        }
        if match["model"]?.string == nil { recordings.lose("a fixture for any model: only '\(model)' is answered") }
        recordings.lose("matching by a part of the last message: only a request with just this message is answered")
        let known: Set<String> = ["match", "response", "latency", "chunkSize", "truncateAfterChunks"]
        for entry in fixture.entries where !known.contains(entry.key) {
            recordings.lose("the setting '\(entry.key)'")
        }
        let asked = match["model"]?.string ?? model
        let fixture = AimockAnswer(
            fixture: fixture,
            response: response,
            model: asked,
            number: recordings.interactions.count
        )
        for isStreamed in [false, true] {
            let request: JSON = [
                "model": .string(asked),
                "messages": [["role": "user", "content": .string(message)]],
            ]
            var object = request.members ?? [:]
            if isStreamed { object.append("stream", .bool(true)) }
            recordings.interactions.append(
                ImportedInteraction(
                    interaction: Interaction(
                        request: Request(
                            method: .post,
                            target: RequestTarget("/api/v1/chat/completions"),
                            fields: [.contentType: "application/json"],
                            body: ByteBuffer(bytes: JSON.object(object).serialized())
                        ),
                        tape: fixture.tape(isStreamed: isStreamed, created: Int(recordedAt / 1_000_000)),
                        recordedAt: recordedAt
                    )
                )
            )
        }
    }
}
