internal import OpenRouterAPI

/// What transcription costs by the duration of the sound, which the prices of listings have no member for.
enum SoundPrice {
    /// USD for a millisecond.
    private static let prices: [String: USD] = [
        // 0.111 USD an hour (OpenRouter's page of the model, November 2026).
        "openai/whisper-large-v3": USD(yoctodollars: 111_000_000_000_000_000_000_000 / 3_600_000)
    ]

    /// - Parameters:
    ///   - model: the permanent slug.
    ///   - seconds: exact to milliseconds.
    /// - Returns: zero for models that are paid by tokens, or whose price is not known.
    static func fee(of model: String, seconds: Double) -> USD {
        (prices[model] ?? .zero) * Int((seconds * 1000).rounded())
    }
}
