internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Keys")
struct KeyTests {
    @Test("A key is shown once, works, is listed, changed and deleted")
    func life() throws {
        let office = Office()
        let (hash, token) = try office.createKey(#"{"name":"ci","limit":5,"limit_reset":"weekly"}"#)
        #expect(token.wholeMatch(of: /sk-or-v1-[0-9a-f]{64}/) != nil)
        #expect(hash == APIKey.hash(of: token))
        #expect(office.chat(key: token).status == 200)

        let listed = try #require(try office.call(.get, "/keys").json()["data"])
        #expect(listed.count == 1)
        let row = try #require(listed[0])
        #expect(row["name"]?.string == "ci")
        #expect(row["label"]?.string == "sk-or-v1-\(token.dropFirst(9).prefix(3))...\(token.suffix(3))")
        #expect(row["limit"]?.int == 5)
        #expect(row["limit_reset"]?.string == "weekly")
        #expect(row["updated_at"]?.isNull == true)
        let usage = try #require(row["usage"]?.double)
        #expect(usage > 0)
        #expect(row["limit_remaining"]?.double == 5 - usage)
        let own = try #require(try office.call(.get, "/key", key: token).json()["data"])
        #expect(own["usage"]?.text == row["usage"]?.text)
        #expect(own["limit_remaining"]?.text == row["limit_remaining"]?.text)
        #expect(try office.call(.get, "/credits").json()["data"]?["total_usage"]?.text == row["usage"]?.text)

        let changed = office.call(.patch, "/keys/\(hash)", #"{"name":"renamed","limit":null}"#)
        #expect(changed.status == 200)
        let data = try #require(try changed.json()["data"])
        #expect(data["name"]?.string == "renamed")
        #expect(data["limit"]?.isNull == true)
        #expect(data["limit_remaining"]?.isNull == true)
        #expect(data["limit_reset"]?.string == "weekly", "what is absent stays")
        #expect(data["updated_at"]?.string?.hasSuffix("+00:00") == true)

        #expect(office.call(.delete, "/keys/\(hash)").body == #"{"deleted":true}"#)
        #expect(office.call(.get, "/keys/\(hash)").status == 404)
        #expect(office.call(.delete, "/keys/\(hash)").status == 404)
        #expect(try office.data(.get, "/keys").count == 0)
        // The account has spent what the key spent.
        #expect(try office.call(.get, "/credits").json()["data"]?["total_usage"]?.double == usage)
        #expect(office.chat(key: token).body == #"{"error":{"message":"User not found.","code":401}}"#)
    }

    @Test("A disabled key is 401 until it is enabled, and is listed on request only")
    func disabling() throws {
        let office = Office()
        let (hash, token) = try office.createKey(#"{"name":"a"}"#)
        #expect(office.call(.patch, "/keys/\(hash)", #"{"disabled":true}"#).status == 200)
        let refused = office.chat(key: token)
        #expect(refused.status == 401)
        #expect(refused.body == #"{"error":{"message":"API key disabled","code":401}}"#)
        #expect(try office.data(.get, "/keys").count == 0)
        #expect(try office.call(.get, "/keys?include_disabled=true").json()["data"]?.count == 1)
        #expect(office.call(.patch, "/keys/\(hash)", #"{"disabled":false}"#).status == 200)
        #expect(office.chat(key: token).status == 200)
    }

    @Test("A key expires on the world's clock")
    func expiry() throws {
        let office = Office()
        let (_, token) = try office.createKey(#"{"name":"a","expires_at":"2026-09-21T14:13:30Z"}"#)
        office.time.pass(seconds: 9)
        #expect(office.chat(key: token).status == 200)
        office.time.pass(seconds: 1)
        #expect(office.chat(key: token).body == #"{"error":{"message":"API key expired","code":401}}"#)
    }

    @Test("At its limit a key is 402, and starts anew when the limit is reset")
    func limit() throws {
        let office = Office()
        let (hash, token) = try office.createKey(#"{"name":"a","limit":0.00000001,"limit_reset":"daily"}"#)
        #expect(office.chat(key: token).status == 200)
        let refused = office.chat(key: token)
        #expect(refused.status == 402)
        #expect(refused.body.contains("Key limit exceeded (daily limit)"))
        #expect(refused.body.contains(#""limit_source":"openrouter_key_limit""#))
        #expect(try office.call(.get, "/keys/\(hash)").json()["data"]?["limit_remaining"]?.double == 0)
        office.time.pass(seconds: 86_400)
        #expect(try office.call(.get, "/keys/\(hash)").json()["data"]?["usage_daily"]?.double == 0)
        #expect(office.chat(key: token).status == 200)
        let tooLong = office.chat(
            key: try office.createKey(#"{"name":"b","limit":0.001}"#).token,
            #""max_tokens":10000"#
        )
        #expect(tooLong.status == 402)
        #expect(tooLong.body.contains("raise the total limit of this key"))
        let tooDear = office.chat(
            key: try office.createKey(#"{"name":"c","limit":0.00000035}"#).token,
            #""max_tokens":1"#
        )
        #expect(tooDear.status == 402)
        #expect(tooDear.body.contains(#""limit_source":"openrouter_key_limit""#))
        #expect(
            tooDear.body.firstMatch(of: /Prompt tokens limit exceeded: \d+ > 2\. To increase, visit/) != nil,
            "\(tooDear.body)"
        )
    }

    @Test("A created key cannot manage, a management key cannot call models, and an open key can do both")
    func accessLevels() throws {
        let office = Office()
        let (_, token) = try office.createKey(#"{"name":"a"}"#)
        let managing = office.call(.get, "/keys", key: token)
        #expect(managing.status == 403)
        #expect(managing.body.contains("Only management keys can perform this operation"))
        #expect(office.call(.get, "/credits", key: token).status == 200)

        var settings = SimulationSettings()
        settings.authentication = .strict
        settings.knownKeys = ["sk-or-v1-admin": .management]
        let strict = Simulator(settings: settings)
        let world = World.make()
        func call(_ request: Request) -> Exchange { Exchange(request, in: world, by: strict) }
        #expect(call(.get("/keys", key: "sk-or-v1-admin")).status == 200)
        #expect(try call(.get("/key", key: "sk-or-v1-admin")).json()["data"]?["is_management_key"]?.bool == true)
        #expect(call(.chat("{}", key: "sk-or-v1-admin")).status == 403)
        let created = call(.make(.post, "/keys", body: #"{"name":"a"}"#, key: "sk-or-v1-admin"))
        let key = try #require(try created.json()["key"]?.string)
        #expect(call(.chat("{}", key: key)).status == 400, "known, and the body is wrong")
        #expect(call(.chat("{}", key: "sk-or-v1-made-up")).status == 401)
    }

    @Test(
        "Wrong bodies and queries are refused with the field's name",
        arguments: [
            (.post, "/keys", "{}", "name: expected a string of at least one character, received nothing"),
            (.post, "/keys", #"{"name":""}"#, #"name: expected a string of at least one character, received """#),
            (
                .post, "/keys", #"{"name":"a","limit":-1}"#,
                "limit: expected a number from 0 to 1000000000000, received -1"
            ),
            (.post, "/keys", #"{"name":"a","limit_reset":"hourly"}"#, "one of daily, weekly, monthly"),
            (
                .post, "/keys", #"{"name":"a","expires_at":"2027-12-31T23:59:59+02:00"}"#,
                "expires_at: expected a time in UTC"
            ),
            (.post, "/keys", #"{"name":"a","expires_at":"2020-01-01T00:00:00Z"}"#, "expected a time to come"),
            (.post, "/keys", #"{"name":"a","workspace_id":"x"}"#, "workspace_id: expected a UUID"),
            (
                .post, "/keys", #"{"name":"a","workspace_id":"00000000-0000-4000-8000-000000000000"}"#,
                "expected a workspace of this account"
            ),
            (.post, "/keys", "[]", "body: expected an object"),
            (.get, "/keys?offset=-1", "", "offset: expected an integer of at least 0"),
            (.get, "/keys?include_disabled=maybe", "", "include_disabled: expected true or false"),
        ] as [(HTTPRequest.Method, String, String, String)]
    )
    func badInput(method: HTTPRequest.Method, path: String, body: String, message: String) {
        let exchange = Office().call(method, path, body)
        #expect(exchange.status == 400)
        #expect(exchange.body.contains(JSON.string(message).text.dropFirst().dropLast()), "\(exchange.body)")
    }

    @Test("Keys are listed a hundred at a time, from the oldest")
    func pages() throws {
        let office = Office()
        for number in 0..<120 { _ = try office.createKey(#"{"name":"key \#(number)"}"#) }
        let first = try #require(try office.call(.get, "/keys").json()["data"])
        #expect(first.count == 100)
        #expect(first[0]?["name"]?.string == "key 0")
        let second = try #require(try office.call(.get, "/keys?offset=100").json()["data"])
        #expect(second.elements.map { $0["name"]?.string } == (100..<120).map { "key \($0)" })
    }

    @Test("Another account's keys do not exist")
    func otherAccounts() throws {
        let office = Office()
        let (hash, _) = try office.createKey(#"{"name":"a"}"#)
        for (method, body) in [(.get, ""), (.patch, "{}"), (.delete, "")] as [(HTTPRequest.Method, String)] {
            #expect(office.call(method, "/keys/\(hash)", body, key: "sk-or-v1-other").status == 404)
        }
        // An open key is not managed by anybody.
        #expect(office.call(.get, "/keys/\(APIKey.hash(of: Request.mockKey))").status == 404)
    }

    @Test("The same requests make the same keys, another seed others")
    func determinism() throws {
        let first = try Office().createKey(#"{"name":"a"}"#)
        #expect(try Office().createKey(#"{"name":"a"}"#) == first)
        let other = Exchange(.make(.post, "/keys", body: #"{"name":"a"}"#), in: .make(seed: 1))
        #expect(try other.json()["key"]?.string != first.token)
    }

    @Test("Free models are limited by minute and by day, with the numbers in header and body")
    func freeLimits() throws {
        let office = Office()
        let free = "google/gemma-4-31b-it:free"
        for _ in 0..<20 { #expect(office.chat(key: "k", model: free).status == 200) }
        let refused = office.chat(key: "k", model: free)
        #expect(refused.status == 429)
        // The clock stands at 14:13:20.
        #expect(refused.field("X-RateLimit-Limit") == "20")
        #expect(refused.field("X-RateLimit-Remaining") == "0")
        #expect(refused.field("X-RateLimit-Reset") == "1790000040000")
        #expect(refused.fields[.retryAfter] == "40")
        let headers = try #require(try refused.json()["error"]?["metadata"]?["headers"])
        #expect(headers["X-RateLimit-Reset"]?.string == "1790000040000")
        #expect(refused.body.contains("Rate limit exceeded: free-models-per-min"))
        #expect(office.chat(key: "k").status == 200, "others are not limited")
        #expect(office.chat(key: "another", model: free).status == 200, "limits are the account's")

        for _ in 1..<50 {
            office.time.pass(seconds: 60)
            for _ in 0..<20 { #expect(office.chat(key: "k", model: free).status == 200) }
        }
        office.time.pass(seconds: 60)
        let day = office.chat(key: "k", model: free)
        #expect(day.status == 429)
        #expect(day.body.contains("free-models-per-day-high-balance"))
        #expect(day.field("X-RateLimit-Reset") == "1790035200000", "midnight")
        let left = try #require(try office.call(.get, "/key", key: "k").json()["data"]?["free_model_daily_requests"])
        #expect(left.text == #"{"limit":1000,"used":1000,"remaining":0}"#)
        office.time.pass(seconds: 86_400)
        #expect(office.chat(key: "k", model: free).status == 200)
    }
}

extension Exchange {
    /// The value of a header field by its name.
    fileprivate func field(_ name: String) -> String? {
        fields.first { $0.name.rawName == name }?.value
    }
}
