internal import Cassettes
internal import OpenRouterAPI
internal import Tapes

/// How long the store takes for what a server and a user ask of it, in process.
struct CassetteMeasurement {
    /// How often what takes little is done.
    private static let repetitions = 1_000

    /// Microseconds, but for counts and sizes.
    private var figures: [(name: String, value: Double)] = []

    var json: JSON { .object(JSONObject(figures.map { ($0.name, .number($0.value)) })) }

    /// Measures a cassette of `count` recordings that ``CassetteMaker`` made; some are added and removed again.
    ///
    /// `isWhole` is whether to measure what reads the whole file as well.
    static func measure(_ path: String, count: Int, isWhole: Bool) async throws -> CassetteMeasurement {
        var result = CassetteMeasurement()
        var cassette = try Cassette(path: path)
        try result.median("open_us", times: 20) { _ in
            cassette = try Cassette(path: path)
            _ = try cassette.lastID()
        }
        let fingerprinter = Fingerprinter(redactor: Redactor(), cacheCapacity: 0)
        for (name, numbers) in [
            ("first", (0..<repetitions).map { $0 % min(count, 100) }),
            ("last", (0..<repetitions).map { count - 1 - $0 % min(count, 100) }),
            ("spread", (0..<repetitions).map { $0 * 7_919 % count }),
        ] {
            let fingerprints = numbers.map { fingerprinter.fingerprint(of: .synthetic($0)) }
            try result.median("lookup_\(name)_us", times: repetitions) { round in
                let entries = try cassette.index(of: fingerprints[round])
                guard let entry = entries.first else { throw NotFound(number: numbers[round]) }
                _ = try cassette.interaction(entry)
            }
        }
        let strangers = (0..<repetitions).map { fingerprinter.fingerprint(of: .synthetic(2 * count + $0)) }
        try result.median("lookup_miss_us", times: repetitions) { _ = try cassette.index(of: strangers[$0]) }
        let finder = NearMissFinder(cassettes: [cassette], redactor: Redactor())
        try result.median("explain_us", times: 5) { _ = try finder.report(for: .synthetic(2 * count + $0)) }
        if isWhole {
            try result.median("stats_us", times: 1) { _ in _ = try cassette.statistics() }
            try result.median("verify_us", times: 1) { _ in _ = try cassette.verify() }
        }
        cassette.close()
        try await result.measureAppends(path, count: count)
        return result
    }

    private mutating func measureAppends(_ path: String, count: Int) async throws {
        let redactor = Redactor()
        let interactions = (0..<Self.repetitions).map { redactor.redact(Interaction.synthetic(2 * count + $0)) }
        var writer: CassetteWriter?
        try median("open_writing_us", times: 1) { _ in writer = try CassetteWriter(path: path) }
        guard let writer else { return }
        var ids: [Int64] = []
        var times: [Double] = []
        for interaction in interactions {
            let start = ContinuousClock.now
            ids.append(try await writer.append(interaction))
            times.append((ContinuousClock.now - start) / .microseconds(1))
        }
        add("append_us", times)
        try await writer.delete(ids)
        let start = ContinuousClock.now
        try await writer.close()
        add("close_us", [(ContinuousClock.now - start) / .microseconds(1)])
    }

    private mutating func median(_ name: String, times: Int, _ body: (Int) throws -> Void) rethrows {
        var values: [Double] = []
        for round in 0..<times {
            let start = ContinuousClock.now
            try body(round)
            values.append((ContinuousClock.now - start) / .microseconds(1))
        }
        add(name, values)
    }

    private mutating func add(_ name: String, _ values: [Double]) {
        figures.append((name, values.sorted()[values.count / 2]))
    }
}

/// The cassette is not one that this program made.
struct NotFound: Error {
    var number: Int
}
