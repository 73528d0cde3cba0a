internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import ServerSentEvents
internal import Simulation
internal import Tapes

extension RecordedBooking {
    /// Reads usage and cost out of a recorded answer; nil when it says nothing of them.
    init?(_ tape: Tape) {
        guard let head = tape.head, head.status.code == 200, head.fields[.contentEncoding] == nil else { return nil }
        switch head.mediaType {
        case "application/json":
            guard let root = try? JSONDocument(parsing: tape.body.readableBytesView).root else { return nil }
            self.init([root], isStreamed: false)
        case "text/event-stream":
            self.init(Self.events(of: tape), isStreamed: true)
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

    private init?(_ documents: [JSONValue], isStreamed: Bool) {
        guard let usage = documents.last(where: { $0["usage"]?.kind == .object })?["usage"] else { return nil }
        let prompt = usage["prompt_tokens"] ?? usage["input_tokens"]
        let completion = usage["completion_tokens"] ?? usage["output_tokens"]
        let choice = documents.compactMap { $0["choices"]?[0] }.last { $0["finish_reason"]?.string != nil }
        let text = { (name: String) in documents.lazy.compactMap { $0[name]?.string }.first }
        self.init(
            generationID: text("id"),
            model: text("model"),
            provider: text("provider"),
            finishReason: choice?["finish_reason"]?.string,
            nativeFinishReason: choice?["native_finish_reason"]?.string,
            isStreamed: isStreamed,
            usage: TokenUsage(
                prompt: prompt?.int ?? 0,
                completion: completion?.int ?? 0,
                reasoning: usage["completion_tokens_details"]?["reasoning_tokens"]?.int ?? 0,
                cached: usage["prompt_tokens_details"]?["cached_tokens"]?.int ?? 0
            ),
            cost: USD(usage["cost"]?.double ?? 0)
        )
    }
}
