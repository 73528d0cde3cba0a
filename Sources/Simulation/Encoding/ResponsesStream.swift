internal import OpenRouterAPI
internal import Tapes

extension ResponsesEncoder {
    func frames(of answer: GeneratedAnswer) -> [Frame] {
        var stream = ResponsesStream(encoder: self, answer: answer)
        stream.write()
        return stream.events.frames
    }
}

/// One event stream being written (reference: inference §4.6 to §4.8).
struct ResponsesStream {
    let answer: GeneratedAnswer
    let output: ResponsesOutput
    let items: ResponsesItemEncoder
    private let encoder: ResponsesEncoder
    private(set) var events = EventFrames()
    private var sequence = 0
    /// Whether the time that the next piece takes has passed already.
    private var hasWaited = true
    /// Reasoning items that end after the others.
    private var openItems: [Int] = []

    init(encoder: ResponsesEncoder, answer: GeneratedAnswer) {
        self.encoder = encoder
        self.answer = answer
        output = encoder.output(of: answer)
        items = encoder.items(of: answer)
    }

    mutating func write() {
        for _ in 0..<answer.keepAliveCount { events.keepAlive() }
        for body in answer.upstreamBodies { send("response.debug", ["debug": ["echo_upstream_body": body.json]]) }
        events.wait(answer.playedPace.untilFirstToken)
        let beginning = encoder.responseAtStart(answer)
        send("response.created", ["response": beginning])
        send("response.in_progress", ["response": beginning])
        for step in output.silence { keepSilent(step) }
        for index in output.items.indices { write(index) }
        if !output.outcome.isFailure {
            for index in openItems { closeReasoning(index) }
        }
        send("response.\(output.outcome.status)", ["response": .object(encoder.response(answer, output))])
        events.done()
    }

    private mutating func write(_ index: Int) {
        let item = output.items[index]
        pace()
        send("response.output_item.added", ["output_index": .integer(index), "item": items.event(item, .inProgress)])
        // A failure ends the stream within the last item, which then stays open.
        let isBroken = output.outcome.isFailure && index == output.items.count - 1
        switch item.content {
        case .reasoning(let part):
            hasWaited = true
            write(thoughts: part, place(index))
            if isBroken { return }
            guard items.summarizesReasoning || encoder.reasoningEnd == .beforeAnswer else {
                return openItems.append(index)
            }
            return closeReasoning(index)
        case .message(let parts):
            hasWaited = true
            for (position, part) in parts.enumerated() {
                write(part, at: position, place(index))
                if isBroken, position == parts.count - 1 { return }
                close(part, at: position, place(index))
            }
        case .functionCall(let call): write(functionCall: call, place(index))
        case .customCall(let call): write(customCall: call, place(index))
        case .serverTool(let call): write(call, place(index))
        case .image(let image): write(image, place(index))
        }
        sendDone(index)
        for step in item.silence { keepSilent(step) }
    }

    private mutating func closeReasoning(_ index: Int) {
        guard case .reasoning(let part) = output.items[index].content else { return }
        close(thoughts: part, place(index))
        sendDone(index)
    }

    private mutating func sendDone(_ index: Int) {
        let item = items.event(output.items[index], output.status(ofItem: index))
        send("response.output_item.done", ["output_index": .integer(index), "item": item])
    }

    private func place(_ index: Int) -> Place {
        Place(item: output.items[index].id, index: index)
    }
}

// MARK: - Events

extension ResponsesStream {
    /// The item an event belongs to.
    struct Place {
        let item: String
        let index: Int

        /// The members that say so, and others behind them.
        func members(_ others: JSONObject = [:]) -> JSONObject {
            var members: JSONObject = ["item_id": .string(item), "output_index": .integer(index)]
            members.append(contentsOf: others)
            return members
        }

        /// The same for a part of the content.
        func members(part: Int, _ others: JSONObject = [:]) -> JSONObject {
            var members = members(["content_index": .integer(part)])
            members.append(contentsOf: others)
            return members
        }

        /// The same for a summary, of which there is one.
        func members(summary others: JSONObject) -> JSONObject {
            var members = members(["summary_index": 0])
            members.append(contentsOf: others)
            return members
        }

        /// The members of a part's delta in the order observed (reference: inference §4.6).
        ///
        /// `logprobs` is nil where deltas have none, such as those of thoughts.
        func deltaMembers(part: Int, logprobs: [TokenLogprob]?) -> JSONObject {
            var members: JSONObject = [:]
            members.append("logprobs", logprobs.map { .array($0.map(\.json)) })
            members.append("output_index", .integer(index))
            members.append("item_id", .string(item))
            members.append("content_index", .integer(part))
            return members
        }
    }

    mutating func send(_ type: String, _ members: JSONObject) {
        var event: JSONObject = ["type": .string(type)]
        event.append(contentsOf: members)
        event.append("sequence_number", .integer(sequence))
        sequence += 1
        events.data(.object(event))
    }

    mutating func send(_ delta: String, _ template: ResponsesDelta) {
        events.data(from: template) { [sequence] in $0.write(delta, sequence: sequence, into: &$1) }
        sequence += 1
    }

    /// Waits as long as one token takes; not before the first piece of all, and once for an item and its first piece.
    mutating func pace() {
        if !hasWaited { events.wait(answer.playedPace.betweenTokens) }
        hasWaited = false
    }

    mutating func keepSilent(_ step: GenerationStep) {
        events.silence(step)
    }
}
