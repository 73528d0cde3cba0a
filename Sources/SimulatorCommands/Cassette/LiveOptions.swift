internal import ArgumentParser
internal import Cassettes
internal import OpenRouterAPI
internal import Recording

/// How `cassette verify --live` asks the real API.
struct LiveOptions: ParsableArguments {
    private static let defaultRequestCount = 50

    @Flag(help: "Ask the real API, and tell where its answers have another shape now.")
    var live = false

    @OptionGroup var upstream: UpstreamOptions

    @Option(help: ArgumentHelp("With --live: at most so many requests. (default: 50)", valueName: "count"))
    var maxRequests: Int?

    @Option(
        help: ArgumentHelp(
            "With --live: answers that cost so much together, by what the recordings say. (default: 0.5)",
            valueName: "usd"
        )
    )
    var maxCost: String?

    @Option(help: ArgumentHelp("With --live: a pause between two requests. (default: 0s)", valueName: "duration"))
    var delay: DurationArgument?

    @Flag(help: "With --live: also send what may change the account, such as new keys and deletes.")
    var includeChanges = false

    @Flag(help: "With --live: also ask models where the recording does not say what the answer cost.")
    var includeUnpriced = false

    /// - Throws: `ValidationError` for options that mean nothing.
    func validateUse() throws {
        if let maxRequests, maxRequests < 0 {
            throw ValidationError("The value '\(maxRequests)' is invalid for '--max-requests'. Expected 0 or more.")
        }
        _ = try cost()
        guard !live else { return }
        let given = [
            ("--upstream", upstream.upstream != nil), ("--upstream-ca", upstream.upstreamCa != nil),
            ("--max-requests", maxRequests != nil), ("--max-cost", maxCost != nil), ("--delay", delay != nil),
            ("--include-changes", includeChanges), ("--include-unpriced", includeUnpriced),
        ]
        if let option = given.first(where: \.1) {
            throw ValidationError("Missing '--live': '\(option.0)' is about asking the real API.")
        }
    }

    /// Asks the real API until there is nothing more to ask.
    func run(_ verification: LiveVerification) async throws {
        let api = try LiveAPI(upstream.configuration())
        let result: Result<Void, any Error>
        do {
            var isFirst = true
            while let request = try verification.nextRequest() {
                if !isFirst, let delay { try await Task.sleep(for: delay.duration) }
                isFirst = false
                try verification.note(try await api.answer(request))
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        try await api.shutdown()
        try result.get()
    }

    func verification(of cassette: Cassette, key: String) throws -> LiveVerification {
        var budget = LiveBudget(
            requestCount: maxRequests ?? Self.defaultRequestCount,
            cost: try cost() ?? USD.dollars(1).half
        )
        budget.includesChanges = includeChanges
        budget.includesUnpriced = includeUnpriced
        return try LiveVerification(of: cassette, key: key, budget: budget)
    }

    private func cost() throws -> USD? {
        guard let maxCost else { return nil }
        guard let cost = USD(maxCost), cost >= .zero else {
            throw ValidationError("The value '\(maxCost)' is invalid for '--max-cost'. Expected dollars, such as 0.05.")
        }
        return cost
    }
}
