extension Simulator {
    /// How many requests a test expects.
    public struct Expectation: Sendable, Hashable, Encodable {
        private var match: Match
        private var min: Int
        private var max: Int?

        /// Exactly so many.
        public static func count(_ count: Int, of match: Match) -> Expectation {
            Expectation(match: match, min: count, max: count)
        }

        /// So many or more.
        public static func atLeast(_ count: Int, of match: Match) -> Expectation {
            Expectation(match: match, min: count, max: nil)
        }

        /// So many or fewer.
        public static func atMost(_ count: Int, of match: Match) -> Expectation {
            Expectation(match: match, min: 0, max: count)
        }
    }

    /// What a world's requests are held against besides what a test expects of them.
    public struct Checks: OptionSet, Sendable, Hashable {
        /// A bit for each check.
        public var rawValue: Int

        /// A set of checks by its bits.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// No request was one that no recording answers.
        public static let misses = Checks(rawValue: 1)
        /// Each rule of the scenario was used.
        public static let unusedRules = Checks(rawValue: 2)
        /// Each recording of the cassette was played.
        public static let unusedRecordings = Checks(rawValue: 4)
    }

    /// Whether a world's requests are those that were expected.
    public struct Verdict: Sendable, Hashable, Decodable {
        /// Whether there are no failures.
        public var passed: Bool
        /// One sentence each.
        public var failures: [String]
        /// How many requests there were.
        public var requests: Int
        /// How many of them no recording answered.
        public var misses: Int
        /// Rules of the world's scenario that matched nothing, as `name:line`.
        public var unusedRules: [String]
        /// Recordings that were not played, as `file #number`.
        public var unusedRecordings: [String]

        enum CodingKeys: String, CodingKey {
            case passed, failures, requests, misses
            case unusedRules = "unused_rules"
            case unusedRecordings = "unused_recordings"
        }
    }

    private struct Verification: Encodable {
        var expect: [Expectation]
        var order: [Match]
        var noMisses: Bool
        var noUnusedRules: Bool
        var noUnusedRecordings: Bool

        enum CodingKeys: String, CodingKey {
            case expect, order
            case noMisses = "no_misses"
            case noUnusedRules = "no_unused_rules"
            case noUnusedRecordings = "no_unused_recordings"
        }
    }

    /// Holds the world's requests against what a test expects.
    ///
    /// ```swift
    /// let verdict = try await sim.verify(.count(2, of: .init(endpoint: "chat")))
    /// #expect(verdict.failures == [])
    /// ```
    ///
    /// - Parameters:
    ///   - expectations: how many requests of which kind.
    ///   - order: requests that came in this order, with any others between.
    ///   - checks: what else is looked at.
    /// - Returns: what was found.
    /// - Throws: ``SimulatorError`` for a match that cannot be.
    public func verify(
        _ expectations: Expectation...,
        order: [Match] = [],
        checks: Checks = .misses
    ) async throws(SimulatorError) -> Verdict {
        try await control.send(
            "POST",
            "/verify",
            Verification(
                expect: expectations,
                order: order,
                noMisses: checks.contains(.misses),
                noUnusedRules: checks.contains(.unusedRules),
                noUnusedRecordings: checks.contains(.unusedRecordings)
            ),
            as: Verdict.self
        )
    }
}
