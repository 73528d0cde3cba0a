internal import Crypto
internal import OpenRouterAPI
internal import Synchronization
package import Tapes

/// Everything a test can change: accounts, keys, ledgers, generations, journal, clock, random stream, recordings played.
///
/// Worlds are independent. State is a value behind a mutex with short critical sections, so an event loop can call; what
/// every request needs, the time and how often recordings were played, is behind others that are held for moments only.
package final class World: Sendable {
    package let name: String
    /// What, beside the seed, all that is random here comes from.
    package let stream: String
    package let seed: UInt64
    package let journal: Journal
    let waits = WaitList()
    private let systemTime: @Sendable () -> Int64
    private let state: Mutex<State>
    private let sharedClock: Mutex<WorldClock>
    /// How often recordings were asked for, by fingerprint.
    private let cursors = Mutex<[UInt128: Int]>([:])
    /// Answers that were given and are still to be booked, in their order; behind a lock of their own, which is never
    /// held for long.
    private let unbooked = Mutex<[UnbookedAnswer]>([])

    struct State {
        var platform: Platform
        /// Hashes of keys that have called, by the keys; bounded.
        var keyHashes: [String: String] = [:]
        var generations = GenerationLog()
        /// How often each request was simulated; two equal requests get two ids.
        var occurrences: [UInt64: Int] = [:]
        var inference = InferenceState()
        /// Counts what may have been changes, and which of them was written down last.
        var revision = 0
        var savedRevision = 0
    }

    /// - Parameters:
    ///   - name: shown in the journal.
    ///   - stream: worlds of one stream and one seed make the same of the same requests; nil for one of its own, by name.
    ///   - seed: what all that is random comes from.
    ///   - clock: what time it is here.
    ///   - systemTime: microseconds since 1970, for a world whose clock is the system's.
    ///   - journalLimit: entries kept; older ones are dropped.
    package init(
        name: String = "main",
        stream: String? = nil,
        seed: UInt64 = 0,
        clock: WorldClock = .system,
        systemTime: @escaping @Sendable () -> Int64,
        journalLimit: Int = 1000
    ) {
        self.name = name
        self.stream = stream ?? name
        self.seed = seed
        self.systemTime = systemTime
        journal = Journal(limit: journalLimit)
        sharedClock = Mutex(clock)
        state = Mutex(State(platform: Platform(origin: "\(seed) \(self.stream)")))
    }

    /// Microseconds since 1970 on the world's clock.
    package var now: Int64 {
        withClock { $0.now(system: $1) }
    }

    /// What ``reset()`` threw away.
    package struct ResetSummary: Sendable, Hashable {
        package var accounts: Int
        package var generations: Int
        package var journalEntries: Int
        package var recordingCursors: Int
    }

    /// Makes the world as new; its seed and clock stay.
    package func reset() -> ResetSummary {
        let journalEntries = journal.clear()
        let cursorCount = cursors.withLock { cursors in
            defer { cursors = [:] }
            return cursors.count
        }
        return withState { state in
            let summary = ResetSummary(
                accounts: state.platform.accounts.count,
                generations: state.generations.count,
                journalEntries: journalEntries,
                recordingCursors: cursorCount
            )
            var platform = Platform(origin: "\(seed) \(stream)")
            platform.openingCredits = state.platform.openingCredits
            state = State(
                platform: platform,
                generations: state.generations.emptied(),
                revision: state.revision + 1,
                savedRevision: state.savedRevision
            )
            return summary
        }
    }
}

// MARK: - State of other files

extension World {
    /// Reads and changes what is managed.
    ///
    /// - Parameter body: gets the time as well, microseconds since 1970; must be short.
    /// - Returns: what `body` returns.
    /// - Throws: what `body` throws.
    package func withPlatform<Result, Failure>(
        _ body: (inout Platform, Int64) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withState { state throws(Failure) in
            state.revision += 1
            return try body(&state.platform, now)
        }
    }

    func withGenerations<Result>(_ body: (inout GenerationLog) -> Result) -> Result {
        withState { state in
            state.revision += 1
            return body(&state.generations)
        }
    }

    /// Reads and changes the clock; `body` gets the machine's as well.
    func withClock<Result>(_ body: (inout WorldClock, () -> Int64) -> Result) -> Result {
        sharedClock.withLock { body(&$0, systemTime) }
    }

    /// Reads and changes all of it at once, after what is still to be booked.
    func withState<Result, Failure>(_ body: (inout State) throws(Failure) -> Result) throws(Failure) -> Result {
        try state.withLock { state throws(Failure) in
            let answers = unbooked.withLock { answers in
                let taken = answers
                answers = []
                return taken
            }
            if !answers.isEmpty { state.book(answers) }
            return try body(&state)
        }
    }

    /// Has an answer booked before the state is looked at next, or once many are waiting for that.
    func put(_ answer: UnbookedAnswer) {
        let count = unbooked.withLock { answers in
            answers.append(answer)
            return answers.count
        }
        if count >= Self.unbookedLimit { withState { _ in } }
    }

    /// So many are booked within a fraction of a millisecond.
    private static let unbookedLimit = 64

    /// Reads and changes what inference keeps.
    ///
    /// - Parameter body: gets the time as well, microseconds since 1970; must be short.
    /// - Returns: what `body` returns.
    func withInferenceState<Result>(_ body: (inout InferenceState, Int64) -> Result) -> Result {
        withState { state in
            state.revision += 1
            return body(&state.inference, now)
        }
    }
}

// MARK: - Random stream and cursors

extension World {
    /// A generator for one simulated request.
    ///
    /// - Parameter digest: of what counts in the request.
    /// - Returns: the same for the same request asked the same number of times before.
    package func generator(forRequestDigest digest: [UInt8]) -> SeededGenerator {
        let key = digest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let occurrence = state.withLock { state in
            // Bounded: a test that asks a hundred thousand different things starts counting anew.
            if state.occurrences.count > 100_000 { state.occurrences.removeAll() }
            let occurrence = state.occurrences[key, default: 0] + 1
            state.occurrences[key] = occurrence
            return occurrence
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(stream.utf8.count + digest.count + 48)
        for part in [String(seed), stream, String(occurrence)] {
            bytes += part.utf8
            bytes.append(UInt8(ascii: " "))
        }
        bytes += digest
        return SeededGenerator(seed: Array(SHA256.hash(data: bytes)))
    }

    /// How often recordings with this fingerprint were asked for.
    package func cursor(_ fingerprint: UInt128) -> Int {
        cursors.withLock { $0[fingerprint] ?? 0 }
    }

    /// How often recordings with this fingerprint were asked for before; counts this time.
    package func advanceCursor(_ fingerprint: UInt128) -> Int {
        cursors.withLock { cursors in
            let position = cursors[fingerprint, default: 0]
            cursors[fingerprint] = position + 1
            return position
        }
    }
}
