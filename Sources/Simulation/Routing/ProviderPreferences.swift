package import OpenRouterAPI

/// The `provider` object of a request (schema `ProviderPreferences`; reference: platform §1.5).
///
/// Lists are empty when they were not sent. Names of providers are kept as they were spelled.
package struct ProviderPreferences: Sendable, Equatable {
    package enum Sort: String, Sendable, CaseIterable, Codable {
        case price, throughput, latency, exacto
    }

    package enum Partition: String, Sendable, CaseIterable {
        case model, none
    }

    package enum DataCollection: String, Sendable, CaseIterable {
        case allow, deny
    }

    package enum Quantization: String, Sendable, CaseIterable {
        case int4, int8, fp4, mxfp4, nvfp4, fp6, fp8, mxfp8, fp16, bf16, fp32, unknown
    }

    /// What may be charged at most; nil for no limit.
    package struct MaximumPrice: Sendable, Equatable {
        /// USD a million tokens.
        package var prompt: USD?
        package var completion: USD?
        package var audio: USD?
        /// USD a request, and an image.
        package var request: USD?
        package var image: USD?
    }

    /// Bounds at four ranks of a measurement; all that are given have to be kept.
    package struct Cutoffs: Sendable, Equatable {
        package var p50: Double?
        package var p75: Double?
        package var p90: Double?
        package var p99: Double?
    }

    package var order: [String] = []
    package var only: [String] = []
    package var ignore: [String] = []
    package var allowsFallbacks = true
    package var requiresParameters = false
    package var dataCollection = DataCollection.allow
    package var requiresZeroDataRetention = false
    package var enforcesDistillableText = false
    package var quantizations: [Quantization] = []
    package var sort: Sort?
    package var partition: Partition?
    package var maximumPrice: MaximumPrice?

    /// Tokens a second.
    package var preferredMinimumThroughput: Cutoffs?

    /// Seconds to the first token.
    package var preferredMaximumLatency: Cutoffs?

    package init() {}
}
