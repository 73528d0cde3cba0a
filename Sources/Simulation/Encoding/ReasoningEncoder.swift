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
        switch seal {
        case .ciphertext: [summary(text), encrypted]
        case .signature(let signature): [self.text(text, signature: signature)]
        case nil: [self.text(text)]
        }
    }

    /// The item of one streamed delta.
    func delta(_ text: String) -> JSON {
        if case .ciphertext = seal { summary(text) } else { self.text(text) }
    }

    /// What follows the last delta: a signature or the encrypted whole; nil where neither is sent.
    var closing: JSON? {
        switch seal {
        case .ciphertext: encrypted
        case .signature(let signature): text(nil, signature: signature)
        case nil: nil
        }
    }

    private func text(_ text: String?, signature: String? = nil) -> JSON {
        var item: JSONObject = ["type": "reasoning.text"]
        item.append("text", text.map { .string($0) })
        item.append("signature", signature.map { .string($0) })
        item.append("format", .string(textFormat))
        item.append("index", 0)
        return .object(item)
    }

    /// Who can make use of a text that is sent back (reference: inference §2.2, `format`).
    private var textFormat: String {
        switch author {
        case "anthropic": "anthropic-claude-v1"
        case "google": "google-gemini-v1"
        default: "unknown"
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
