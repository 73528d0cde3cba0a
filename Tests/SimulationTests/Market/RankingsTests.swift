internal import HTTPTypes
internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Rankings of models")
struct RankingsTests {
    private static func rows(_ office: Office, _ query: String) throws -> [JSONValue] {
        Array(try office.data(.get, "/datasets/rankings-daily?" + query).elements)
    }

    private static func tokens(_ rows: [JSONValue]) -> Int {
        rows.reduce(0) { $0 + (Int($1["total_tokens"]?.string ?? "") ?? 0) }
    }

    @Test("Each day has fifty models from the most to the least used, and all others as one at the end")
    func days() throws {
        let exchange = Office().call(.get, "/datasets/rankings-daily")
        #expect(exchange.status == 200)
        let answer = try exchange.json()
        #expect(
            answer["meta"]?.text == #"{"as_of":"2026-09-21T14:13:20.000Z","version":"v1","#
                + #""start_date":"2026-08-21","end_date":"2026-09-20"}"#
        )
        let rows = Array(try #require(answer["data"]).elements)
        #expect(rows.count == 31 * 51)
        let dates = rows.compactMap { $0["date"]?.string }
        #expect(dates == dates.sorted())
        for start in stride(from: 0, to: rows.count, by: 51) {
            let day = rows[start..<start + 51]
            #expect(Set(day.map { $0["date"]?.string }).count == 1)
            #expect(day.last?["model_permaslug"]?.string == "other")
            let tokens = day.dropLast().compactMap { $0["total_tokens"]?.string.flatMap { Int($0) } }
            #expect(tokens == tokens.sorted(by: >))
            #expect(tokens.allSatisfy { $0 > 0 })
        }
        #expect(rows.contains { $0["model_permaslug"]?.string?.hasSuffix(":free") == true })
    }

    @Test("The same question has the same answer in every world")
    func determinism() throws {
        let path = "/datasets/rankings-daily?start_date=2026-09-01&end_date=2026-09-03"
        let first = Exchange(.get(path), in: .make())
        #expect(Exchange(.get(path, key: "other"), in: .make(name: "other", seed: 7)).body == first.body)
    }

    @Test("Weeks and months are sums of their days, buckets of context are parts of the whole")
    func sums() throws {
        let office = Office()
        let window = "start_date=2026-08-03&end_date=2026-09-06"
        let whole = Self.tokens(try Self.rows(office, window))
        for period in ["week", "month"] {
            #expect(Self.tokens(try Self.rows(office, window + "&period=\(period)")) == whole)
        }
        let weeks = try Self.rows(office, window + "&period=week").compactMap { $0["date"]?.string }
        #expect(Set(weeks) == ["2026-08-03", "2026-08-10", "2026-08-17", "2026-08-24", "2026-08-31"])
        let parts = try ["1K", "10K", "100K", "1M", "10M"].map {
            Self.tokens(try Self.rows(office, window + "&context_bucket=\($0)"))
        }
        #expect(parts.reduce(0, +) == whole)
        #expect(parts.allSatisfy { $0 > 0 })
        for modality in ["text", "image", "image_output", "audio", "tool_calling"] {
            let part = Self.tokens(try Self.rows(office, window + "&modality=\(modality)"))
            #expect(part > 0)
            #expect(part <= whole)
        }
    }

    @Test("Samples are by the week, and round")
    func samples() throws {
        let office = Office()
        let rows = try Self.rows(office, "category=programming&start_date=2026-09-02&end_date=2026-09-09")
        #expect(Set(rows.compactMap { $0["date"]?.string }) == ["2026-08-31", "2026-09-07"])
        #expect(rows.allSatisfy { $0["total_tokens"]?.string?.hasSuffix("0000") == true })
        let months = try Self.rows(office, "language_type=natural&period=month&start_date=2026-09-02")
        #expect(Set(months.compactMap { $0["date"]?.string }) == ["2026-08-01", "2026-09-01"])
    }

    @Test(
        "Questions of two data sets at once and days that are not known are refused",
        arguments: [
            ("category=legal&language_type=natural", "language_type"), ("category=legal&modality=text", "modality"),
            ("language_type=natural&context_bucket=1K", "context_bucket"), ("category=legal&period=day", "period"),
            ("language_type=programming&period=day", "period"), ("end_date=2024-12-31", "end_date"),
            ("start_date=2026-09-10&end_date=2026-09-09", "start_date"), ("start_date=soon", "start_date"),
            ("category=cooking", "category"), ("modality=smell", "modality"), ("period=year", "period"),
            ("context_bucket=2K", "context_bucket"), ("language_type=klingon", "language_type"),
        ]
    )
    func badInput(query: String, field: String) throws {
        let exchange = Office().call(.get, "/datasets/rankings-daily?" + query)
        #expect(exchange.status == 400)
        #expect(try exchange.json()["error"]?["metadata"]?["field"]?.string == field)
    }

    @Test("Days before the first one and after the last one are cut off")
    func clamping() throws {
        let exchange = Office().call(
            .get,
            "/datasets/rankings-daily?start_date=2020-01-01&end_date=2030-01-01&period=month"
        )
        let meta = try #require(try exchange.json()["meta"])
        #expect(meta["start_date"]?.string == "2025-01-01")
        #expect(meta["end_date"]?.string == "2026-09-20")
    }
}
