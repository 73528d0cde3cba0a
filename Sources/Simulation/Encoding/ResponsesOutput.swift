internal import OpenRouterAPI
internal import Tapes

/// The steps of a generation, sorted into the items of an output.
///
/// The streamed and the unstreamed form are both written from it, so that they hold the same items.
struct ResponsesOutput {
    private(set) var items: [ResponsesItem] = []
    /// What comes before the first item: comments and pauses.
    private(set) var silence: [GenerationStep] = []
    let outcome: ResponsesOutcome

    private var ids: ResponsesItemIDs
    /// Sources found before there is a text they belong to.
    private var annotations: [GenerationStep] = []

    /// - Parameters:
    ///   - answer: whose first generation it is.
    ///   - customTools: names of tools that take text.
    init(of answer: GeneratedAnswer, customTools: Set<String>) {
        let generation = answer.generation
        outcome = ResponsesOutcome(of: generation)
        ids = ResponsesItemIDs(answer)
        for step in generation.steps { add(step, customTools: customTools) }
    }

    /// The status of the item at an index: the last one is cut short where the answer is.
    func status(ofItem index: Int) -> ResponsesItem.Status {
        guard index == items.count - 1 else { return .completed }
        switch (items[index].content, outcome) {
        case (_, .completed): return .completed
        case (.reasoning, _), (.message, _): return .incomplete
        case (.functionCall, .incomplete), (.customCall, .incomplete): return .incomplete
        // Calls come whole; nothing of them is lost with what would have followed.
        case (.functionCall, .failed), (.customCall, .failed), (.serverTool, _), (.image, _): return .completed
        }
    }

    private mutating func add(_ step: GenerationStep, customTools: Set<String>) {
        switch step {
        case .text: addToMessage(step, isRefusal: false)
        case .refusal: addToMessage(step, isRefusal: true)
        case .reasoning:
            if case .reasoning(var part) = items.last?.content {
                part.steps.append(step)
                items[items.count - 1].content = .reasoning(part)
            } else {
                open(.reasoning(ResponsesPart(steps: [step])), "rs")
            }
        case .annotation:
            // Before the first text and beside a refusal there is nothing to annotate yet.
            if case .message(var parts) = items.last?.content, parts.last?.isRefusal == false {
                parts[parts.count - 1].steps.append(step)
                items[items.count - 1].content = .message(parts)
            } else {
                annotations.append(step)
            }
        case .toolCall(let call):
            if customTools.contains(call.name) {
                open(.customCall(call), "ctc")
            } else {
                open(.functionCall(call), "fc")
            }
        case .serverTool(let call):
            open(.serverTool(call), call.search?.engine == .native ? "ws" : "st")
        case .image(let image):
            open(.image(image), "ig")
        case .comment, .pause, .interruption:
            addSilence(step)
        case .audio, .failure:
            // The API has no sound; a failure is the outcome.
            break
        }
    }

    private mutating func open(_ content: ResponsesItem.Content, _ prefix: String) {
        items.append(ResponsesItem(id: ids.next(prefix), content: content))
    }

    private mutating func addToMessage(_ step: GenerationStep, isRefusal: Bool) {
        var steps = [step]
        if !isRefusal {
            steps = annotations + steps
            annotations = []
        }
        guard case .message(var parts) = items.last?.content else {
            return open(.message([ResponsesPart(isRefusal: isRefusal, steps: steps)]), "msg")
        }
        if parts.last?.isRefusal == isRefusal {
            parts[parts.count - 1].steps += steps
        } else {
            parts.append(ResponsesPart(isRefusal: isRefusal, steps: steps))
        }
        items[items.count - 1].content = .message(parts)
    }

    private mutating func addSilence(_ step: GenerationStep) {
        guard let last = items.indices.last else { return silence.append(step) }
        switch items[last].content {
        case .reasoning(var part):
            part.steps.append(step)
            items[last].content = .reasoning(part)
        case .message(var parts):
            parts[parts.count - 1].steps.append(step)
            items[last].content = .message(parts)
        case .functionCall, .customCall, .serverTool, .image:
            items[last].silence.append(step)
        }
    }
}

/// How an answer ends (reference: inference §4.5, §4.9).
enum ResponsesOutcome: Hashable {
    case completed
    /// - Parameter reason: `max_output_tokens` or `content_filter`.
    case incomplete(reason: String)
    case failed(ProviderFailure)

    init(of generation: Generation) {
        switch (generation.failure, generation.finishReason) {
        case (let failure?, _):
            self = failure.type.isLengthOnResponses ? .incomplete(reason: "max_output_tokens") : .failed(failure)
        case (nil, .length): self = .incomplete(reason: "max_output_tokens")
        case (nil, .contentFilter): self = .incomplete(reason: "content_filter")
        case (nil, .error): self = .failed(ProviderFailure(.providerUnavailable))
        case (nil, .stop), (nil, .toolCalls): self = .completed
        }
    }

    var isFailure: Bool {
        if case .failed = self { true } else { false }
    }

    /// As in the object, and in the name of the stream's last event.
    var status: String {
        switch self {
        case .completed: "completed"
        case .incomplete: "incomplete"
        case .failed: "failed"
        }
    }
}

/// Makes the ids of items, in order: a prefix, `_tmp_` and 11 characters in base 36 (reference: inference §1.5).
private struct ResponsesItemIDs {
    private var generator: SeededGenerator

    init(_ answer: GeneratedAnswer) {
        var generator = SeededGenerator(seed: answer.opaque.utf8)
        self.generator = generator.branch(mixing: answer.identity.id)
    }

    mutating func next(_ prefix: String) -> String {
        "\(prefix)_tmp_\(generator.characters(11, of: "0123456789abcdefghijklmnopqrstuvwxyz"))"
    }
}
