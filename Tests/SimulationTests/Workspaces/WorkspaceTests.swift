internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Workspaces")
struct WorkspaceTests {
    @Test("A workspace is made, found by id and by slug, listed after the default one, changed and deleted")
    func life() throws {
        let office = Office()
        let made = office.call(
            .post,
            "/workspaces",
            #"{"name":"Production","slug":"production","description":"Live","default_provider_sort":"latency"}"#
        )
        #expect(made.status == 201)
        let workspace = try #require(try made.json()["data"])
        let id = try #require(workspace["id"]?.string)
        #expect(workspace["description"]?.string == "Live")
        #expect(workspace["default_provider_sort"]?.string == "latency")
        #expect(workspace["default_text_model"]?.isNull == true)
        #expect(workspace["is_observability_io_logging_enabled"]?.bool == false)
        #expect(workspace["io_logging_sampling_rate"]?.double == 1)
        #expect(workspace["created_by"]?.string == office.world.account(forKey: Request.mockKey).userID)
        #expect(workspace["updated_at"]?.isNull == true)
        for reference in [id, "production"] {
            #expect(try office.data(.get, "/workspaces/\(reference)").text == workspace.text)
        }
        let listed = try office.call(.get, "/workspaces").json()
        #expect(listed["data"]?.elements.map { $0["slug"]?.string } == ["default", "production"])
        #expect(listed["total_count"]?.int == 2)
        #expect(try office.data(.get, "/workspaces?offset=1&limit=1")[0]?.text == workspace.text)

        office.time.pass(seconds: 1)
        let changed = try office.data(
            .patch,
            "/workspaces/production",
            #"{"slug":"live","description":null,"io_logging_api_key_ids":[7]}"#
        )
        #expect(changed["slug"]?.string == "live")
        #expect(changed["name"]?.string == "Production", "what is absent stays")
        #expect(changed["description"]?.isNull == true)
        #expect(changed["io_logging_api_key_ids"]?.text == "[7]")
        #expect(changed["updated_at"]?.string == "2026-09-21T14:13:21.000000+00:00")
        #expect(office.call(.get, "/workspaces/production").status == 404)

        #expect(office.call(.delete, "/workspaces/live").body == #"{"deleted":true}"#)
        #expect(office.call(.get, "/workspaces/\(id)").status == 404)
        #expect(try office.call(.get, "/workspaces").json()["total_count"]?.int == 1)
    }

    @Test(
        "Wrong bodies are refused with the field's name",
        arguments: [
            (.post, "/workspaces", #"{"slug":"a"}"#, "name: expected a string of 1 to 100 characters"),
            (.post, "/workspaces", #"{"name":"A"}"#, "slug: expected words of small letters"),
            (.post, "/workspaces", #"{"name":"A","slug":"a--b"}"#, "slug: expected words of small letters"),
            (
                .post, "/workspaces", #"{"name":"A","slug":"\#(String(repeating: "a", count: 51))"}"#,
                "slug: expected a slug of at most 50 characters"
            ),
            (.post, "/workspaces", #"{"name":"A","slug":"default"}"#, "slug: expected a slug that no other"),
            (
                .post, "/workspaces", #"{"name":"A","slug":"a","default_provider_sort":"speed"}"#,
                "one of price, throughput, latency, exacto"
            ),
            (
                .post, "/workspaces", #"{"name":"A","slug":"a","io_logging_sampling_rate":0}"#,
                "io_logging_sampling_rate: expected a number from 0.0001 to 1"
            ),
            (.patch, "/workspaces/default", #"{"name":""}"#, "name: expected a string of 1 to 100 characters"),
            (.get, "/workspaces?limit=101", "", "limit: expected an integer from 1 to 100"),
        ] as [(HTTPRequest.Method, String, String, String)]
    )
    func badInput(method: HTTPRequest.Method, path: String, body: String, message: String) {
        let exchange = Office().call(method, path, body)
        #expect(exchange.status == 400)
        #expect(exchange.body.contains(message), "\(exchange.body)")
    }

    @Test("Two workspaces cannot share a slug, and one can keep its own")
    func slugs() throws {
        let office = Office()
        _ = try office.createWorkspace("a")
        _ = try office.createWorkspace("b")
        #expect(office.call(.patch, "/workspaces/b", #"{"slug":"a"}"#).status == 400)
        #expect(office.call(.patch, "/workspaces/b", #"{"slug":"b","name":"B"}"#).status == 200)
        #expect(office.call(.post, "/workspaces", #"{"name":"A","slug":"a"}"#, key: "sk-or-v1-other").status == 201)
    }

    @Test("The default workspace stays, and one with active keys too; disabled keys, mappings and files go with theirs")
    func deletion() throws {
        let office = Office()
        let refused = office.call(.delete, "/workspaces/default")
        #expect(refused.status == 403)
        #expect(refused.body.contains("The default workspace cannot be deleted"))

        let id = try office.createWorkspace()
        let (hash, token) = try office.createKey(in: id)
        let inUse = office.call(.delete, "/workspaces/team")
        #expect(inUse.status == 400)
        #expect(inUse.body.contains("Workspace team has 1 active API key; remove them first"))

        let group = office.organization.groups[0]
        _ = try office.data(
            .post,
            "/scim/group-mappings",
            #"{"scim_group_id":"\#(group.id)","workspace_id":"\#(id)","role":"member"}"#
        )
        #expect(Exchange(.upload("a.txt", "Hello", key: token), in: office.world).status == 200)
        #expect(office.world.files(inWorkspace: id).count == 1)
        #expect(office.call(.patch, "/keys/\(hash)", #"{"disabled":true}"#).status == 200)
        #expect(office.call(.delete, "/workspaces/team").status == 200)
        #expect(office.call(.get, "/keys/\(hash)").status == 404)
        #expect(try office.data(.get, "/scim/group-mappings").count == 0)
        #expect(office.world.files(inWorkspace: id).isEmpty)
        #expect(office.call(.post, "/keys", #"{"name":"a","workspace_id":"\#(id)"}"#).status == 400)
    }

    @Test("An expired key does not hold its workspace")
    func expiredKeys() throws {
        let office = Office()
        let id = try office.createWorkspace()
        _ = try office.createKey(in: id, #""expires_at":"2026-09-21T14:13:30Z""#)
        #expect(office.call(.delete, "/workspaces/team").status == 400)
        office.time.pass(seconds: 10)
        #expect(office.call(.delete, "/workspaces/team").status == 200)
    }

    @Test("Another account's workspaces do not exist")
    func otherAccounts() throws {
        let office = Office()
        let id = try office.createWorkspace()
        let calls: [(HTTPRequest.Method, String, String)] = [
            (.get, "", ""), (.patch, "", "{}"), (.delete, "", ""), (.get, "/budgets", ""),
            (.get, "/budgets/daily", ""), (.put, "/budgets/daily", #"{"limit_usd":1}"#),
            (.delete, "/budgets/daily", ""), (.get, "/members", ""), (.post, "/members/add", #"{"user_ids":["u"]}"#),
            (.post, "/members/remove", #"{"user_ids":["u"]}"#),
        ]
        for (method, path, body) in calls {
            for reference in [id, "team"] {
                let exchange = office.call(method, "/workspaces/\(reference)\(path)", body, key: "sk-or-v1-other")
                #expect(exchange.status == 404, "\(method) \(path)")
                #expect(exchange.body.contains("Workspace \(reference) not found"))
            }
        }
    }

    @Test("Keys for inference manage no workspaces")
    func access() throws {
        let office = Office()
        let token = try office.createKey().token
        for path in [
            "/workspaces", "/workspaces/default", "/workspaces/default/budgets", "/workspaces/default/members",
        ] {
            #expect(office.call(.get, path, key: token).status == 403)
        }
    }

    @Test("The default guardrail's id follows from the workspace's alone")
    func defaultGuardrail() throws {
        let office = Office()
        let workspace = try office.data(.get, "/workspaces/default")
        let id = try #require(workspace["default_guardrail_id"]?.string)
        #expect(id.dropFirst(14).first == "5")
        #expect(try Office().data(.get, "/workspaces/default")["default_guardrail_id"]?.string == id)
        _ = try office.createWorkspace()
        #expect(try office.data(.get, "/workspaces/team")["default_guardrail_id"]?.string != id)
    }

    @Test("A name's UUID is that of the specification's example")
    func nameUUID() {
        // RFC 9562, appendix A.4.
        let dns = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
        #expect(NameUUID.text("www.example.com", in: dns) == "2ed6657d-e927-568b-95e1-2665a8aea6a2")
    }
}

extension Request {
    fileprivate static func upload(_ name: String, _ content: String, key: String) -> Request {
        let type = #"multipart/form-data; boundary="b""#
        let body =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n\(content)\r\n--b--\r\n"
        return make(.post, "/files", body: body, key: key, fields: [.contentType: type])
    }
}
