internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Workspace budgets")
struct WorkspaceBudgetTests {
    @Test("A budget is set, changed, listed from the narrowest on, and deleted as often as one likes")
    func life() throws {
        let office = Office()
        let id = try office.createWorkspace()
        let made = office.call(.put, "/workspaces/team/budgets/lifetime", #"{"limit_usd":100}"#)
        #expect(made.status == 200)
        let budget = try #require(try made.json()["data"])
        #expect(budget["workspace_id"]?.string == id)
        #expect(budget["limit_usd"]?.int == 100)
        #expect(budget["reset_interval"]?.isNull == true)
        #expect(try made.json()["include_byok_in_budgets"]?.bool == false)
        #expect(office.call(.get, "/workspaces/\(id)/budgets/lifetime").body == made.body)
        #expect(office.call(.get, "/workspaces/team/budgets/daily").status == 404)

        office.time.pass(seconds: 5)
        let changed = try office.data(.put, "/workspaces/team/budgets/lifetime", #"{"limit_usd":90.5}"#)
        #expect(changed["id"]?.text == budget["id"]?.text)
        #expect(changed["limit_usd"]?.double == 90.5)
        #expect(changed["created_at"]?.text == budget["created_at"]?.text)
        #expect(changed["updated_at"]?.string == "2026-09-21T14:13:25.000000+00:00")

        let daily = office.call(
            .put,
            "/workspaces/team/budgets/daily",
            #"{"limit_usd":1,"include_byok_in_budgets":true}"#
        )
        #expect(try daily.json()["include_byok_in_budgets"]?.bool == true)
        let listed = try office.call(.get, "/workspaces/team/budgets").json()
        #expect(listed["data"]?.elements.map { $0["reset_interval"]?.string } == ["daily", nil])
        #expect(listed["include_byok_in_budgets"]?.bool == true, "one flag for all of them")
        #expect(try office.data(.get, "/workspaces/team")["include_byok_in_budgets"]?.bool == true)
        _ = try office.data(.put, "/workspaces/team/budgets/daily", #"{"limit_usd":2}"#)
        #expect(try office.data(.get, "/workspaces/team")["include_byok_in_budgets"]?.bool == true, "absent: stays")

        for _ in 0..<2 {
            #expect(office.call(.delete, "/workspaces/team/budgets/daily").body == #"{"deleted":true}"#)
        }
        #expect(try office.data(.get, "/workspaces/team/budgets").count == 1)
    }

    @Test(
        "The wider the interval, the more it has to allow",
        arguments: [
            ("daily", 10.0, nil), ("daily", 20.0, "less than the weekly budget of $20"),
            ("weekly", 100.0, "less than the monthly budget of $100"), ("weekly", 99.0, nil),
            ("monthly", 20.0, "more than the weekly budget of $20"), ("monthly", 500.0, nil),
            ("lifetime", 100.0, "more than the monthly budget of $100"), ("lifetime", 101.0, nil),
        ] as [(String, Double, String?)]
    )
    func order(interval: String, limit: Double, message: String?) throws {
        let office = Office()
        for (interval, limit) in [("weekly", 20), ("monthly", 100)] {
            _ = try office.data(.put, "/workspaces/default/budgets/\(interval)", #"{"limit_usd":\#(limit)}"#)
        }
        let exchange = office.call(.put, "/workspaces/default/budgets/\(interval)", #"{"limit_usd":\#(limit)}"#)
        #expect(exchange.status == (message == nil ? 200 : 400))
        if let message { #expect(exchange.body.contains(message), "\(exchange.body)") }
    }

    @Test(
        "Wrong intervals and limits are refused",
        arguments: [
            ("hourly", #"{"limit_usd":1}"#, "interval: expected one of daily, weekly, monthly, lifetime"),
            ("daily", #"{"limit_usd":0}"#, "limit_usd: expected a number greater than 0, received 0"),
            ("daily", #"{"limit_usd":-1}"#, "limit_usd: expected a number"),
            ("daily", "{}", "limit_usd: expected a number"),
            ("daily", #"{"limit_usd":1,"include_byok_in_budgets":1}"#, "include_byok_in_budgets: expected true or"),
        ]
    )
    func badInput(interval: String, body: String, message: String) {
        let exchange = Office().call(.put, "/workspaces/default/budgets/\(interval)", body)
        #expect(exchange.status == 400)
        #expect(exchange.body.contains(message), "\(exchange.body)")
    }

    static let intervals: [(interval: String, seconds: Int64?)] = [
        ("daily", 86_400), ("weekly", 7 * 86_400), ("monthly", 31 * 86_400), ("lifetime", nil),
    ]

    @Test("A budget that is used up stops the workspace's keys with 403 until its window ends", arguments: intervals)
    func exhaustion(interval: String, seconds: Int64?) throws {
        let office = Office()
        let id = try office.createWorkspace()
        let tokens = [try office.createKey(in: id).token, try office.createKey(in: id).token]
        let elsewhere = try office.createKey().token
        _ = try office.data(.put, "/workspaces/team/budgets/\(interval)", #"{"limit_usd":0.00000001}"#)
        #expect(office.chat(key: tokens[0]).status == 200)
        for token in tokens {
            let refused = office.chat(key: token)
            #expect(refused.status == 403)
            let message = "Workspace \(interval) budget of $0.00000001 exceeded. Contact your org admin."
            #expect(try refused.json()["error"]?["message"]?.string == message)
        }
        let anthropic =
            #"{"model":"anthropic/claude-sonnet-4.5","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}"#
        let messages = office.call(.post, "/messages", anthropic, key: tokens[0])
        #expect(messages.status == 403)
        #expect(try messages.json()["error"]?["type"]?.string == "permission_error")
        let embeddings = #"{"model":"openai/text-embedding-3-small","input":"Hi"}"#
        #expect(office.call(.post, "/embeddings", embeddings, key: tokens[0]).status == 403)
        #expect(office.call(.get, "/key", key: tokens[0]).status == 200)
        #expect(office.chat(key: elsewhere).status == 200, "another workspace")

        office.time.pass(seconds: seconds ?? 400 * 86_400)
        #expect(office.chat(key: tokens[0]).status == (seconds == nil ? 403 : 200))
        _ = try office.data(.put, "/workspaces/team/budgets/\(interval)", #"{"limit_usd":5}"#)
        #expect(office.chat(key: tokens[0]).status == 200, "a larger budget counts at once")
    }

    @Test("What providers charge to the account's own keys counts only where the workspace says so")
    func ownKeys() throws {
        let office = Office()
        let account = office.world.account(forKey: Request.mockKey)
        var record = GenerationRecord.make(key: Request.mockKey)
        #expect(record.workspaceID == account.defaultWorkspaceID)
        record.byokCost = .dollars(2)
        office.world.book(record)
        _ = try office.data(.put, "/workspaces/default/budgets/daily", #"{"limit_usd":1}"#)
        #expect(office.chat().status == 200)
        _ = try office.data(
            .put,
            "/workspaces/default/budgets/daily",
            #"{"limit_usd":1,"include_byok_in_budgets":true}"#
        )
        #expect(office.chat().status == 403)
    }

    @Test("/key tells every budget in the order of the checks, and which one stops requests first")
    func keyBudgets() throws {
        let office = Office()
        let id = try office.createWorkspace()
        let token = try office.createKey(in: id, #""limit":3,"limit_reset":"weekly""#).token
        func key() throws -> JSONValue { try office.data(.get, "/key", key: token) }
        #expect(try key()["budgets"]?.count == 1)
        let monthly = try office.data(.put, "/workspaces/team/budgets/monthly", #"{"limit_usd":2}"#)
        _ = try office.data(.put, "/workspaces/team/budgets/lifetime", #"{"limit_usd":50}"#)
        #expect(office.chat(key: token).status == 200)

        let data = try key()
        let budgets = try #require(data["budgets"].map { Array($0.elements) })
        #expect(budgets.map { $0["scope"]?.string } == ["workspace", "workspace", "key_limit"])
        try #require(budgets.count == 3)
        let first = budgets[0]
        let spent = try #require(data["usage"]?.double)
        #expect(spent > 0)
        #expect(first["budget_id"]?.text == monthly["id"]?.text)
        #expect(first["guardrail_id"]?.isNull == true)
        #expect(first["limit_usd"]?.int == 2)
        #expect(first["spend_usd"]?.double == spent)
        #expect(first["remaining_usd"]?.double == 2 - spent)
        #expect(first["reset_interval"]?.string == "monthly")
        #expect(first["resets_at"]?.string == "2026-10-01T00:00:00.000000+00:00")
        #expect(first["include_byok"]?.bool == false)
        #expect(budgets[1]["reset_interval"]?.isNull == true)
        #expect(budgets[1]["resets_at"]?.isNull == true)
        #expect(budgets[2]["budget_id"]?.isNull == true)
        #expect(budgets[2]["resets_at"]?.string == "2026-09-28T00:00:00.000000+00:00")
        #expect(data["effective_budget"]?.text == first.text, "least is left of it")
        #expect(data["limit_remaining"]?.text == budgets[2]["remaining_usd"]?.text)
    }

    @Test("A spent budget stops requests before a spent limit of the key")
    func precedence() throws {
        let office = Office()
        let token = try office.createKey(#"{"name":"a","limit":0.00000001}"#).token
        _ = try office.data(.put, "/workspaces/default/budgets/daily", #"{"limit_usd":0.00000001}"#)
        #expect(office.chat(key: token).status == 200)
        #expect(office.chat(key: token).status == 403)
        let key = try office.data(.get, "/key", key: token)
        #expect(key["effective_budget"]?["scope"]?.string == "workspace")
        #expect(office.call(.delete, "/workspaces/default/budgets/daily").status == 200)
        #expect(office.chat(key: token).status == 402)
        #expect(try office.data(.get, "/key", key: token)["effective_budget"]?["scope"]?.string == "key_limit")
        #expect(try office.data(.get, "/key")["effective_budget"]?.isNull == true)
    }

    @Test(
        "A window ends where the next one begins",
        arguments: [
            "1970-01-01T00:00:00Z", "2024-01-31T12:00:00Z", "2024-02-01T00:00:00Z", "2024-02-29T23:59:59Z",
            "2026-09-21T14:13:20Z", "2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z",
        ]
    )
    func windows(text: String) throws {
        let time = CivilTime(microseconds: try #require(CivilTime.microseconds(rfc3339: text)))
        for interval in ResetInterval.allCases {
            let end = interval.end(at: time)
            let last = interval.firstDay(at: CivilTime(microseconds: end - 1))
            #expect(last == interval.firstDay(at: time))
            #expect(interval.firstDay(at: CivilTime(microseconds: end)) > last)
        }
    }
}
