internal import Foundation
internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Guardrails")
struct GuardrailTests {
    @Test("A guardrail is created, shown, listed, changed and deleted")
    func life() throws {
        let office = Office()
        let created = office.call(.post, "/guardrails", #"{"name":"g","limit_usd":50,"reset_interval":"monthly"}"#)
        #expect(created.status == 201)
        let data = try #require(try created.json()["data"])
        let id = try #require(data["id"]?.string)
        #expect(data["limit_usd"]?.int == 50)
        #expect(data["include_byok_in_budgets"]?.bool == false)
        #expect(data["workspace_id"]?.string == office.account.defaultWorkspaceID)
        #expect(data["updated_at"]?.isNull == true)
        #expect(data["allowed_models"]?.isNull == true)
        #expect(try office.data(.get, "/guardrails/\(id)").text == data.text)
        #expect(office.call(.get, "/guardrails").body == #"{"data":[\#(data.text)],"total_count":1}"#)

        let changed = try office.data(.patch, "/guardrails/\(id)", #"{"name":"renamed","limit_usd":null}"#)
        #expect(changed["name"]?.string == "renamed")
        #expect(changed["limit_usd"]?.isNull == true)
        #expect(changed["reset_interval"]?.string == "monthly", "what is absent stays")
        #expect(changed["updated_at"]?.string?.hasSuffix("+00:00") == true)

        #expect(office.call(.delete, "/guardrails/\(id)").body == #"{"deleted":true}"#)
        for method in [.get, .patch, .delete] as [HTTPRequest.Method] {
            #expect(office.call(method, "/guardrails/\(id)", "{}").status == 404)
        }
        #expect(office.call(.get, "/guardrails").body == #"{"data":[],"total_count":0}"#)
    }

    @Test("Models become permanent slugs, each once, and unknown ones stay as they are")
    func models() throws {
        let office = Office()
        let names =
            #"["anthropic/claude-sonnet-4.5","anthropic/claude-4.5-sonnet-20250929","acme/none","deepseek/deepseek-r1-0528:free"]"#
        let data = try office.data(.post, "/guardrails", #"{"name":"g","allowed_models":\#(names)}"#)
        #expect(
            data["allowed_models"]?.text
                == #"["anthropic/claude-4.5-sonnet-20250929","acme/none","deepseek/deepseek-r1-0528:free"]"#
        )
    }

    @Test("Changes replace collections as a whole")
    func replacing() throws {
        let office = Office()
        let id = try office.createGuardrail(
            #""allowed_providers":["openai","azure"],"content_filters":[{"pattern":"a","action":"block"}],"#
                + #""content_filter_builtins":[{"slug":"email","action":"redact","label":"mine"}]"#
        )
        let data = try office.data(.get, "/guardrails/\(id)")
        #expect(
            data["content_filter_builtins"]?.text == #"[{"slug":"email","action":"redact","label":"[EMAIL]"}]"#,
            "labels are the system's"
        )
        #expect(data["content_filters"]?.text == #"[{"pattern":"a","action":"block","label":null}]"#)
        let changed = try office.data(
            .patch,
            "/guardrails/\(id)",
            #"{"allowed_providers":["google-vertex"],"content_filters":[{"pattern":"b","action":"flag"}]}"#
        )
        #expect(changed["allowed_providers"]?.text == #"["google-vertex"]"#)
        #expect(changed["content_filters"]?.text == #"[{"pattern":"b","action":"flag","label":null}]"#)
        #expect(changed["content_filter_builtins"]?.count == 1)
        let cleared = try office.data(
            .patch,
            "/guardrails/\(id)",
            #"{"allowed_providers":null,"content_filters":null}"#
        )
        #expect(cleared["allowed_providers"]?.isNull == true)
        #expect(cleared["content_filters"]?.isNull == true)
    }

    @Test("The deprecated setting for zero data retention is copied into the groups that are not sent")
    func zeroDataRetention() throws {
        let data = try Office().data(
            .post,
            "/guardrails",
            #"{"name":"g","enforce_zdr":true,"enforce_zdr_google":false,"enforce_zdr_xai":null}"#
        )
        #expect(data["enforce_zdr"]?.bool == true)
        #expect(data["enforce_zdr_anthropic"]?.bool == true)
        #expect(data["enforce_zdr_openai"]?.bool == true)
        #expect(data["enforce_zdr_other"]?.bool == true)
        #expect(data["enforce_zdr_google"]?.bool == false)
        #expect(data["enforce_zdr_xai"]?.isNull == true)
    }

    @Test("A workspace's default guardrail is there once it is changed, under the id and the name of the workspace")
    func workspaceDefault() throws {
        let office = Office()
        let workspace = try office.defaultWorkspace
        let id = workspace.defaultGuardrailID
        #expect(id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
        #expect(office.call(.get, "/guardrails/\(id)").status == 404)
        #expect(office.call(.delete, "/guardrails/\(id)").status == 404)
        let data = try office.data(.patch, "/guardrails/\(id)", #"{"allowed_providers":["azure"]}"#)
        #expect(data["id"]?.string == id)
        #expect(data["name"]?.string == "Workspace \(workspace.id) Default")
        #expect(data["updated_at"]?.isNull == true)
        #expect(try office.data(.get, "/guardrails/\(id)").text == data.text)

        let renamed = office.call(.patch, "/guardrails/\(id)", #"{"name":"mine"}"#)
        #expect(renamed.status == 400)
        #expect(renamed.body.contains("derived from the workspace"))
        #expect(
            office.call(.patch, "/guardrails/\(id)", #"{"name":"Workspace \#(workspace.id) Default"}"#).status == 200
        )
        // It counts for a key to which nothing is assigned.
        #expect(try office.chat().json()["provider"]?.string == "Azure")
        #expect(office.call(.delete, "/guardrails/\(id)").status == 200)
        #expect(office.call(.get, "/guardrails/\(id)").status == 404)
    }

    @Test("Guardrails are listed by workspace and by pages")
    func listing() throws {
        let office = Office()
        let other = Workspace(
            id: "0df9e665-d932-5740-b2c7-b52af166bc11",
            accountID: office.account.id,
            name: "Other",
            slug: "other",
            createdAt: 0
        )
        office.world.withPlatform { platform, _ in platform.insert(other) }
        for number in 0..<3 { _ = try office.data(.post, "/guardrails", #"{"name":"g\#(number)"}"#) }
        _ = try office.data(.post, "/guardrails", #"{"name":"o","workspace_id":"\#(other.id)"}"#)
        let page = try office.call(.get, "/guardrails?offset=1&limit=1").json()
        #expect(page["data"]?.elements.map { $0["name"]?.string } == ["g1"])
        #expect(page["total_count"]?.int == 3)
        let listed = try office.call(.get, "/guardrails?workspace_id=\(other.id)").json()
        #expect(listed["data"]?.elements.map { $0["name"]?.string } == ["o"])
        // A workspace that goes takes its guardrails with it.
        office.world.withPlatform { platform, _ in platform.delete(other) }
        #expect(try office.call(.get, "/guardrails?workspace_id=\(other.id)").json()["total_count"]?.int == 0)
    }

    @Test(
        "Wrong bodies and queries are refused with the field's name",
        arguments: [
            (.post, "/guardrails", "{}", "name: expected a string of 1 to 200 characters, received nothing"),
            (.post, "/guardrails", #"{"name":""}"#, "name: expected a string of 1 to 200 characters"),
            (.post, "/guardrails", #"{"name":"g","allowed_providers":[]}"#, "allowed_providers: expected an array"),
            (.post, "/guardrails", #"{"name":"g","reset_interval":"hourly"}"#, "one of daily, weekly, monthly"),
            (.post, "/guardrails", #"{"name":"g","enforce_zdr_xai":1}"#, "enforce_zdr_xai: expected true or false"),
            (
                .post, "/guardrails", #"{"name":"g","content_filters":[{"pattern":"a"}]}"#,
                "content_filters[0].action: expected one of flag, redact, block, received nothing"
            ),
            (
                .post, "/guardrails", #"{"name":"g","content_filter_builtins":[{"slug":"face","action":"block"}]}"#,
                "content_filter_builtins[0].slug: expected one of email, phone"
            ),
            (
                .post, "/guardrails", #"{"name":"g","workspace_id":"00000000-0000-4000-8000-000000000000"}"#,
                "workspace_id: expected a workspace of this account"
            ),
            (
                .post, "/guardrails", #"{"name":"g","content_filters":[{"pattern":"a(?=b)","action":"block"}]}"#,
                "content_filters[0].pattern: invalid_regex_pattern"
            ),
            (
                .post, "/guardrails", #"{"name":"g","content_filters":[{"pattern":"(","action":"block"}]}"#,
                "it is no regular expression"
            ),
            (.get, "/guardrails?limit=101", "", "limit: expected an integer from 1 to 100"),
            (.get, "/guardrails?workspace_id=x", "", "workspace_id: expected a UUID"),
        ] as [(HTTPRequest.Method, String, String, String)]
    )
    func badInput(method: HTTPRequest.Method, path: String, body: String, message: String) {
        let exchange = Office().call(method, path, body)
        #expect(exchange.status == 400)
        #expect(exchange.body.contains(message), "\(exchange.body)")
    }

    @Test("Another account's guardrails do not exist, and a key for inference manages none")
    func otherAccounts() throws {
        let office = Office()
        let id = try office.createGuardrail()
        let paths = ["", "/assignments/keys", "/assignments/members"].map { "/guardrails/\(id)" + $0 }
        for path in paths {
            #expect(office.call(.get, path).status == 200)
            #expect(office.call(.get, path, key: "sk-or-v1-other").status == 404)
        }
        #expect(office.call(.get, "/guardrails", key: "sk-or-v1-other").body == #"{"data":[],"total_count":0}"#)
        let key = try office.createKey().token
        for path in paths + ["/guardrails", "/guardrails/assignments/keys", "/guardrails/assignments/members"] {
            #expect(office.call(.get, path, key: key).status == 403)
        }
    }

    @Test("Guardrails and assignments are written down with everything else")
    func coding() throws {
        let office = Office()
        let key = try office.guardedKey(#""limit_usd":1,"enforce_zdr_openai":true,"allowed_models":["openai/gpt-4o"]"#)
        try office.assign(try office.createGuardrail(), members: [office.account.userID])
        #expect(office.chat(key: key, model: "openai/gpt-4o").status == 200)
        let platform = office.world.withPlatform { platform, _ in platform }
        let copy = try JSONDecoder().decode(Platform.self, from: try JSONEncoder().encode(platform))
        let hash = APIKey.hash(of: key)
        let (first, second) = (platform.caller(hash: hash)?.guardrails, copy.caller(hash: hash)?.guardrails)
        #expect(second?.layers.map(\.guardrail.json) == first?.layers.map(\.guardrail.json))
        #expect(second?.layers.map(\.scope) == [.member, .key])
        #expect(second?.memberSpending == first?.memberSpending)
        #expect(second?.memberSpending.total != .zero)
    }
}
