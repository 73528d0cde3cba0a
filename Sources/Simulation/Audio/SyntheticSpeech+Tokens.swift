internal import Tapes

extension SyntheticSpeech {
    /// Tokens a model makes for it: 20 for a second, at least one (OpenAI audio pricing guide, August 2026).
    var tokenCount: Int { max(1, Int(duration.microseconds) * 20 / 1_000_000) }
}
