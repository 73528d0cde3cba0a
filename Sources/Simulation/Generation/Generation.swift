/// Why a model stopped.
///
/// Source: schema `ChatFinishReason`.
package enum FinishReason: String, Sendable, Hashable {
    case stop
    case length
    case toolCalls = "tool_calls"
    case contentFilter = "content_filter"
    case error
}

/// One choice of an answer.
package struct Generation: Sendable, Hashable {
    package var steps: [GenerationStep]
    package var finishReason: FinishReason
    package var usage: TokenUsage

    /// The stop sequence that ended the text; nil when none did.
    package var stopSequence: String?

    /// Prompt tokens read from a cache as a script states it; nil for what the provider's cache has.
    var statedCachedTokens: Int?

    package init(
        steps: [GenerationStep],
        finishReason: FinishReason,
        usage: TokenUsage,
        stopSequence: String? = nil
    ) {
        self.steps = steps
        self.finishReason = finishReason
        self.usage = usage
        self.stopSequence = stopSequence
    }
}

// MARK: - Unstreamed parts

extension Generation {
    package var text: String {
        // Bytes, since appending to a string costs more than all else about a short piece.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(steps.count * 6)
        for case .text(var piece, _) in steps { piece.withUTF8 { bytes += $0 } }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// All visible thoughts; nil when there are none.
    package var reasoning: String? {
        joined { if case .reasoning(let piece) = $0 { piece } else { nil } }
    }

    /// Nil unless the model refuses.
    package var refusal: String? {
        joined { if case .refusal(let piece) = $0 { piece } else { nil } }
    }

    package var toolCalls: [ToolCall] {
        all { if case .toolCall(let call) = $0 { call } else { nil } }
    }

    package var serverTools: [ServerToolCall] {
        all { if case .serverTool(let call) = $0 { call } else { nil } }
    }

    package var annotations: [Annotation] {
        all { if case .annotation(let annotation) = $0 { annotation } else { nil } }
    }

    package var images: [GeneratedImage] {
        all { if case .image(let image) = $0 { image } else { nil } }
    }

    package var audio: [AudioPiece] {
        all { if case .audio(let piece) = $0 { piece } else { nil } }
    }

    package var logprobs: [TokenLogprob] {
        var all: [TokenLogprob] = []
        for case .text(_, let logprobs) in steps where !logprobs.isEmpty { all += logprobs }
        return all
    }

    /// What the provider failed with after it had begun; nil when it did not.
    package var failure: ProviderFailure? {
        for case .failure(let failure) in steps { return failure }
        return nil
    }

    private func all<Part>(_ part: (GenerationStep) -> Part?) -> [Part] {
        steps.compactMap(part)
    }

    private func joined(_ piece: (GenerationStep) -> String?) -> String? {
        let pieces = steps.compactMap(piece)
        return pieces.isEmpty ? nil : pieces.joined()
    }
}
