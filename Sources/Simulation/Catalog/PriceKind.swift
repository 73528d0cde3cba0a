/// What a price is for: the price members of schema `PublicPricing`.
package enum PriceKind: Int, Sendable, CaseIterable {
    /// An input token.
    case prompt
    /// An output token.
    case completion
    case request
    /// An input image.
    case image
    /// An output image.
    case imageOutput
    /// An input token that is part of an image.
    case imageToken
    /// An input token of audio.
    case audio
    /// An output token of audio.
    case audioOutput
    /// An input token read from a cache.
    case cacheRead
    /// An input token written to a cache, for five minutes where there is a choice.
    case cacheWrite
    /// An input token written to a cache for an hour.
    case cacheWriteForHour
    /// An input token of audio read from a cache.
    case audioCache
    /// An output token of reasoning.
    case reasoning
    /// A search by the provider's own engine.
    case webSearch

    /// The name of the member.
    package var key: String {
        switch self {
        case .prompt: "prompt"
        case .completion: "completion"
        case .request: "request"
        case .image: "image"
        case .imageOutput: "image_output"
        case .imageToken: "image_token"
        case .audio: "audio"
        case .audioOutput: "audio_output"
        case .cacheRead: "input_cache_read"
        case .cacheWrite: "input_cache_write"
        case .cacheWriteForHour: "input_cache_write_1h"
        case .audioCache: "input_audio_cache"
        case .reasoning: "internal_reasoning"
        case .webSearch: "web_search"
        }
    }
}
