internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import ServerSentEvents
internal import Simulation
internal import Tapes

extension RecordedBooking {
    /// Reads usage, cost and text out of a recorded answer of any API; nil when it says nothing of its usage.
    convenience init?(_ tape: Tape) {
        guard let head = tape.head, head.status.code == 200, head.fields[.contentEncoding] == nil else { return nil }
        switch head.mediaType {
        case "application/json":
            guard let root = try? JSONDocument(parsing: tape.body.readableBytesView).root else { return nil }
            self.init([root], head.fields, isStreamed: false)
        case "text/event-stream":
            self.init(Self.events(of: tape), head.fields, isStreamed: true)
        default:
            return nil
        }
    }

    private static func events(of tape: Tape) -> [JSONValue] {
        var parser = EventStreamParser()
        var documents: [JSONValue] = []
        for item in (try? parser.parse(tape.body.readableBytesView)) ?? [] {
            guard case .event(let event) = item, event.data.first == "{",
                let document = try? JSONDocument(parsing: event.data.utf8)
            else { continue }
            documents.append(document.root)
        }
        return documents
    }

    /// - Parameters:
    ///   - documents: the body, or its events.
    ///   - fields: of the head.
    ///   - isStreamed: whether it came as a stream.
    ///   - said: the words, where not all documents are there.
    convenience init?(_ documents: [JSONValue], _ fields: HTTPFields, isStreamed: Bool, said: RecordedText? = nil) {
        // Events of `/responses` and `/messages` carry the answer in a member.
        let bodies = documents.flatMap { [$0, $0["response"], $0["message"]].compactMap { $0 } }
        guard let usage = bodies.last(where: { $0["usage"]?.kind == .object })?["usage"] else { return nil }
        let text = { (name: String) in bodies.lazy.compactMap { $0[name]?.string }.first }
        let finish = RecordedFinish(documents, bodies)
        let said = said ?? RecordedText(documents)
        self.init(
            generationID: fields[.xGenerationID] ?? text("id"),
            model: text("model"),
            provider: text("provider"),
            finishReason: finish.reason,
            nativeFinishReason: finish.nativeReason,
            isStreamed: isStreamed,
            usage: TokenUsage(recorded: usage),
            cost: USD(usage["cost"]?.double ?? 0),
            byokCost: Self.byokCost(usage),
            content: GenerationContent(input: nil, completion: said.completion, reasoning: said.reasoning)
        )
    }
}

extension RecordedBooking {
    private static func byokCost(_ usage: JSONValue) -> USD? {
        guard usage["is_byok"]?.bool == true else { return nil }
        return USD(usage["cost_details"]?["upstream_inference_cost"]?.double ?? 0)
    }
}

extension TokenUsage {
    /// The counts of chat, of responses and of messages, which leaves cached tokens out of its input.
    fileprivate init(recorded usage: JSONValue) {
        let promptDetails = usage["prompt_tokens_details"] ?? usage["input_tokens_details"]
        let completionDetails = usage["completion_tokens_details"] ?? usage["output_tokens_details"]
        let read = usage["cache_read_input_tokens"]?.int
        let written = usage["cache_creation_input_tokens"]?.int
        let prompt = (usage["prompt_tokens"] ?? usage["input_tokens"])?.int ?? 0
        self.init(
            prompt: prompt + (read ?? 0) + (written ?? 0),
            completion: (usage["completion_tokens"] ?? usage["output_tokens"])?.int ?? 0,
            reasoning: completionDetails?["reasoning_tokens"]?.int ?? 0,
            cached: read ?? promptDetails?["cached_tokens"]?.int ?? 0
        )
        cacheWritten = written ?? promptDetails?["cache_write_tokens"]?.int ?? 0
        promptAudio = promptDetails?["audio_tokens"]?.int ?? 0
        promptVideo = promptDetails?["video_tokens"]?.int ?? 0
        completionImage = completionDetails?["image_tokens"]?.int ?? 0
        completionAudio = completionDetails?["audio_tokens"]?.int ?? 0
    }
}
