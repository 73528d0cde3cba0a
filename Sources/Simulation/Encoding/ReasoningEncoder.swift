internal import OpenRouterAPI

/// Writes `reasoning_details` in the form the model's author uses (reference: inference §2.2, §2.7).
struct ReasoningEncoder {
    /// What proves to the provider that thoughts sent back are its own.
    enum Seal {
        /// Of the text beside it.
        case signature(String)
        /// Of what the text sums up.
        case ciphertext(String)
    }

    let author: String
    /// Stands for the provider's signature or ciphertext.
    let opaque: String

    init(_ answer: GeneratedAnswer) {
        author = answer.identity.author
        opaque = answer.opaque
    }

    /// Nil for authors whose models send neither.
    var seal: Seal? {
        switch author {
        case "openai": .ciphertext(opaque)
        case "anthropic": .signature(opaque)
        default: nil
        }
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
        switch seal {
        case .ciphertext: encrypted
        case .signature(let signature):
            ["type": "reasoning.text", "signature": .string(signature), "format": "anthropic-claude-v1", "index": 0]
        case nil: nil
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
