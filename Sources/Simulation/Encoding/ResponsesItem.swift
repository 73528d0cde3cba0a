internal import OpenRouterAPI

/// One item of an output, with the steps it is made of.
struct ResponsesItem {
    enum Status: String {
        case inProgress = "in_progress"
        case completed
        case incomplete
    }

    enum Content {
        case reasoning(ResponsesPart)
        case message([ResponsesPart])
        case functionCall(ToolCall)
        case customCall(ToolCall)
        case serverTool(ServerToolCall)
        case image(GeneratedImage)
    }

    let id: String
    var content: Content
    /// Comments and pauses after it, where it has no parts to hold them.
    var silence: [GenerationStep] = []

    var isReasoning: Bool {
        if case .reasoning = content { true } else { false }
    }
}

/// A part of an item's content: words of one kind in the order they were said, with the silence between.
struct ResponsesPart {
    var isRefusal = false
    var steps: [GenerationStep]

    var text: String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .text(let piece, _), .reasoning(let piece), .refusal(let piece): text += piece
            default: break
            }
        }
    }

    var annotations: [JSON] {
        steps.compactMap { step in
            if case .annotation(let annotation) = step { annotation.responses } else { nil }
        }
    }

    var logprobs: [JSON] {
        steps.flatMap { step -> [JSON] in
            if case .text(_, let logprobs) = step { logprobs.map(\.json) } else { [] }
        }
    }
}

extension Annotation {
    /// Flat; chat has it nested (reference: inference §4.5).
    var responses: JSON {
        switch self {
        case .citation(let citation):
            [
                "type": "url_citation",
                "url": .string(citation.url),
                "title": .string(citation.title),
                "start_index": .integer(citation.start),
                "end_index": .integer(citation.end),
                "content": .string(citation.content),
            ]
        case .file(let file):
            ["type": "file_citation", "file_id": .string(file.hash), "filename": .string(file.name), "index": 0]
        }
    }
}
