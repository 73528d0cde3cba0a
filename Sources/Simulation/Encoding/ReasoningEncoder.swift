internal import OpenRouterAPI

/// Writes `reasoning_details` in the form the model's author uses (reference: inference §2.2, §2.7).
struct ReasoningEncoder {
    let author: String
    /// Stands for the provider's signature or ciphertext.
    let opaque: String

    init(_ answer: GeneratedAnswer) {
        author = answer.identity.author
        opaque = answer.opaque
    }

    /// The items of an unstreamed answer.
    func details(_ text: String) -> JSON {
        switch author {
        case "openai":
            [summary(text), encrypted]
        case "anthropic":
            [
                [
                    "type": "reasoning.text", "text": .string(text), "signature": .string(opaque),
                    "format": "anthropic-claude-v1", "index": 0,
                ]
            ]
        default:
            [["type": "reasoning.text", "text": .string(text), "format": "unknown", "index": 0]]
        }
    }

    /// The item of one streamed delta.
    func delta(_ text: String) -> JSON {
        switch author {
        case "openai": summary(text)
        case "anthropic":
            ["type": "reasoning.text", "text": .string(text), "format": "anthropic-claude-v1", "index": 0]
        default: ["type": "reasoning.text", "text": .string(text), "format": "unknown", "index": 0]
        }
    }

    /// What follows the last delta: a signature or the encrypted whole; nil where neither is sent.
    var closing: JSON? {
        switch author {
        case "openai": encrypted
        case "anthropic":
            ["type": "reasoning.text", "signature": .string(opaque), "format": "anthropic-claude-v1", "index": 0]
        default: nil
        }
    }

    private func summary(_ text: String) -> JSON {
        ["type": "reasoning.summary", "summary": .string(text), "format": "openai-responses-v1", "index": 0]
    }

    private var encrypted: JSON {
        [
            "type": "reasoning.encrypted",
            "data": .string(opaque),
            "id": .string("rs_" + opaque.prefix(24)),
            "format": "openai-responses-v1",
            "index": 0,
        ]
    }
}
