/// One thing a model does while it answers.
///
/// Each API's encoder shapes the steps into its own frames. Steps with much in them are boxed: an answer has a step for
/// each token, and all take the room of the largest.
package enum GenerationStep: Sendable, Hashable {
    /// Text that is streamed as one delta; joined, the deltas are the unstreamed text.
    case text(String, logprobs: [TokenLogprob] = [])
    /// Visible thoughts, one delta.
    case reasoning(String)
    /// Words of a refusal, one delta.
    case refusal(String)
    /// A whole call; the encoder splits its arguments into deltas.
    indirect case toolCall(ToolCall)
    /// A tool that OpenRouter runs itself; the client sees traces of it.
    indirect case serverTool(ServerToolCall)
    /// A source of the text, or a file that was parsed.
    indirect case annotation(Annotation)
    indirect case image(GeneratedImage)
    indirect case audio(AudioPiece)
    /// Keep-alive comments while nothing else is said.
    case comment(count: Int)
    /// Silence.
    case pause(Duration)
    /// What only a script does.
    indirect case interruption(ScriptedInterruption)
    /// The provider fails; nothing follows.
    indirect case failure(ProviderFailure)
}

package struct ToolCall: Sendable, Hashable {
    package var id: String
    package var name: String
    /// A JSON document as text.
    package var arguments: String

    package init(id: String, name: String, arguments: String) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}

/// The probability of one token, and of the likeliest others in its place.
package struct TokenLogprob: Sendable, Hashable {
    package struct Alternative: Sendable, Hashable {
        package var token: String
        package var logprob: Double
    }

    package var token: String
    /// Natural logarithm, at most zero.
    package var logprob: Double
    package var alternatives: [Alternative]
}
