internal import Tapes

extension SyntheticModel {
    /// - Returns: nothing where nobody asked.
    func logprobs(
        of token: String,
        _ request: GenerationRequest,
        using generator: inout SeededGenerator
    ) -> [TokenLogprob] {
        guard let count = request.alternativeCount else { return [] }
        return [logprob(of: token, alternativeCount: count, using: &generator)]
    }

    private func logprob(
        of token: String,
        alternativeCount: Int,
        using generator: inout SeededGenerator
    ) -> TokenLogprob {
        let logprob = rounded(-generator.fraction() * 1.5)
        var alternatives: [TokenLogprob.Alternative] = []
        if alternativeCount > 0 {
            alternatives.append(.init(token: token, logprob: logprob))
        }
        var lower = logprob
        while alternatives.count < alternativeCount {
            lower = rounded(lower - 0.25 - generator.fraction() * 2)
            alternatives.append(.init(token: " " + generator.characters(4, of: "aeioulnrst"), logprob: lower))
        }
        return TokenLogprob(token: token, logprob: logprob, alternatives: alternatives)
    }

    private func rounded(_ value: Double) -> Double {
        (value * 1e6).rounded() / 1e6
    }
}
