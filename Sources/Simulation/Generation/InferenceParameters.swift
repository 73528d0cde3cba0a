internal import OpenRouterAPI

/// Reads and checks the parameters that chat and text completions share.
///
/// Ranges: schema `ChatRequest` and the parameters guide (August 2026). Unknown members are not rejected.
struct InferenceParameters {
    private enum ServiceTier: String, CaseIterable {
        case auto, `default`, fast, flex, priority, scale
    }

    private enum Effort: String, CaseIterable {
        case max, xhigh, high, medium, low, minimal, none

        /// Share of the token limit that may be thought (reference: reasoning tokens guide).
        var budgetShare: Double {
            switch self {
            case .max, .xhigh: 0.95
            case .high: 0.8
            case .medium: 0.5
            case .low: 0.2
            case .minimal: 0.1
            case .none: 0
            }
        }
    }

    private let reader: FieldReader

    init(_ reader: FieldReader) {
        self.reader = reader
    }

    func read(into request: inout GenerationRequest) throws(APIError) {
        request.model = try model()
        request.isStreamed = try reader.bool("stream") ?? false
        try checkSampling()
        let limit = try reader.integer("max_completion_tokens", in: 1...Int.max)
        let legacyLimit = try reader.integer("max_tokens", in: 1...Int.max)
        request.tokenLimit = limit ?? legacyLimit
        request.stopSequences = try stopSequences()
        request.choiceCount = try reader.integer("n", in: 1...128) ?? 1
        request.reasoning = try reasoning(tokenLimit: request.tokenLimit)
        request.user = try reader.string("user")
        request.sessionID = try reader.string("session_id", longest: 256)
        try checkMetadata()
    }

    private func model() throws(APIError) -> String? {
        let models = try reader.strings("models")
        if let model = try reader.string("model") {
            guard !model.isEmpty else {
                throw reader.invalid("model", expected: "a model ID such as openai/gpt-4o-mini")
            }
            return model
        }
        return models?.first
    }

    private func checkSampling() throws(APIError) {
        _ = try reader.number("temperature", in: 0...2)
        if let topP = try reader.number("top_p", in: 0...1), topP == 0 {
            throw reader.invalid("top_p", expected: "a number greater than 0 and at most 1")
        }
        _ = try reader.integer("top_k", in: 0...Int.max)
        _ = try reader.number("top_a", in: 0...1)
        _ = try reader.number("min_p", in: 0...1)
        _ = try reader.number("frequency_penalty", in: -2...2)
        _ = try reader.number("presence_penalty", in: -2...2)
        _ = try reader.number("repetition_penalty", in: 0...2)
        _ = try reader.integer("seed", in: Int.min...Int.max)
        _ = try reader.choice("service_tier", of: ServiceTier.self)
        guard let bias = try reader.object("logit_bias") else { return }
        for member in bias.value.members {
            _ = try bias.number(member.key, in: -100...100)
        }
    }

    private func stopSequences() throws(APIError) -> [String] {
        let sequences = try reader.strings("stop", acceptsOne: true) ?? []
        guard sequences.count <= 4 else {
            throw .invalidField(reader.path(of: "stop"), expected: "at most 4 sequences", found: "\(sequences.count)")
        }
        return sequences
    }

    /// Reference: inference §2.1: at most 16 pairs, keys to 64 and values to 512 characters.
    private func checkMetadata() throws(APIError) {
        guard let metadata = try reader.object("metadata") else { return }
        guard metadata.value.count <= 16 else {
            throw .invalidField("metadata", expected: "at most 16 pairs", found: "\(metadata.value.count)")
        }
        for member in metadata.value.members {
            guard member.key.unicodeScalars.count <= 64 else {
                throw .invalidField("metadata", expected: "keys of at most 64 characters", found: "a longer key")
            }
            guard try metadata.string(member.key, longest: 512) != nil else {
                throw metadata.invalid(member.key, expected: "a string")
            }
        }
    }

    /// Nil when nobody asked for reasoning.
    private func reasoning(tokenLimit: Int?) throws(APIError) -> GenerationRequest.Reasoning? {
        let object = try reader.object("reasoning")
        let effort = try object?.choice("effort", of: Effort.self)
        let shorthand = try reader.choice("reasoning_effort", of: Effort.self)
        if let effort, let shorthand, effort != shorthand {
            throw reader.invalid("reasoning_effort", expected: "the same as reasoning.effort, \(effort.rawValue)")
        }
        let isIncluded = try reader.bool("include_reasoning")
        let isExcluded = try object?.bool("exclude")
        let maximum = try object?.integer("max_tokens", in: 1...Int.max)
        let isEnabled = try object?.bool("enabled")
        guard object != nil || shorthand != nil || isIncluded == true else { return nil }
        let chosen = effort ?? shorthand
        guard isEnabled != false, chosen != Effort.none else { return nil }
        let share = (chosen ?? .medium).budgetShare
        let byEffort = tokenLimit.map { max(1, Int(Double($0) * share)) }
        return GenerationRequest.Reasoning(
            isExcluded: isExcluded ?? (isIncluded == false),
            tokenLimit: maximum ?? byEffort
        )
    }
}
