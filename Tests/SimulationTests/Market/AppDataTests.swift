internal import HTTPTypes
internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Data about apps")
struct AppDataTests {
    private static func apps(_ office: Office, _ query: String) throws -> [JSONValue] {
        Array(try office.data(.get, "/datasets/app-rankings?" + query).elements)
    }

    @Test("Pages have the ranks of the whole list")
    func pages() throws {
        let office = Office()
        let all = try Self.apps(office, "limit=100")
        #expect(all.map { $0["rank"]?.int } == Array(1...100))
        #expect(try Self.apps(office, "offset=50&limit=10").map(\.text) == all[50..<60].map(\.text))
        #expect(try Self.apps(office, "").map(\.text) == all[..<50].map(\.text))
        let tokens = all.compactMap { $0["total_tokens"]?.string.flatMap { Int($0) } }
        #expect(tokens == tokens.sorted(by: >))
        #expect(Set(MarketApp.all.map(\.id)).count == MarketApp.all.count)
    }

    @Test("Ranks start anew in a category, and a subcategory has to be of it")
    func categories() throws {
        let office = Office()
        let names = { (rows: [JSONValue]) in rows.compactMap { $0["app_name"]?.string } }
        let coding = try Self.apps(office, "category=coding&limit=100")
        let agents = try Self.apps(office, "category=coding&subcategory=cli-agent&limit=100")
        #expect(agents.map { $0["rank"]?.int } == Array(1...agents.count))
        #expect(Set(names(agents)).isSubset(of: names(coding)))
        #expect(agents.count < coding.count)
        #expect(office.call(.get, "/datasets/app-rankings?category=creative&subcategory=cli-agent").status == 400)
    }

    @Test("Trending apps have grown against the three stretches before")
    func trending() throws {
        let office = Office()
        let rows = try Self.apps(office, "sort=trending&limit=100&start_date=2026-09-01&end_date=2026-09-10")
        #expect(!rows.isEmpty)
        #expect(rows.count < 100 || MarketApp.all.count > 100)
        let days = try #require(CivilTime.microseconds(rfc3339: "2026-09-01T00:00:00Z"))
        let first = CivilTime(microseconds: days).dayNumber
        for row in rows {
            let app = try #require(MarketApp.all.first { $0.id == row["app_id"]?.int })
            let now = (first..<first + 10).reduce(0) { $0 + app.tokens(on: $1) }
            let before = (first - 30..<first).reduce(0) { $0 + app.tokens(on: $1) }
            #expect(3 * now > before)
            #expect(row["total_tokens"]?.string == String(now))
        }
    }

    @Test("Session costs are sorted, filtered, paged, and grow with the length of sessions")
    func sessions() throws {
        let office = Office()
        func cells(_ query: String) throws -> [JSONValue] {
            Array(try office.data(.get, "/datasets/session-cost?" + query).elements)
        }
        let all = try cells("limit=500") + cells("limit=500&offset=500")
        #expect(try cells("").map(\.text) == all[..<100].map(\.text))
        let app = try #require(all[0]["app_slug"]?.string)
        let model = try #require(all[0]["model_permaslug"]?.string)
        let lengths = try cells("app_slug=\(app)&model=\(model)")
        #expect(
            lengths.map { $0["turn_range"]?.string } == ["1-turn", "2-9-turns", "10-49-turns", "50-plus-turns"]
        )
        let costs = lengths.compactMap { $0["median_session_cost_usd"]?.double }
        #expect(costs == costs.sorted())
        #expect(costs[0] > 0)
        #expect(Set(try cells("model=\(model)").map { $0["app_slug"]?.string }).count > 5, "a model in many harnesses")
        #expect(try cells("turn_range=1-turn&limit=500").allSatisfy { $0["turn_range"]?.string == "1-turn" })
        #expect(try cells("app_slug=nobody").isEmpty)
        let meta = try office.call(.get, "/datasets/session-cost").json()["meta"]
        #expect(
            meta?.text == #"{"as_of":"2026-09-21T14:13:20.000Z","version":"v1","window_days":30,"#
                + #""window_end_date":"2026-09-20"}"#
        )
    }

    @Test(
        "Values out of range are refused",
        arguments: [
            "app-rankings?limit=0", "app-rankings?limit=101", "app-rankings?offset=101", "app-rankings?sort=best",
            "app-rankings?category=x", "session-cost?limit=501", "session-cost?offset=5001",
            "session-cost?turn_range=3-turns",
        ]
    )
    func badInput(query: String) {
        #expect(Office().call(.get, "/datasets/" + query).status == 400)
    }
}
