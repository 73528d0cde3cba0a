internal import HTTPTypes
internal import ServerSentEvents
package import Tapes

extension BaseTape {
    /// More is not played hundreds of times.
    private static let byteLimit = 1 << 20

    /// What was really recorded.
    ///
    /// - Parameters:
    ///   - interaction: one with a stream that a correct client reads to its end.
    ///   - body: of the answer, decompressed; nil where that cannot be done.
    ///   - api: that the client speaks.
    ///   - name: of the tape.
    /// - Throws: ``UnusableRecording`` for any other interaction.
    package init(
        recorded interaction: Interaction,
        body: [UInt8]?,
        api: InferenceAPI,
        name: String
    ) throws(UnusableRecording) {
        let tape = interaction.tape
        guard interaction.request.method == .post, interaction.request.target.path.hasSuffix(api.path) else {
            throw .endpoint(api)
        }
        guard interaction.completion == .finished else { throw .incomplete }
        guard let head = tape.head else { throw .noHead }
        guard head.status.code == 200 else { throw .status(head.status.code) }
        guard head.mediaType == "text/event-stream" else { throw .mediaType(head.mediaType ?? "of no type") }
        guard tape.ending == .complete || tape.ending == .close else { throw .ending(tape.ending.rawValue) }
        guard let body else { throw .coding }
        guard body.count <= Self.byteLimit else { throw .tooLarge(byteCount: Self.byteLimit) }
        let recorded = try RecordedStream(api: api, items: Self.items(of: body))
        self.init(name, "as it was recorded", .recorded, recorded.conversation, recorded: recorded)
    }

    /// The events and comments of a body, with one at its end that lacks its empty line.
    private static func items(of body: [UInt8]) -> [RecordedStream.Item] {
        var parser = EventStreamParser()
        var parsed: [EventStreamItem] = []
        // Limits are far beyond the size of a body that is taken.
        try? parser.parse(body, into: &parsed)
        if let rest = parser.finish()?.event { parsed.append(.event(rest)) }
        return parsed.compactMap { item in
            switch item {
            case .comment(let text): .comment(text)
            case .event(let event):
                .event(name: event.type == ServerSentEvent.defaultType ? nil : event.type, data: event.data)
            case .retry: nil
            }
        }
    }

    /// The same with less: without some of the recorded events, or of the pieces of the text.
    ///
    /// - Returns: nil where what is left says nothing.
    func removing(_ range: Range<Int>) -> BaseTape? {
        if let recorded {
            return recorded.removing(range).map { BaseTape(name, summary, cause, $0.conversation, recorded: $0) }
        }
        var shorter = conversation
        shorter.text.removeSubrange(range)
        guard !shorter.text.isEmpty || !shorter.toolCalls.isEmpty else { return nil }
        return BaseTape(name, summary, cause, shorter)
    }

    /// How many parts ``removing(_:)`` can leave out.
    var partCount: Int { recorded?.items.count ?? conversation.text.count }
}
