internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Activity")
struct ActivityTests {
    private static let day: Int64 = 86_400

    @Test("Today is not there, tomorrow it is, thirty days later for the last time")
    func window() throws {
        let office = Office()
        let exchange = office.chat()
        let usage = try #require(try exchange.json()["usage"])
        #expect(try office.data(.get, "/activity").count == 0)
        office.time.pass(seconds: Self.day)
        let rows = try office.data(.get, "/activity")
        #expect(rows.count == 1)
        let row = try #require(rows[0])
        #expect(row["date"]?.string == "2026-09-21")
        #expect(row["model"]?.string == "openai/gpt-4o-mini")
        #expect(row["model_permaslug"]?.string == exchange.answered.model)
        #expect(row["provider_name"]?.string == exchange.fields[.xProviderName])
        #expect(row["requests"]?.int == 1)
        #expect(row["usage"]?.text == usage["cost"]?.text)
        #expect(row["prompt_tokens"]?.text == usage["prompt_tokens"]?.text)
        #expect(row["completion_tokens"]?.text == usage["completion_tokens"]?.text)
        #expect(row["byok_usage_inference"]?.double == 0)
        #expect(row["workspace_id"] == nil)
        let endpoint = try #require(row["endpoint_id"]?.string)
        #expect(StringForm.uuid.accepts(endpoint))
        office.time.pass(seconds: 29 * Self.day)
        #expect(try office.data(.get, "/activity").text == rows.text, "the same endpoint has the same id")
        office.time.pass(seconds: Self.day)
        #expect(try office.data(.get, "/activity").count == 0)
    }

    @Test("Filters take what is theirs, and rows are split by workspace on request")
    func filters() throws {
        let office = Office()
        let (hash, token) = try office.createKey(#"{"name":"a","creator_user_id":"user_other"}"#)
        let own = try #require(try office.data(.get, "/keys/\(hash)")["workspace_id"]?.string)
        _ = office.chat(key: token)
        _ = office.chat(model: "openai/gpt-4o")
        office.time.pass(seconds: Self.day)
        func models(_ query: String) throws -> [String?] {
            try office.data(.get, "/activity" + query).elements.map { $0["model"]?.string }
        }
        #expect(try models("") == ["openai/gpt-4o", "openai/gpt-4o-mini"])
        #expect(try models("?api_key_hash=\(hash)") == ["openai/gpt-4o-mini"])
        #expect(try models("?api_key_hash=unknown") == [])
        #expect(try models("?user_id=user_other") == ["openai/gpt-4o-mini"])
        #expect(try models("?date=2026-09-21").count == 2)
        #expect(try models("?date=2026-09-20") == [])
        #expect(try models("?workspace_id=\(own)").count == 2)
        let split = try office.data(.get, "/activity?group_by=workspace")
        #expect(split.elements.map { $0["workspace_id"]?.string } == [own, own])
        #expect(office.call(.get, "/activity?workspace_id=00000000-0000-4000-8000-000000000000").status == 404)
        #expect(try office.data(.get, "/activity", key: "another account").count == 0)
        #expect(office.call(.get, "/activity", key: token).status == 403)
    }

    @Test(
        "Wrong parameters are refused",
        arguments: [
            ("date=2026-09-21", "one of the last 30 completed days"), ("date=2026-08-21", "2026-08-22 to 2026-09-20"),
            ("date=yesterday", "a date"), ("date=2026-02-30", "a date"), ("group_by=key", "one of workspace"),
            ("workspace_id=x", "a UUID"),
        ]
    )
    func badInput(query: String, message: String) {
        let exchange = Office().call(.get, "/activity?" + query)
        #expect(exchange.status == 400)
        #expect(exchange.body.contains(message), "\(exchange.body)")
    }
}
