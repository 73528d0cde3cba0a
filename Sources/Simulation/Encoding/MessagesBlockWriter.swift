internal import OpenRouterAPI

/// Turns the steps of a generation into the blocks of a message.
///
/// Images, sound, parsed files and the clock have no block in this API and are left out.
struct MessagesBlockWriter {
    /// A block that goes on from step to step.
    private enum OpenBlock {
        case thinking, text
    }

    private let seal: ReasoningEncoder.Seal?
    private let encoder: MessagesToolEncoder
    private let betweenTokens: Duration
    private let omitsThinking: Bool
    private var events: [MessagesEvent] = []
    private var open: OpenBlock?
    /// Sources that were named before there was a text to cite them.
    private var citations: [Annotation.Citation] = []

    private init(_ answer: GeneratedAnswer, omitsThinking: Bool) {
        seal = ReasoningEncoder(answer).seal
        encoder = MessagesToolEncoder(answer)
        betweenTokens = answer.playedPace.betweenTokens
        self.omitsThinking = omitsThinking
    }

    /// - Parameters:
    ///   - answer: its first choice is the message.
    ///   - omitsThinking: whether thoughts are left out of their block.
    /// - Returns: what happens, each block that starts also stopped unless the provider fails in it.
    static func events(of answer: GeneratedAnswer, omitsThinking: Bool) -> [MessagesEvent] {
        var writer = MessagesBlockWriter(answer, omitsThinking: omitsThinking)
        let generation = answer.generation
        for (position, step) in generation.stepsThinkingFirst.enumerated() {
            if position > 0 { writer.events.append(.wait(writer.betweenTokens)) }
            writer.write(step)
        }
        if generation.failure == nil { writer.close() }
        return writer.events
    }

    private mutating func write(_ step: GenerationStep) {
        switch step {
        case .reasoning(let piece):
            begin(.thinking)
            if !omitsThinking { events.append(.delta(.thinking(piece))) }
        case .text(let piece, _), .refusal(let piece):
            begin(.text)
            events.append(.delta(.text(piece)))
        case .annotation(.citation(let citation)):
            if open == .text { cite(citation) } else { citations.append(citation) }
        case .toolCall(let call):
            write(.call(type: "tool_use", id: call.id, name: call.name), input: call.arguments)
        case .serverTool(let tool):
            guard let trace = encoder.trace(of: tool) else { return }
            write(trace.call, input: trace.input)
            write(whole: trace.result)
        case .comment, .pause, .interruption:
            events.append(.silence(step))
        case .failure(let failure):
            events.append(.failure(failure))
        case .annotation(.file), .image, .audio:
            break
        }
    }

    private mutating func begin(_ kind: OpenBlock) {
        guard open != kind else { return }
        close()
        open = kind
        events.append(.blockStart(kind == .text ? .text : .thinking))
        guard kind == .text else { return }
        for citation in citations { cite(citation) }
        citations = []
    }

    private mutating func cite(_ citation: Annotation.Citation) {
        events.append(.delta(.citation(encoder.json(citation))))
    }

    private mutating func close() {
        guard let kind = open else { return }
        open = nil
        guard kind == .thinking else { return events.append(.blockStop) }
        if case .signature(let signature) = seal { events.append(.delta(.signature(signature))) }
        events.append(.blockStop)
        if case .ciphertext(let data) = seal { write(whole: ["type": "redacted_thinking", "data": .string(data)]) }
    }

    /// A call, its input first as nothing and then in pieces, as observed.
    private mutating func write(_ call: MessagesBlock, input: String) {
        close()
        events.append(.blockStart(call))
        events.append(.delta(.input("")))
        for piece in TokenSplitter.tokens(in: input) {
            events.append(.wait(betweenTokens))
            events.append(.delta(.input(piece)))
        }
        events.append(.blockStop)
    }

    private mutating func write(whole block: JSONObject) {
        events.append(.blockStart(.whole(block)))
        events.append(.blockStop)
    }
}

extension Generation {
    /// The steps with the first thoughts before the traces of the tools that ran for them, the order of blocks in this
    /// API.
    fileprivate var stepsThinkingFirst: [GenerationStep] {
        guard let start = steps.firstIndex(where: \.isReasoning), steps[..<start].allSatisfy(\.isToolTrace) else {
            return steps
        }
        let end = steps[start...].firstIndex { !$0.isReasoning } ?? steps.endIndex
        return Array(steps[start..<end] + steps[..<start] + steps[end...])
    }
}

extension GenerationStep {
    fileprivate var isToolTrace: Bool {
        switch self {
        case .serverTool, .annotation: true
        default: false
        }
    }
}
