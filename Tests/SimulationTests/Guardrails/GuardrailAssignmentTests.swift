internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Guardrail assignments")
struct GuardrailAssignmentTests {
    @Test("A key has the guardrail that was assigned last, and counts are not wrapped")
    func keys() throws {
        let office = Office()
        let (first, second) = (try office.createGuardrail(), try office.createGuardrail())
        let (a, b) = (try office.createKey(#"{"name":"a"}"#).hash, try office.createKey(#"{"name":"b"}"#).hash)
        let body = #"{"key_hashes":["\#(a)","\#(b)","\#(a)"]}"#
        #expect(office.call(.post, "/guardrails/\(first)/assignments/keys", body).body == #"{"assigned_count":2}"#)
        #expect(office.call(.post, "/guardrails/\(first)/assignments/keys", body).body == #"{"assigned_count":0}"#)
        #expect(try office.assign(second, keys: [b]) == 1)

        let listed = try office.call(.get, "/guardrails/\(first)/assignments/keys").json()
        #expect(listed["total_count"]?.int == 1)
        let row = try #require(listed["data"]?[0])
        #expect(row["key_hash"]?.string == a)
        #expect(row["key_name"]?.string == "a")
        #expect(row["key_label"]?.string?.hasPrefix("sk-or-v1-") == true)
        #expect(row["guardrail_id"]?.string == first)
        #expect(row["assigned_by"]?.string == office.account.userID)
        let all = try office.call(.get, "/guardrails/assignments/keys").json()
        #expect(all["data"]?.elements.map { $0["guardrail_id"]?.string } == [first, second])
        #expect(try office.call(.get, "/guardrails/assignments/keys?offset=1").json()["data"]?.count == 1)

        let removal = office.call(.post, "/guardrails/\(first)/assignments/keys/remove", body)
        #expect(removal.body == #"{"unassigned_count":1}"#)
        #expect(office.call(.delete, "/keys/\(b)").status == 200)
        #expect(try office.call(.get, "/guardrails/assignments/keys").json()["total_count"]?.int == 0)
    }

    @Test("Members are assigned by their user ids, and a guardrail's assignments go with it")
    func members() throws {
        let office = Office()
        let id = try office.createGuardrail()
        let (a, b, c) = (office.member(1), office.member(2), office.member(3))
        #expect(try office.assign(id, members: [b, a]) == 2)
        let listed = try office.call(.get, "/guardrails/\(id)/assignments/members").json()
        #expect(listed["data"]?.elements.map { $0["user_id"]?.string } == [b, a])
        #expect(listed["data"]?[0]?["organization_id"]?.string == office.account.id)
        let body = #"{"member_user_ids":["\#(b)","\#(c)"]}"#
        let removal = office.call(.post, "/guardrails/\(id)/assignments/members/remove", body)
        #expect(removal.body == #"{"unassigned_count":1}"#)
        #expect(try office.call(.get, "/guardrails/assignments/members").json()["total_count"]?.int == 1)
        #expect(office.call(.delete, "/guardrails/\(id)").status == 200)
        #expect(try office.call(.get, "/guardrails/assignments/members").json()["total_count"]?.int == 0)
    }

    @Test("An open key can be assigned by its hash")
    func openKey() throws {
        let office = Office()
        let id = try office.createGuardrail(#""allowed_providers":["azure"]"#)
        try office.assign(id, keys: [APIKey.hash(of: Request.mockKey)])
        #expect(try office.chat().json()["provider"]?.string == "Azure")
    }

    @Test(
        "Wrong assignments are refused, and nothing of them is done",
        arguments: [
            ("keys", "{}", "key_hashes: expected an array of 1 to 1000 elements"),
            ("keys", #"{"key_hashes":[]}"#, "key_hashes: expected an array of 1 to 1000 elements"),
            (
                "keys", #"{"key_hashes":["HASH","0"]}"#,
                #"key_hashes: expected hashes of this account's keys, received \"0\""#
            ),
            (
                "members", #"{"member_user_ids":["MEMBER","user_2abc"]}"#,
                #"member_user_ids: expected members of the organization, received \"user_2abc\""#
            ),
        ]
    )
    func badInput(place: String, body: String, message: String) throws {
        let office = Office()
        let id = try office.createGuardrail()
        let body = body.replacing("HASH", with: try office.createKey().hash).replacing("MEMBER", with: office.member(1))
        let exchange = office.call(.post, "/guardrails/\(id)/assignments/\(place)", body)
        #expect(exchange.status == 400)
        #expect(exchange.body.contains(message), "\(exchange.body)")
        #expect(try office.call(.get, "/guardrails/assignments/\(place)").json()["total_count"]?.int == 0)
    }
}
