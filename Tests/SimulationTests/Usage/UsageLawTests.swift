internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

/// Whatever is booked, everything that counts it says the same.
@Suite("Usage agrees everywhere")
struct UsageLawTests {
    /// What random generations of some days added up to.
    private struct Booked {
        var credits = USD.zero
        var requests = 0
        var tokens = 0
        /// By the hash of the key.
        var byKey: [String: USD] = [:]
        var workspaces: Set<String> = []
        var records: [GenerationRecord] = []
    }

    private static let models = [
        ("openai/gpt-4o", "openai/gpt-4o-2024-08-06", "OpenAI"), ("acme/swift-2", "acme/swift-2-x", "Acme"),
        ("acme/swift-2:free", "acme/swift-2-x:free", "Acme"),
    ]

    /// Random generations of three keys over the days before now.
    private static func book(_ count: Int, days: Int, seed: UInt64, in office: Office) throws -> Booked {
        var generator = SeededGenerator(seed: seed)
        var booked = Booked()
        var callers: [Caller] = []
        for number in 0..<3 {
            callers.append(
                try #require(office.world.caller(token: try office.createKey(#"{"name":"k\#(number)"}"#).token))
            )
        }
        for number in 0..<count {
            let caller = callers[generator.below(callers.count)]
            let time = World.mockTime - Int64(generator.below(days * 86_400)) * 1_000_000
            var record = GenerationRecord(id: "gen-\(number)", caller: caller, createdAt: time)
            let (model, permaslug, provider) = models[generator.below(models.count)]
            (record.model, record.listedModel, record.permaslug) = (permaslug, model, permaslug)
            (record.provider, record.endpoint) = (provider, "\(model)@\(provider)")
            record.apiType = GenerationRecord.APIType.allCases[generator.below(7)]
            record.app = AppAttribution(title: ["A", "B", nil][generator.below(3)], origin: nil)
            record.externalUser = [nil, "ann", "bob"][generator.below(3)]
            record.usage = TokenUsage(prompt: generator.below(5000), completion: generator.below(900), cached: 3)
            record.cost = USD(yoctodollars: Int128(generator.next() >> 8) * 1_000)
            record.cacheDiscount = USD(yoctodollars: Int128(generator.next() >> 20))
            (record.toolFees, record.fileFees) = (USD(picodollars: 7), USD(picodollars: Int64(generator.below(2))))
            record.latencyMilliseconds = generator.below(900)
            office.world.book(record)
            booked.credits += record.cost
            booked.requests += 1
            booked.tokens += record.usage.total
            booked.byKey[caller.key.hash, default: .zero] += record.cost
            booked.records.append(record)
        }
        return booked
    }

    private static func analytics(_ office: Office, _ body: String) throws -> [JSONValue] {
        Array(try #require(try office.data(.post, "/analytics/query", body)["data"]).elements)
    }

    private static let wholeRange = #""time_range":{"start":"2026-08-01T00:00:00Z","end":"2026-10-01T00:00:00Z"}"#

    @Test(
        "Keys, credits, and analytics grouped in every way add up to the generations",
        arguments: [1, 2, 3] as [UInt64]
    )
    func sums(seed: UInt64) throws {
        let office = Office()
        let booked = try Self.book(400, days: 25, seed: seed, in: office)
        #expect(
            try office.data(.get, "/credits")["total_usage"]?.text == booked.credits.json.text
        )
        for row in try office.data(.get, "/keys").elements {
            #expect(row["usage"]?.text == booked.byKey[row["hash"]?.string ?? ""]?.json.text)
        }
        let groups =
            ["", "model", "provider", "api_key_id", "app", "user", "external_user", "workspace", "origin", "country"]
            + ["api_type", "generation_id"]
        for first in groups {
            for second in ["", "model", "api_key_id"] where second.isEmpty || second != first {
                for granularity in ["", "minute", "hour", "day", "week", "month"] {
                    let dimensions = [first, second].filter { !$0.isEmpty }.map { "\"\($0)\"" }.joined(separator: ",")
                    var body = #"{"metrics":["request_count","total_usage","tokens_total"],"limit":100000,"#
                    if !granularity.isEmpty { body += #""granularity":"\#(granularity)","# }
                    if first == "generation_id" {
                        body += #""time_range":{"start":"2026-08-25T00:00:00Z","end":"2026-09-22T00:00:00Z"},"#
                    } else {
                        body += Self.wholeRange + ","
                    }
                    let rows = try Self.analytics(office, body + #""dimensions":[\#(dimensions)]}"#)
                    let requests = rows.reduce(0) { $0 + (Int($1["request_count"]?.string ?? "") ?? 0) }
                    let tokens = rows.reduce(0) { $0 + (Int($1["tokens_total"]?.string ?? "") ?? 0) }
                    let credits = rows.reduce(0) { $0 + ($1["total_usage"]?.double ?? 0) }
                    #expect(requests == booked.requests, "\(dimensions) \(granularity)")
                    #expect(tokens == booked.tokens, "\(dimensions) \(granularity)")
                    #expect(abs(credits - booked.credits.dollars) < 1e-9 * booked.credits.dollars)
                }
            }
        }
    }

    @Test("Activity adds up to the generations of the completed days, split by workspace or not")
    func activity() throws {
        let office = Office()
        let booked = try Self.book(300, days: 40, seed: 9, in: office)
        let today = CivilTime(microseconds: World.mockTime).dayNumber
        let counted = booked.records.filter {
            (today - 30..<today).contains(CivilTime(microseconds: $0.createdAt).dayNumber)
        }
        let groups: [JSONValue] = [
            try office.data(.get, "/activity"), try office.data(.get, "/activity?group_by=workspace"),
        ]
        for rows in groups {
            #expect(rows.elements.reduce(0) { $0 + ($1["requests"]?.int ?? 0) } == counted.count)
            #expect(
                rows.elements.reduce(0) { $0 + ($1["prompt_tokens"]?.int ?? 0) }
                    == counted.reduce(0) { $0 + $1.usage.prompt }
            )
            let usage = rows.elements.reduce(0) { $0 + ($1["usage"]?.double ?? 0) }
            let expected = counted.reduce(USD.zero) { $0 + $1.cost }.dollars
            #expect(abs(usage - expected) < 1e-9 * expected)
        }
        // Keys split it without a rest, days too.
        let byKey = try booked.byKey.keys.map { try office.data(.get, "/activity?api_key_hash=\($0)") }
        #expect(byKey.flatMap(\.elements).reduce(0) { $0 + ($1["requests"]?.int ?? 0) } == counted.count)
        let byDay = try (today - 30..<today).map {
            try office.data(.get, "/activity?date=\(CivilTime.dateText(ofDay: $0))")
        }
        #expect(byDay.flatMap(\.elements).reduce(0) { $0 + ($1["requests"]?.int ?? 0) } == counted.count)
    }

    @Test("Components of the usage add up to it")
    func components() throws {
        let office = Office()
        _ = try Self.book(100, days: 10, seed: 4, in: office)
        let names = ["usage_upstream", "usage_cache", "usage_data", "usage_web", "usage_file"]
        let metrics = (["total_usage"] + names).map { "\"\($0)\"" }.joined(separator: ",")
        for row in try Self.analytics(office, #"{"metrics":[\#(metrics)],"dimensions":["model"]}"#) {
            let total = try #require(row["total_usage"]?.double)
            #expect(abs(names.reduce(0) { $0 + (row[$1]?.double ?? 0) } - total) < 1e-9 * total)
            #expect(row["usage_data"]?.isNull == true)
        }
    }

    @Test("More generations than are remembered are still counted")
    func beyondTheLog() throws {
        let office = Office()
        let booked = try Self.book(12_000, days: 20, seed: 5, in: office)
        let rows = try Self.analytics(office, #"{"metrics":["request_count","total_usage"]}"#)
        #expect(rows.count == 1)
        #expect(rows[0]["request_count"]?.string == "12000")
        #expect(rows[0]["total_usage"]?.text == booked.credits.json.text)
    }
}
