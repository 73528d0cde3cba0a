internal import Foundation
internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Provider keys")
struct ProviderKeyTests {
    private static let secret = "sk-proj-0123456789abcdefAbCd"

    private static func create(_ members: String = "", provider: String = "openai", in office: Office) throws
        -> JSONValue
    {
        try office.data(.post, "/byok", #"{"provider":"\#(provider)","key":"\#(secret)"\#(members)}"#)
    }

    @Test("A key is created, listed, changed, rotated and deleted, and is shown by its label alone")
    func life() throws {
        let office = Office()
        let exchange = office.call(.post, "/byok", #"{"provider":"openai","key":"\#(Self.secret)","name":"ours"}"#)
        #expect(exchange.status == 201)
        let created = try #require(try exchange.json()["data"])
        #expect(
            created.names == [
                "id", "provider", "label", "name", "workspace_id", "disabled", "is_fallback", "allowed_models",
                "allowed_user_ids", "allowed_api_key_hashes", "sort_order", "created_at", "declared_region",
                "declared_zdr", "is_byok_only", "is_required",
            ]
        )
        #expect(created["label"]?.string == "sk-...AbCd")
        #expect(created["workspace_id"]?.string == office.world.account(forKey: Request.mockKey).defaultWorkspaceID)
        #expect(created["disabled"]?.bool == false)
        #expect(created["allowed_models"]?.isNull == true)
        let id = try #require(created["id"]?.string)

        let list = try office.call(.get, "/byok").json()
        #expect(list["total_count"]?.int == 1)
        #expect(list["data"]?[0]?.text == created.text)
        #expect(try office.data(.get, "/byok/\(id)").text == created.text)

        let changed = try office.data(.patch, "/byok/\(id)", #"{"name":null,"allowed_models":["openai/gpt-4o"]}"#)
        #expect(changed["name"]?.isNull == true)
        #expect(changed["allowed_models"]?.text == #"["openai/gpt-4o"]"#)
        #expect(changed["label"]?.string == "sk-...AbCd", "what is absent stays")
        let rotated = try office.data(.patch, "/byok/\(id)", #"{"key":"sk-proj-9876543210fedcbaWxYz"}"#)
        #expect(rotated["label"]?.string == "sk-...WxYz")
        #expect(rotated["allowed_models"]?.count == 1)

        #expect(office.call(.delete, "/byok/\(id)").body == #"{"deleted":true}"#)
        for method in [.get, .patch, .delete] as [HTTPRequest.Method] {
            #expect(office.call(method, "/byok/\(id)", method == .patch ? "{}" : "").status == 404)
        }
        #expect(try office.call(.get, "/byok").json()["total_count"]?.int == 0)
    }

    @Test("Nothing that is kept or said holds the key")
    func writeOnly() throws {
        let office = Office()
        let id = try #require(try Self.create(in: office)["id"]?.string)
        let encoder = JSONEncoder()
        let kept = String(
            decoding: try office.world.withPlatform { platform, _ in try encoder.encode(platform) },
            as: UTF8.self
        )
        #expect(!kept.contains("0123456789abcdef"))
        #expect(kept.contains(APIKey.hash(of: Self.secret)))
        for path in ["/byok", "/byok/\(id)"] { #expect(!office.call(.get, path).body.contains("0123456789")) }
        // A key that was forgotten to be made a text is not repeated in the error either.
        let mistaken = office.call(.post, "/byok", #"{"provider":"azure","key":{"api_key":"\#(Self.secret)"}}"#)
        #expect(mistaken.status == 400)
        #expect(mistaken.body.contains("key: expected a string of at least one character, received object"))
        #expect(!mistaken.body.contains("0123456789"))
        let entry = Journal.Entry(time: 0, request: .make(.post, "/byok", body: Self.secret))
        #expect(entry.request.body.readableBytes == 0)
        #expect(entry.bodyByteCount == Self.secret.utf8.count)
    }

    @Test("What is written down is read again")
    func persistence() throws {
        let office = Office()
        let created = try Self.create(#","allowed_models":["openai/gpt-4o"]"#, in: office)
        try office.world.withPlatform { platform, _ in
            platform = try JSONDecoder().decode(Platform.self, from: try JSONEncoder().encode(platform))
        }
        #expect(try office.data(.get, "/byok/\(created["id"]?.string ?? "")").text == created.text)
    }

    @Test("Keys are numbered within their provider, filtered by provider and workspace, and global ones are in all")
    func lists() throws {
        let office = Office()
        let first = try Self.create(in: office)
        let other = try Self.create(provider: "groq", in: office)
        let second = try Self.create(#","workspace_id":null"#, in: office)
        #expect([first, other, second].map { $0["sort_order"]?.int } == [0, 0, 1])
        #expect(second["workspace_id"]?.isNull == true)
        func listed(_ query: String) throws -> [String?] {
            try office.call(.get, "/byok" + query).json()["data"]?.elements.map { $0["id"]?.string } ?? []
        }
        #expect(try listed("") == [first, other, second].map { $0["id"]?.string })
        #expect(try listed("?provider=openai") == [first, second].map { $0["id"]?.string })
        #expect(try listed("?offset=1&limit=1") == [other["id"]?.string])

        let workspace = "11111111-2222-4333-8444-555555555555"
        let account = office.world.account(forKey: Request.mockKey)
        office.world.withPlatform { platform, now in
            platform.insert(
                Workspace(id: workspace, accountID: account.id, name: "b", slug: "b", createdAt: now)
            )
        }
        let third = try Self.create(#","workspace_id":"\#(workspace)""#, in: office)
        #expect(try listed("?workspace_id=\(workspace)") == [second, third].map { $0["id"]?.string })
        #expect(office.call(.get, "/byok?workspace_id=\(UUID())").status == 400)
        // Without the default workspace one has to be named.
        office.world.withPlatform { platform, _ in
            if let old = platform.workspaces[account.defaultWorkspaceID] { platform.delete(old) }
            let error = #expect(throws: APIError.self) { try platform.workspaceID(nil, ofAccount: account) }
            #expect(
                error?.message.contains("workspace_id: expected a workspace, as the default one was deleted") == true
            )
        }
    }

    @Test("Another account's keys do not exist, and its OpenRouter keys cannot be named")
    func otherAccounts() throws {
        let office = Office()
        let id = try #require(try Self.create(in: office)["id"]?.string)
        for (method, body) in [(.get, ""), (.patch, "{}"), (.delete, "")] as [(HTTPRequest.Method, String)] {
            #expect(office.call(method, "/byok/\(id)", body, key: "sk-or-v1-other").status == 404)
        }
        let (hash, _) = try office.createKey()
        #expect(
            try Self.create(#","allowed_api_key_hashes":["\#(hash)"]"#, in: office)["allowed_api_key_hashes"]?.count
                == 1
        )
        let foreign = office.call(
            .post,
            "/byok",
            #"{"provider":"openai","key":"k","allowed_api_key_hashes":["\#(hash)"]}"#,
            key: "sk-or-v1-other"
        )
        #expect(foreign.status == 400)
        #expect(foreign.body.contains("allowed_api_key_hashes[0]: expected the hash of a key of this account"))
    }

    @Test(
        "Wrong bodies are refused with the field's name",
        arguments: [
            ("{}", "provider: expected one of ai21"),
            (#"{"provider":"nobody","key":"k"}"#, "provider: expected one of"),
            (#"{"provider":"openai"}"#, "key: expected a string of at least one character"),
            (#"{"provider":"openai","key":""}"#, "key: expected a string of at least one character"),
            (#"{"provider":"openai","key":"k","allowed_api_key_hashes":[]}"#, "an array of 1 to 100 elements"),
            (#"{"provider":"openai","key":"k","allowed_api_key_hashes":["x"]}"#, "the hash of a key"),
            (#"{"provider":"openai","key":"k","workspace_id":"x"}"#, "workspace_id: expected a UUID"),
            (#"{"provider":"openai","key":"k","sort":1,"disabled":"no"}"#, "disabled: expected true or false"),
            (#"{"provider":"azure","key":"plain"}"#, "key: expected JSON text with api_key"),
            (#"{"provider":"azure","key":"{\"api_key\":\"a\"}"}"#, "key: expected JSON text with api_key"),
            (
                #"{"provider":"amazon-bedrock","key":"{\"accessKeyId\":\"a\"}"}"#,
                "key: expected JSON text with accessKeyId"
            ),
            (#"{"provider":"google-vertex","key":"plain"}"#, "key: expected the JSON text of a service account"),
        ]
    )
    func badInput(body: String, message: String) {
        let exchange = Office().call(.post, "/byok", body)
        #expect(exchange.status == 400)
        #expect(exchange.body.contains(message), "\(exchange.body)")
    }

    @Test(
        "Keys in the form of their provider are labeled by what names them",
        arguments: [
            ("azure", #"{"api_key":"azure-secret-1234","resource_name":"r"}"#, "azu...1234"),
            ("azure", #"[{"api_key":"azure-secret-1234","endpoint_url":"https://a"}]"#, "azu...1234"),
            (
                "amazon-bedrock", #"{"accessKeyId":"AKIA0000000000WXYZ","secretAccessKey":"s","region":"r"}"#,
                "AKI...WXYZ"
            ),
            ("amazon-bedrock", "bedrock-api-key-123456", "bed...3456"),
            (
                "google-vertex",
                #"{"client_email":"robot@example.com","private_key":"p","project_id":"x","region":"global"}"#,
                "rob....com"
            ),
            ("groq", "gsk_0123456789XyZ9", "gsk...XyZ9"),
            ("groq", "short", "********"),
        ]
    )
    func forms(provider: String, key: String, label: String) throws {
        let body = #"{"provider":"\#(provider)","key":\#(JSON.string(key).text)}"#
        #expect(try Office().data(.post, "/byok", body)["label"]?.string == label)
    }

    @Test("Every provider of the catalog takes keys, but for those that the document leaves out")
    func slugs() {
        let slugs = Set(Catalog.embedded.models.flatMap(\.endpoints).map(\.provider.slug))
        #expect(
            slugs.subtracting(ProviderKey.providers).isSubset(of: [
                "crucible", "fake-provider", "hyperbolic", "stealth",
            ])
        )
    }
}
