internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

extension TemplateContext {
    mutating func fill(_ response: ScriptedResponse) -> ScriptedResponse {
        switch response {
        case .pass: return .pass
        case .error(let error): return .error(fill(error))
        case .whole(let answer): return .whole(fill(answer))
        case .steps(let steps): return .steps(fill(steps))
        case .providers(let scripts):
            var filled = scripts
            for index in filled.indices { filled[index].steps = fill(filled[index].steps) }
            return .providers(filled)
        }
    }

    private mutating func fill(_ error: ScriptedError) -> ScriptedError {
        var filled = error
        filled.message = fill(error.message)
        filled.code = fill(error.code)
        filled.raw = fill(error.raw)
        filled.metadata = fill(error.metadata)
        filled.availability?.requestedModels = facts.request.models
        filled.availability?.retryAfter = error.retryAfterSeconds
        for index in filled.fields.indices { filled.fields[index].value = fill(filled.fields[index].value) }
        return filled
    }

    private mutating func fill(_ answer: WholeAnswer) -> WholeAnswer {
        var filled = answer
        for index in filled.fields.indices { filled.fields[index].value = fill(filled.fields[index].value) }
        for index in filled.frames.indices {
            filled.frames[index].bytes = ByteBuffer(string: fill(String(buffer: filled.frames[index].bytes)))
        }
        return filled
    }

    private mutating func fill(_ steps: [ScriptStep]) -> [ScriptStep] {
        var filled: [ScriptStep] = []
        for step in steps { filled.append(fill(step)) }
        return filled
    }

    private mutating func fill(_ step: ScriptStep) -> ScriptStep {
        switch step {
        case .reasoning(let text): return .reasoning(fill(text))
        case .text(let text): return .text(fill(text))
        case .refusal(let text): return .refusal(fill(text))
        case .toolCall(let id, let name, let arguments):
            return .toolCall(id: fill(id), name: fill(name), arguments: fill(arguments))
        case .error(let error): return .error(fill(error))
        case .data(let text): return .data(fill(text))
        case .raw(let text): return .raw(fill(text))
        case .comment, .pause, .usage, .finish, .cut: return step
        }
    }

    private mutating func fill(_ text: ScriptedText) -> ScriptedText {
        var filled = text
        filled.value = fill(text.value)
        return filled
    }
}
