internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Presets")
struct PresetTests {
    private static let members = [
        "id", "workspace_id", "slug", "name", "description", "status", "status_updated_at", "designated_version_id",
        "creator_user_id", "created_at", "updated_at",
    ]

    private static let chat = #"""
        {"model":"openai/gpt-4o","temperature":0.7,"provider":{"sort":"price"},"stream":true,
         "messages":[{"role":"system","content":"Be terse."},{"role":"user","content":"Hi"}]}
        """#

    private static func create(_ slug: String, _ skin: String = "chat/completions", _ body: String = chat) -> Request {
        .make(.post, "/presets/\(slug)/\(skin)", body: body)
    }

    private static func data(_ request: Request, in world: World) throws -> JSONValue {
        let exchange = Exchange(request, in: world)
        #expect(exchange.status == 200, "\(exchange.body)")
        return try #require(try exchange.json()["data"])
    }

    @Test("A chat request makes a preset of its settings and its system prompt, and runs no inference")
    func creation() throws {
        let world = World.make()
        let account = world.account(forKey: Request.mockKey)
        let exchange = Exchange(Self.create("triage"), in: world)
        let preset = try #require(try exchange.json()["data"])
        #expect(exchange.status == 200)
        #expect(exchange.answered.generationID == nil)
        #expect(preset.names == Self.members + ["designated_version"])
        #expect(preset["slug"]?.string == "triage")
        #expect(preset["name"]?.string == "triage")
        #expect(preset["status"]?.string == "active")
        #expect(preset["status_updated_at"]?.isNull == true)
        #expect(preset["workspace_id"]?.string == account.defaultWorkspaceID)
        #expect(preset["creator_user_id"]?.string == account.userID)
        #expect(preset["created_at"]?.string == "2026-09-21T14:13:20.000000+00:00")
        let version = try #require(preset["designated_version"])
        #expect(version["id"]?.string == preset["designated_version_id"]?.string)
        #expect(version["preset_id"]?.string == preset["id"]?.string)
        #expect(version["version"]?.int == 1)
        #expect(version["system_prompt"]?.string == "Be terse.")
        #expect(
            version["config"]?.text == #"{"model":"openai/gpt-4o","temperature":0.7,"provider":{"sort":"price"}}"#
        )
        #expect(version["creator_id"]?.string == account.userID)
        #expect(try Self.data(.get("/presets/triage"), in: world).text == preset.text)
        #expect(world.account(forKey: Request.mockKey).ledger.total == .zero)
    }

    @Test("A second request adds a version, which counts from then on")
    func versions() throws {
        let world = World.make()
        let first = try Self.data(Self.create("triage"), in: world)
        let body = #"{"model":"openai/gpt-4o","instructions":"Classify.","input":"Hi","max_output_tokens":9}"#
        let second = try Self.data(Self.create("triage", "responses", body), in: world)
        #expect(second["id"]?.string == first["id"]?.string)
        #expect(second["designated_version"]?["version"]?.int == 2)
        #expect(second["designated_version"]?["system_prompt"]?.string == "Classify.")
        #expect(
            second["designated_version"]?["config"]?.text == #"{"model":"openai/gpt-4o","max_output_tokens":9}"#
        )
        let listing = try Exchange(.get("/presets/triage/versions"), in: world).json()
        #expect(listing.names == ["data", "total_count"])
        #expect(listing["total_count"]?.int == 2)
        #expect(listing["data"]?[0]?.text == first["designated_version"]?.text)
        #expect(listing["data"]?[1]?.text == second["designated_version"]?.text)
        for number in 1...2 {
            let version = try Self.data(.get("/presets/triage/versions/\(number)"), in: world)
            #expect(version.text == listing["data"]?[number - 1]?.text)
        }
        let page = try Exchange(.get("/presets/triage/versions?offset=1&limit=1"), in: world).json()
        #expect(page["data"]?.count == 1)
        #expect(page["data"]?[0]?["version"]?.int == 2)
        #expect(page["total_count"]?.int == 2)
    }

    @Test("A Messages request makes a preset too")
    func messages() throws {
        let body =
            #"{"model":"anthropic/claude-sonnet-4.5","max_tokens":1024,"system":"Review.","#
            + #""messages":[{"role":"user","content":"Hi"}],"metadata":{"user_id":"u"}}"#
        let version = try Self.data(Self.create("reviewer", "messages", body), in: .make())["designated_version"]
        #expect(version?["system_prompt"]?.string == "Review.")
        #expect(version?["config"]?.text == #"{"model":"anthropic/claude-sonnet-4.5","max_tokens":1024}"#)
    }

    @Test("A body that names a preset is kept as it would run")
    func derived() throws {
        let world = World.make()
        _ = try Self.data(Self.create("base"), in: world)
        let body = #"{"model":"@preset/base","temperature":0,"messages":[{"role":"user","content":"Hi"}]}"#
        let version = try Self.data(Self.create("other", "chat/completions", body), in: world)["designated_version"]
        #expect(version?["system_prompt"]?.string == "Be terse.")
        #expect(
            version?["config"]?.text == #"{"temperature":0,"model":"openai/gpt-4o","provider":{"sort":"price"}}"#
        )
    }

    // MARK: - Listing

    @Test("Presets are listed by account, the last changed one first, in pages")
    func listing() throws {
        let world = World.make()
        for slug in ["a", "b", "c", "a"] { _ = try Self.data(Self.create(slug), in: world) }
        func slugs(_ query: String = "", key: String = Request.mockKey) throws -> [String?] {
            let listing = try Exchange(.get("/presets\(query)", key: key), in: world).json()
            #expect(listing["total_count"]?.int == (key == Request.mockKey ? 3 : 0))
            let rows = listing["data"]?.elements.map { $0 } ?? []
            #expect(rows.allSatisfy { $0.names == Self.members })
            return rows.map { $0["slug"]?.string }
        }
        #expect(try slugs() == ["a", "c", "b"])
        #expect(try slugs("?limit=2") == ["a", "c"])
        #expect(try slugs("?offset=2") == ["b"])
        #expect(try slugs("?offset=7") == [])
        #expect(try slugs(key: "sk-or-v1-other") == [])
        #expect(world.setPresetStatus(.archived, slug: "b", key: world.account(forKey: Request.mockKey).id))
        #expect(try slugs() == ["b", "a", "c"])
        let archived = try Self.data(.get("/presets/b"), in: world)
        #expect(archived["status"]?.string == "archived")
        #expect(archived["status_updated_at"]?.string == "2026-09-21T14:13:20.000000+00:00")
        _ = world.reset()
        #expect(Exchange(.get("/presets/b"), in: world).status == 404)
    }

    @Test("Equal worlds give equal presets, and no two presets or versions share an id")
    func identifiers() throws {
        let worlds = [World.make(), World.make()]
        let bodies = worlds.map { world in
            ["a", "b", "a"].map { Exchange(Self.create($0), in: world).body }
        }
        #expect(bodies[0] == bodies[1])
        let ids = try bodies[0].map { text in
            let data = try JSONDocument(parsing: text.utf8).root["data"]
            return (data?["id"]?.string, data?["designated_version_id"]?.string)
        }
        #expect(ids[0].0 != ids[1].0)
        #expect(ids[0].0 == ids[2].0)
        #expect(Set(ids.map(\.1)).count == 3)
    }

    // MARK: - Errors

    @Test(
        "What is wrong with a request for presets is said",
        arguments: [
            ("/presets?limit=0", 400, #"limit: expected an integer from 1 to 100, received "0""#),
            ("/presets?limit=101", 400, #"limit: expected an integer from 1 to 100, received "101""#),
            ("/presets?offset=-1", 400, #"offset: expected an integer of at least 0, received "-1""#),
            ("/presets/triage/versions?limit=x", 400, #"limit: expected an integer from 1 to 100, received "x""#),
            ("/presets/triage/versions/two", 400, #"version: expected a version number, received "two""#),
            ("/presets/triage/versions/0", 400, #"version: expected a version number, received "0""#),
            ("/presets/triage/versions/2", 404, "Version 2 of preset triage not found"),
            ("/presets/nope", 404, "Preset nope not found"),
            ("/presets/nope/versions", 404, "Preset nope not found"),
            ("/presets/nope/versions/1", 404, "Preset nope not found"),
        ]
    )
    func badRequests(path: String, status: Int, problem: String) throws {
        let world = World.make()
        _ = try Self.data(Self.create("triage"), in: world)
        let exchange = Exchange(.get(path), in: world)
        #expect(exchange.status == status)
        let prefix = status == 400 ? "Invalid request parameters: " : ""
        #expect(try exchange.json()["error"]?["message"]?.string == prefix + problem)
        #expect(Exchange(.get(path, key: nil), in: world).status == 401)
    }

    @Test(
        "A body that is no request of its API makes no preset",
        arguments: [
            ("chat/completions", "[]", "body"), ("chat/completions", #"{"model":"a/b"}"#, "messages"),
            ("chat/completions", #"{"temperature":9,"messages":[{"role":"user","content":"Hi"}]}"#, "temperature"),
            ("chat/completions", #"{"cache_enabled":1,"messages":[{"role":"user","content":"Hi"}]}"#, "cache_enabled"),
            (
                "chat/completions", #"{"cache_ttl_seconds":0,"messages":[{"role":"user","content":"Hi"}]}"#,
                "cache_ttl_seconds"
            ),
            ("messages", #"{"model":"a/b"}"#, "messages"), ("messages", "7", "body"),
            ("messages", #"{"messages":[{"role":"user","content":"Hi"}]}"#, "model"),
            ("responses", "7", "body"), ("responses", "{", "JSON"),
            ("responses", #"{"input":"Hi","max_output_tokens":0}"#, "max_output_tokens"),
        ]
    )
    func badBodies(skin: String, body: String, part: String) throws {
        let world = World.make()
        let exchange = Exchange(Self.create("triage", skin, body), in: world)
        #expect(exchange.status == 400)
        #expect(try exchange.json()["error"]?["message"]?.string?.contains(part) == true, "\(exchange.body)")
        #expect(Exchange(.get("/presets/triage"), in: world).status == 404)
    }

    @Test(
        "A slug has to fit in a URL as it is",
        arguments: ["a%20b", "%C3%A9", "a%2Bb", String(repeating: "x", count: 101)]
    )
    func badSlugs(slug: String) {
        let exchange = Exchange(Self.create(slug))
        #expect(exchange.status == 400)
        #expect(exchange.body.contains("slug: expected at most 100 letters"))
    }

    @Test(
        "Slugs of unreserved characters are fine",
        arguments: ["a", "Email-copywriter_2.0~x", String(repeating: "x", count: 100)]
    )
    func goodSlugs(slug: String) {
        #expect(Exchange(Self.create(slug)).status == 200)
    }

    @Test("A world holds a limited number of versions")
    func bound() throws {
        var store = PresetStore()
        let body = try JSONDocument(parsing: #"{"model":"a/b"}"#.utf8).root
        let settings = try PresetSettings(from: body, skin: .chat)
        let ids = PresetStore.NewIDs(preset: "p", version: "v", workspace: "w")
        for _ in 0..<10_000 { #expect(store.store(settings, slug: "a", key: "k", ids: ids, at: 0) != nil) }
        #expect(store.store(settings, slug: "a", key: "k", ids: ids, at: 0) == nil)
        #expect(store[slug: "a", key: "k"]?.versions.count == 10_000)
    }
}
