internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Budgets of guardrails")
struct GuardrailBudgetTests {
    private static let limit = #""limit_usd":0.00000001"#

    @Test("A key that has spent its guardrail's budget is 403 until the interval is over")
    func key() throws {
        let office = Office()
        let key = try office.guardedKey(Self.limit + #","reset_interval":"daily""#)
        #expect(office.chat(key: key).status == 200)
        let refused = office.chat(key: key)
        #expect(refused.status == 403)
        let error = try #require(try refused.json()["error"])
        #expect(error["message"]?.string?.hasPrefix("Budget limit exceeded: the daily guardrail budget") == true)
        #expect(error["metadata"]?["limit_source"]?.string == "openrouter_guardrail_budget")
        #expect(error["metadata"]?["scope"]?.string == "api_key")
        #expect(error["metadata"]?["limit_usd"]?.double == 1e-8)
        #expect(error["metadata"]?["spend_usd"]?.double ?? 0 > 0)
        #expect(refused.fields[.retryAfter] == nil)
        let message = office.call(
            .post,
            "/messages",
            #"{"model":"openai/gpt-4o","max_tokens":9,"messages":[{"role":"user","content":"Hi"}]}"#,
            key: key
        )
        #expect(message.status == 403)
        #expect(try message.json()["error"]?["type"]?.string == "permission_error")
        #expect(
            office.call(.post, "/embeddings", #"{"model":"openai/text-embedding-3-small","input":"Hi"}"#, key: key)
                .status
                == 403
        )
        office.time.pass(seconds: 86_400)
        #expect(office.chat(key: key).status == 200)
    }

    @Test("Keys with the same guardrail have a budget each, and all keys of a member have one together")
    func sharing() throws {
        let office = Office()
        let guardrail = try office.createGuardrail(Self.limit)
        let keys = try (0..<2).map { _ in
            try office.createKey(#"{"name":"a","creator_user_id":"\#(office.member(1))"}"#)
        }
        try office.assign(guardrail, keys: keys.map(\.hash))
        for key in keys { #expect(office.chat(key: key.token).status == 200) }
        for key in keys { #expect(office.chat(key: key.token).status == 403) }

        let others = try (0..<2).map { _ in
            try office.createKey(#"{"name":"a","creator_user_id":"\#(office.member(2))"}"#)
        }
        try office.assign(guardrail, members: [office.member(2)])
        #expect(office.chat(key: others[0].token).status == 200)
        let refused = office.chat(key: others[1].token)
        #expect(refused.status == 403)
        #expect(refused.body.contains(#""scope":"member""#))
    }

    @Test("The budget of a workspace's default guardrail is checked first, of the member and of the key")
    func workspaceDefault() throws {
        let office = Office()
        let id = try office.defaultWorkspace.defaultGuardrailID
        _ = try office.data(.patch, "/guardrails/\(id)", "{\(Self.limit)}")
        let key = try office.guardedKey(Self.limit)
        #expect(office.chat(key: key).status == 200)
        let refused = office.chat(key: key)
        #expect(refused.status == 403)
        #expect(refused.body.contains(#""scope":"workspace_default_member""#), "\(refused.body)")
    }

    @Test("GET /key tells every budget in the order in which they are checked, and which one stops the key")
    func told() throws {
        let office = Office()
        let workspaceDefault = try office.defaultWorkspace.defaultGuardrailID
        _ = try office.data(.patch, "/guardrails/\(workspaceDefault)", #"{"limit_usd":3}"#)
        let (ofMember, ofKey) = (try office.createGuardrail(#""limit_usd":2"#), try office.createGuardrail(Self.limit))
        let key = try office.createKey(#"{"name":"a","limit":4,"creator_user_id":"\#(office.member(1))"}"#)
        try office.assign(ofMember, members: [office.member(1)])
        try office.assign(ofKey, keys: [key.hash])
        #expect(office.chat(key: key.token).status == 200)
        let data = try #require(try office.call(.get, "/key", key: key.token).json()["data"])
        let budgets = try #require(data["budgets"]?.elements)
        #expect(
            budgets.map { $0["scope"]?.string }
                == ["workspace_default_member", "workspace_default_key", "member", "api_key", "key_limit"]
        )
        #expect(
            budgets.map { $0["guardrail_id"]?.string }
                == [workspaceDefault, workspaceDefault, ofMember, ofKey, nil]
        )
        #expect(budgets.map { $0["limit_usd"]?.double } == [3, 3, 2, 1e-8, 4])
        #expect(Set(budgets.map { $0["spend_usd"]?.double }).count == 1)
        #expect(data["effective_budget"]?["guardrail_id"]?.string == ofKey)
    }

    @Test("A raised limit lets the key spend again, and no limit lets it spend anything")
    func changes() throws {
        let office = Office()
        let key = try office.createKey()
        let id = try office.createGuardrail(Self.limit)
        try office.assign(id, keys: [key.hash])
        _ = office.chat(key: key.token)
        #expect(office.chat(key: key.token).status == 403)
        _ = try office.data(.patch, "/guardrails/\(id)", #"{"limit_usd":1}"#)
        #expect(office.chat(key: key.token).status == 200)
        _ = try office.data(.patch, "/guardrails/\(id)", #"{"limit_usd":0}"#)
        #expect(office.chat(key: key.token).status == 403)
        _ = try office.data(.patch, "/guardrails/\(id)", #"{"limit_usd":null}"#)
        #expect(office.chat(key: key.token).status == 200)
    }

    @Test(
        "What providers charge for the account's own keys counts where the guardrail says so",
        arguments: [true, false]
    )
    func byok(includes: Bool) throws {
        let office = Office()
        let key = try office.guardedKey(#""limit_usd":1,"include_byok_in_budgets":\#(includes)"#)
        let caller = try #require(office.world.caller(token: key))
        var record = GenerationRecord(id: "gen-1", caller: caller, createdAt: office.world.now)
        record.byokCost = .dollars(2)
        office.world.book(record)
        #expect(office.chat(key: key).status == (includes ? 403 : 200))
    }
}
