internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Analytics")
struct AnalyticsTests {
    private static func query(_ office: Office, _ body: String) throws -> JSONValue {
        try office.data(.post, "/analytics/query", body)
    }

    /// Four chats of two models, two keys, two apps and two days.
    private static func office() throws -> (office: Office, hash: String) {
        let office = Office()
        let (hash, token) = try office.createKey(#"{"name":"ci"}"#)
        let app: HTTPFields = [.httpReferer: "https://app.example/page", .xTitle: "The App"]
        for (key, model, isNextDay) in [
            (Request.mockKey, "openai/gpt-4o", false), (token, "openai/gpt-4o-mini", false),
            (token, "openai/gpt-4o-mini", true), (token, "openai/gpt-4o", true),
        ] {
            if isNextDay { office.time.pass(seconds: 43_200) }
            let body = #"{"model":"\#(model)","messages":[{"role":"user","content":"Hi"}],"user":"ann"}"#
            let fields = key == token ? app : [:]
            #expect(Exchange(.chat(body, key: key, fields: fields), in: office.world).status == 200)
        }
        return (office, hash)
    }

    @Test("Counts are strings, amounts are numbers, unused parts are null")
    func values() throws {
        let (office, _) = try Self.office()
        let answer = try Self.query(
            office,
            #"{"metrics":["request_count","total_usage","usage_web","cache_hit_rate","avg_throughput"]}"#
        )
        let row = try #require(answer["data"]?[0])
        #expect(row.names == ["request_count", "total_usage", "usage_web", "cache_hit_rate", "avg_throughput"])
        #expect(row["request_count"]?.string == "4")
        #expect(row["total_usage"]?.double ?? 0 > 0)
        #expect(row["usage_web"]?.isNull == true)
        #expect(row["cache_hit_rate"]?.double == 0)
        #expect(row["avg_throughput"]?.double ?? 0 > 0)
        #expect(answer["metadata"]?.text == #"{"query_time_ms":1,"row_count":1,"truncated":false}"#)
        #expect(answer["warnings"] == nil)
        #expect(answer["cachedAt"] == nil)
    }

    @Test(
        "The time is in a column of its own",
        arguments: [
            ("day", "date__day", ["2026-09-21T00:00:00.000Z", "2026-09-22T00:00:00.000Z"]),
            ("week", "date__week", ["2026-09-21T00:00:00.000Z"]),
            ("month", "date__month", ["2026-09-01T00:00:00.000Z"]),
            (
                "hour", "created_at__hour",
                ["2026-09-21T14:00:00.000Z", "2026-09-22T02:00:00.000Z", "2026-09-22T14:00:00.000Z"]
            ),
            (
                "minute", "created_at__minute",
                ["2026-09-21T14:13:00.000Z", "2026-09-22T02:13:00.000Z", "2026-09-22T14:13:00.000Z"]
            ),
        ] as [(String, String, [String])]
    )
    func granularity(name: String, column: String, times: [String]) throws {
        let (office, _) = try Self.office()
        let answer = try Self.query(office, #"{"metrics":["request_count"],"granularity":"\#(name)"}"#)
        #expect(answer["data"]?.elements.map { $0[column]?.string } == times)
    }

    @Test("Keys, apps and workspaces have names, a user has two columns")
    func labels() throws {
        let (office, _) = try Self.office()
        func rows(_ dimension: String) throws -> [JSONValue] {
            let body = #"{"metrics":["request_count"],"dimensions":["\#(dimension)"]}"#
            return Array(try #require(try Self.query(office, body)["data"]).elements)
        }
        #expect(try rows("api_key_id").map { $0["api_key_id"]?.string } == ["ci", "Default"])
        #expect(try rows("app").map(\.text).first == #"{"app":"The App","request_count":"3"}"#)
        #expect(try rows("app").last?["app"]?.isNull == true)
        #expect(try rows("workspace").map(\.text) == [#"{"workspace":"Default","request_count":"4"}"#])
        #expect(try rows("user").map(\.names) == [["user", "user_email", "request_count"]])
        #expect(try rows("external_user").map(\.text) == [#"{"external_user":"ann","request_count":"4"}"#])
        #expect(try rows("origin").map { $0["origin"]?.string } == ["https://app.example", nil])
        let generations = try rows("generation_id")
        #expect(generations.count == 4)
        for row in generations {
            #expect(office.call(.get, "/generation?id=\(row["generation_id"]?.string ?? "")").status == 200)
        }
    }

    /// Filters by their text, and how many of the four chats pass; `HASH` is the created key's.
    static let filters: [(filter: String, count: String)] = [
        (#"{"field":"model","operator":"eq","value":"openai/gpt-4o-mini"}"#, "2"),
        (#"{"field":"model","operator":"neq","value":"openai/gpt-4o-mini"}"#, "2"),
        (#"{"field":"model","operator":"gt","value":"openai/gpt-4o-2024-99"}"#, "2"),
        (#"{"field":"model","operator":"gte","value":"openai/gpt-4o-mini"}"#, "2"),
        (#"{"field":"model","operator":"lt","value":"openai/gpt-4o-mini"}"#, "2"),
        (#"{"field":"model","operator":"lte","value":"openai/gpt-4o-mini"}"#, "4"),
        (#"{"field":"model","operator":"in","value":["openai/gpt-4o-mini","other"]}"#, "2"),
        (#"{"field":"api_key_id","operator":"eq","value":"HASH"}"#, "3"),
        (#"{"field":"api_key_id","operator":"not_in","value":["HASH"]}"#, "1"),
        (#"{"field":"api_type","operator":"eq","value":"completions"}"#, "4"),
        (#"{"field":"origin","operator":"in","value":["https://app.example"]}"#, "3"),
        (#"{"field":"origin","operator":"in","value":[],"include_unset":true}"#, "1"),
        (#"{"field":"origin","operator":"not_in","value":["https://app.example"]}"#, "0"),
        (#"{"field":"origin","operator":"not_in","value":["x"],"include_unset":true}"#, "4"),
        (#"{"field":"country","operator":"eq","value":"DE"}"#, "0"),
    ]

    @Test("Filters compare ids", arguments: filters.indices)
    func filtering(row: Int) throws {
        let (office, hash) = try Self.office()
        let catalog = Catalog.embedded
        let slug = try #require(catalog["openai/gpt-4o-mini"]?.permaslug)
        let filter = Self.filters[row].filter.replacing("HASH", with: hash)
            .replacing("openai/gpt-4o-mini", with: slug)
        let answer = try Self.query(office, #"{"metrics":["request_count"],"filters":[\#(filter)]}"#)
        #expect(answer["data"]?[0]?["request_count"]?.string ?? "0" == Self.filters[row].count, "\(filter)")
        #expect(answer["warnings"] == nil)
    }

    @Test("A key that is not the account's is warned of")
    func warnings() throws {
        let (office, _) = try Self.office()
        let answer = try Self.query(
            office,
            #"{"metrics":["request_count"],"filters":[{"field":"api_key_id","operator":"in","value":["abc",7]}]}"#
        )
        #expect(answer["data"]?.count == 0)
        #expect(answer["warnings"]?.count == 2)
        #expect(answer["warnings"]?[1]?.string?.contains("api_key_id 7") == true)
    }

    @Test("Rows are ordered, limited by group and in all, and say when some are missing")
    func limits() throws {
        let (office, _) = try Self.office()
        func rows(_ rest: String) throws -> (models: [String?], truncated: Bool?) {
            let body = #"{"metrics":["total_usage"],"dimensions":["model"],\#(rest)}"#
            let answer = try Self.query(office, body)
            return (
                try #require(answer["data"]).elements.map { $0["model"]?.string },
                answer["metadata"]?["truncated"]?.bool
            )
        }
        let catalog = Catalog.embedded
        let (large, small) = (catalog["openai/gpt-4o"]?.permaslug, catalog["openai/gpt-4o-mini"]?.permaslug)
        #expect(try rows(#""limit":10"#).models == [large, small], "the first metric from high to low")
        #expect(
            try rows(#""order_by":{"field":"total_usage","direction":"asc"}"#).models == [small, large]
        )
        #expect(try rows(#""order_by":{"field":"model","direction":"desc"}"#).models == [small, large])
        #expect(try rows(#""order_by":{"field":"request_count","direction":"desc"}"#).models.count == 2)
        let limited = try rows(#""limit":1"#)
        #expect(limited.models == [large])
        #expect(limited.truncated == true)
        let series = try rows(#""granularity":"day","group_limit":1"#)
        #expect(series.models.count == 2, "the first day of each model")
        #expect(series.truncated == true)
        #expect(try rows(#""granularity":"day""#).models.count == 4)
        #expect(
            try rows(#""granularity":"day","order_by":{"field":"date","direction":"desc"},"limit":2"#).models.count == 2
        )
    }

    @Test("A range takes what is in it")
    func ranges() throws {
        let (office, _) = try Self.office()
        func count(_ start: String, _ end: String) throws -> String? {
            try Self.query(
                office,
                #"{"metrics":["request_count"],"time_range":{"start":"\#(start)","end":"\#(end)"}}"#
            )["data"]?[0]?["request_count"]?.string
        }
        #expect(try count("2026-09-21T00:00:00Z", "2026-09-22T00:00:00Z") == "2")
        #expect(try count("2026-09-21T14:13:00Z", "2026-09-21T14:14:00Z") == "2")
        #expect(try count("2026-09-21T14:14:00Z", "2026-09-22T02:14:00Z") == "1")
        #expect(try count("2020-01-01T00:00:00Z", "2030-01-01T00:00:00Z") == "4")
        #expect(try count("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z") == nil)
    }

    @Test(
        "What does not fit together is refused by name",
        arguments: [
            (#"{}"#, "metrics: expected an array"), (#"{"metrics":[]}"#, "at least one element"),
            (#"{"metrics":["speed"]}"#, "metrics[0]: expected one of request_count"),
            (
                #"{"metrics":["request_count"],"dimensions":["model","app","user"]}"#,
                "dimensions: expected an array of at most 2 elements"
            ),
            (#"{"metrics":["request_count"],"granularity":"year"}"#, "one of minute, hour, day, week, month"),
            (
                #"{"metrics":["request_count"],"time_range":{"start":"2026-09-02T00:00:00Z","end":"2026-09-01T00:00:00Z"}}"#,
                "time_range.end: expected a time after the start"
            ),
            (
                #"{"metrics":["avg_latency"],"time_range":{"start":"2026-08-01T00:00:00Z","end":"2026-09-21T00:00:00Z"}}"#,
                "time_range: expected at most 31 days for avg_latency"
            ),
            (
                #"{"metrics":["request_count"],"dimensions":["generation_id"],"time_range":{"start":"2026-08-01T00:00:00Z","end":"2026-09-21T00:00:00Z"}}"#,
                "at most 31 days for generation_id"
            ),
            (
                #"{"metrics":["request_count"],"filters":[{"field":"model","operator":"in","value":"a"}]}"#,
                "filters[0].value: expected an array for the operator in"
            ),
            (
                #"{"metrics":["request_count"],"filters":[{"field":"model","operator":"eq","value":["a"]}]}"#,
                "filters[0].value: expected a string or a number"
            ),
            (
                #"{"metrics":["request_count"],"filters":[{"field":"color","operator":"eq","value":"a"}]}"#,
                "filters[0].field: expected one of model"
            ),
            (
                #"{"metrics":["request_count"],"order_by":{"field":"total_usage","direction":"asc"}}"#,
                "order_by.field: expected a metric or dimension of the query"
            ),
            (#"{"metrics":["request_count"],"limit":0}"#, "limit: expected an integer of at least 1"),
            (
                #"{"metrics":["request_count"],"classifier_dimensions":{"classifier_id":"x"}}"#,
                "classifier_dimensions.classifier_id: expected a UUID"
            ),
            (
                #"{"metrics":["request_count"],"classifier_dimensions":{"classifier_id":"550e8400-e29b-41d4-a716-446655440000","dimension_names":["a","b","c"]}}"#,
                "dimension_names: expected an array of at most 2 elements"
            ),
            (
                #"{"metrics":["request_count"],"classifier_dimensions":{"classifier_id":"550e8400-e29b-41d4-a716-446655440000"}}"#,
                "classifier_dimensions.classifier_id: expected an active classifier"
            ),
            (
                #"{"metrics":["request_count"],"classifier_filters":{"classifier_id":"550e8400-e29b-41d4-a716-446655440000","filters":[]}}"#,
                "classifier_filters.filters: expected an array of 1 to 10 elements"
            ),
            (
                #"{"metrics":["request_count"],"classifier_filters":{"classifier_id":"550e8400-e29b-41d4-a716-446655440000","filters":[{"field":"a","operator":"gt","value":"b"}]}}"#,
                "expected one of eq, neq, in, not_in"
            ),
            (
                #"{"metrics":["request_count"],"classifier_dimensions":{"classifier_id":"550e8400-e29b-41d4-a716-446655440000"},"classifier_filters":{"classifier_id":"550e8400-e29b-41d4-a716-446655440001","filters":[{"field":"a","operator":"eq","value":"b"}]}}"#,
                "expected the classifier of classifier_dimensions"
            ),
        ] as [(String, String)]
    )
    func badInput(body: String, message: String) {
        let exchange = Office().call(.post, "/analytics/query", body)
        #expect(exchange.status == 400)
        #expect(exchange.body.contains(message), "\(exchange.body)")
    }

    @Test("The meta answer names what queries take")
    func meta() throws {
        let office = Office()
        let meta = try office.data(.get, "/analytics/meta")
        let metrics = try #require(meta["metrics"]).elements.compactMap { $0["name"]?.string }
        let dimensions = try #require(meta["dimensions"]).elements.compactMap { $0["name"]?.string }
        #expect(metrics.count == AnalyticsMetric.allCases.count)
        for metric in metrics {
            for dimension in dimensions {
                let body = #"{"metrics":["\#(metric)"],"dimensions":["\#(dimension)"]}"#
                #expect(office.call(.post, "/analytics/query", body).status == 200)
            }
        }
        #expect(meta["operators"]?.elements.map { $0["value_type"]?.string }.filter { $0 == "array" }.count == 2)
    }
}
