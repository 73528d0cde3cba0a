internal import Simulation
internal import Testing

/// How near the simulated tokenizer comes to a real one.
@Suite("Token counts beside those of o200k_base")
struct TokenCountTests {
    /// Emoji are a piece each and several tokens; docs/tokens.md has the numbers.
    static let worst = 0.46
    static let mean = 0.085

    private static func error(_ row: TokenCount) -> Double {
        Double(TokenSplitter.count(row.text) - row.count) / Double(row.count)
    }

    @Test("No text is further off than stated", arguments: TokenCount.table)
    func each(row: TokenCount) {
        let limit = row.name.hasPrefix("English") || row.name.hasSuffix("code") ? 0.16 : Self.worst
        #expect(abs(Self.error(row)) <= limit, "counted \(TokenSplitter.count(row.text)) for \(row.count)")
    }

    @Test("The mean error is that which is stated, and about as many texts get too many as too few")
    func all() {
        let errors = TokenCount.table.map(Self.error)
        let mean = errors.reduce(0) { $0 + abs($1) } / Double(errors.count)
        #expect((Self.mean - 0.005...Self.mean).contains(mean), "\(mean)")
        #expect(errors.map(abs).max() ?? 0 > Self.worst - 0.01)
        let total = TokenCount.table.reduce(0) { $0 + TokenSplitter.count($1.text) }
        let expected = TokenCount.table.reduce(0) { $0 + $1.count }
        #expect((0.97...1.03).contains(Double(total) / Double(expected)), "\(total) for \(expected)")
        #expect(errors.count >= 50)
    }
}
