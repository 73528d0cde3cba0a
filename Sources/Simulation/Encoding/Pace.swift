internal import Tapes

/// How fast a simulated endpoint talks; what `--timing recorded` plays.
package struct Pace: Sendable, Hashable {
    package var untilFirstToken: Duration
    package var betweenTokens: Duration

    package init(untilFirstToken: Duration, betweenTokens: Duration) {
        self.untilFirstToken = untilFirstToken
        self.betweenTokens = betweenTokens
    }

    /// Everything at once.
    static let none = Pace(untilFirstToken: .zero, betweenTokens: .zero)

    /// The same, played faster or slower.
    func played(_ timing: Timing) -> Pace {
        Pace(
            untilFirstToken: timing.apply(to: untilFirstToken),
            betweenTokens: timing.apply(to: betweenTokens)
        )
    }

    init(_ endpoint: CatalogEndpoint) {
        untilFirstToken = endpoint.latency
        betweenTokens = .microseconds(Int64(1e6 / endpoint.tokensPerSecond))
    }
}
