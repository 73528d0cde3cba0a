package import OpenRouterAPI
package import Tapes

/// Somebody who may answer a request instead of the simulation: a cassette, a scenario.
///
/// Asked once for the whole request, in the order of PRODUCT.md section 2; what nobody answers is a miss. May be called
/// on an event loop and must not block.
package protocol AnswerSource: Sendable {
    func answer(to request: Request, in world: World) -> Sourcing
}

/// What a source says to a request.
package enum Sourcing: Sendable {
    case answered(SourcedAnswer)
    /// The source has to look, off the event loop.
    case later(@Sendable () async -> Sourcing)
    /// Not this source's; the explanation is made only when a miss is an error.
    case missed(explanation: (@Sendable () async -> MissExplanation)?)
    /// The source should have answered and cannot; says why, for the operator and for the client.
    case failed(String)
}

/// An answer and what it means for the ledger.
package struct SourcedAnswer: Sendable {
    package var answer: Answer
    /// What to book for it; nil for answers without usage.
    package var booking: RecordedBooking?

    package init(answer: Answer, booking: RecordedBooking? = nil) {
        self.answer = answer
        self.booking = booking
    }
}

/// What a recorded answer says of itself, since credits cannot be read from opaque bytes.
///
/// One for each recording: answers that have it in common are the same answer.
package final class RecordedBooking: Sendable {
    package let generationID: String?
    package let model: String?
    package let provider: String?
    package let finishReason: String?
    package let nativeFinishReason: String?
    package let isStreamed: Bool
    package let usage: TokenUsage
    package let cost: USD
    /// What the provider charged to a key of the account's own; nil where none was used.
    package let byokCost: USD?
    /// What was sent and what came back; nil when it is not known.
    package let content: GenerationContent?

    package init(
        generationID: String?,
        model: String?,
        provider: String?,
        finishReason: String?,
        nativeFinishReason: String?,
        isStreamed: Bool,
        usage: TokenUsage,
        cost: USD,
        byokCost: USD? = nil,
        content: GenerationContent? = nil
    ) {
        self.generationID = generationID
        self.model = model
        self.provider = provider
        self.finishReason = finishReason
        self.nativeFinishReason = nativeFinishReason
        self.isStreamed = isStreamed
        self.usage = usage
        self.cost = cost
        self.byokCost = byokCost
        self.content = content
    }
}

/// Why no recording answered.
package struct MissExplanation: Sendable {
    /// One sentence, the error's message.
    package var message: String
    /// The error's metadata.
    package var metadata: JSONObject
    /// All of it for a terminal, several lines.
    package var text: String

    package init(message: String, metadata: JSONObject, text: String) {
        self.message = message
        self.metadata = metadata
        self.text = text
    }
}
