internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import TestSupport
internal import Testing

@testable internal import Simulation

@Suite("Bad requests")
struct BadRequestTests {
    @Test(
        "A bad chat is refused with what is wrong and where, streamed or not",
        arguments: BadRequestTable.all.indices
    )
    func chats(row: Int) {
        let (body, error) = BadRequestTable.all[row]
        let world = World.make()
        let userID = world.account(forKey: Request.mockKey).userID
        let exchange = Exchange(.chat(body), in: world)
        #expect(exchange.body == #"{"error":\#(error),"user_id":"\#(userID)"}"#)
        #expect(exchange.status == 400)
        #expect(exchange.fields[.contentType] == "application/json")
        #expect(exchange.tape.frames.count == 1)
        #expect(exchange.answered.generationID == nil)
        #expect(world.account(forKey: Request.mockKey).ledger.total == .zero)
        if body.hasPrefix("{"), body.hasSuffix("}"), body.count > 10, !body.contains("stream") {
            #expect(Exchange(.chat(#"{"stream":true,"# + body.dropFirst()), in: world).body == exchange.body || row < 8)
        }
    }

    @Test(
        "A bad text completion is refused likewise",
        arguments: [
            ("{}", BadRequestTable.field("prompt", "expected a string, received nothing")),
            (#"{"prompt":7}"#, BadRequestTable.field("prompt", "expected a string or an array of strings, received 7")),
            (#"{"prompt":[]}"#, BadRequestTable.field("prompt", "expected a string, received an array")),
            (
                #"{"prompt":"a","logprobs":21}"#,
                BadRequestTable.field("logprobs", "expected an integer from 0 to 20, received 21")
            ),
            (
                #"{"prompt":"a","max_tokens":0}"#,
                BadRequestTable.field("max_tokens", "expected an integer of at least 1, received 0")
            ),
        ]
    )
    func completions(body: String, error: String) {
        let world = World.make()
        let userID = world.account(forKey: Request.mockKey).userID
        #expect(Exchange(.completion(body), in: world).body == #"{"error":\#(error),"user_id":"\#(userID)"}"#)
    }

    // MARK: - Keys

    static let missing = #"{"error":{"message":"Missing Authentication header","code":401}}"#

    @Test(
        "Without a bearer token nothing else is looked at",
        arguments: [
            nil, "", "Bearer", "Bearer ", "Bearer   ", "sk-or-v1-abc", "Basic YTpi", "Bearer\tsk-or-v1-abc",
            "Bearersk-or",
        ]
    )
    func credentials(authorization: String?) {
        for path in ["/chat/completions", "/completions"] {
            var request = Request.make(.post, path, body: "{", key: nil)
            request.fields[.authorization] = authorization
            let exchange = Exchange(request)
            #expect(exchange.status == 401)
            #expect(exchange.body == Self.missing)
        }
        for path in ["/key", "/auth/key", "/credits", "/generation"] {
            var request = Request.get(path, key: nil)
            request.fields[.authorization] = authorization
            #expect(Exchange(request).body == Self.missing)
        }
    }

    @Test(
        "The scheme's case and blanks around the token do not matter",
        arguments: ["bearer k", "BEARER k", "Bearer  k ", "Bearer k\t"]
    )
    func laxCredentials(authorization: String) {
        var request = Request.get("/key", key: nil)
        request.fields[.authorization] = authorization
        let world = World.make()
        #expect(Exchange(request, in: world).status == 200)
        #expect(world.reset().accounts == 1)
    }

    @Test("An X-Api-Key is for /messages only")
    func apiKeyField() {
        #expect(Exchange(.get("/key", key: nil, fields: [.xAPIKey: "k"])).body == Self.missing)
    }

    @Test("Where keys are strict an unknown one is no user's")
    func strictKeys() {
        var settings = SimulationSettings()
        settings.authentication = .strict
        settings.knownKeys = ["known": .inference]
        let simulator = Simulator(settings: settings)
        let refused = Exchange(.get("/key", key: "unknown"), by: simulator)
        #expect(refused.status == 401)
        #expect(refused.body == #"{"error":{"message":"User not found.","code":401}}"#)
        #expect(Exchange(.get("/key", key: "known"), by: simulator).status == 200)
        #expect(Exchange(.get("/key", key: nil), by: simulator).body == Self.missing)
        #expect(Exchange(.get("/models", key: "unknown"), by: simulator).status == 200)
    }

    // MARK: - Paths and methods

    @Test(
        "An unknown path is 404, with a key or without",
        arguments: ["/nope", "", "/", "/chat", "/models/", "/Models", "/chat/completions/x"]
    )
    func unknownPaths(path: String) {
        let exchange = Exchange(.get(path, key: nil))
        guard path != "/models/" else {
            #expect(exchange.status == 200, "a slash at the end changes nothing")
            return
        }
        #expect(exchange.status == 404)
        #expect(exchange.body == #"{"error":{"message":"Not Found","code":404}}"#)
        #expect(Exchange(.get(path)).body == exchange.body)
    }

    @Test("A path outside the API is 404")
    func outside() {
        let request = Request(method: .get, target: RequestTarget("/models"))
        #expect(Exchange(request).status == 404)
        #expect(Exchange(Request(method: .get, target: RequestTarget("/api/v10/models"))).status == 404)
    }

    @Test(
        "A known path with another method is 405 and names those it has",
        arguments: [
            (.get, "/chat/completions", "POST"), (.delete, "/completions", "POST"), (.post, "/models", "GET"),
            (.put, "/key", "GET"), (.head, "/chat/completions", "POST"), (.post, "/auth/key", "GET"),
        ] as [(HTTPRequest.Method, String, String)]
    )
    func wrongMethods(method: HTTPRequest.Method, path: String, allowed: String) {
        let exchange = Exchange(.make(method, path, key: nil))
        #expect(exchange.status == 405)
        #expect(exchange.body == #"{"error":{"message":"Method Not Allowed","code":405}}"#)
        #expect(exchange.fields[.allow] == allowed)
    }

    @Test("A content coding that nobody decoded is 415")
    func contentCoding() {
        let exchange = Exchange(.chat("{}", fields: [.contentEncoding: "zstd"]))
        #expect(exchange.status == 415)
        #expect(
            exchange.body.hasPrefix(
                #"{"error":{"message":"Unsupported Content-Encoding; send gzip, deflate or none","code":415,"#
                    + #""metadata":{"error_type":"invalid_request"}},"user_id":"user_"#
            )
        )
        #expect(Exchange(.get("/models", fields: [.contentEncoding: "Identity"])).status == 200)
    }

    @Test("An error's head is pinned")
    func head() {
        #expect(
            Exchange(.post, "/models").head == """
                405 Method Not Allowed
                Date: Mon, 21 Sep 2026 14:13:20 GMT
                Content-Type: application/json
                Allow: GET
                Transfer-Encoding: chunked
                Access-Control-Allow-Origin: *
                Access-Control-Expose-Headers: X-Generation-Id,X-Provider-Name,request-id,cf-ray
                Permissions-Policy: payment=(self "https://checkout.stripe.com")
                Referrer-Policy: no-referrer, strict-origin-when-cross-origin
                Server: cloudflare
                """
        )
    }

    @Test(
        "A browser's preflight is granted, whatever the path and without a key",
        arguments: ["/chat/completions", "/models", "/nope"]
    )
    func preflight(path: String) throws {
        let exchange = Exchange(.options, path)
        try expectSnapshot(exchange.head + "\n", "preflight.txt")
        #expect(exchange.body == "")
    }

    @Test("HEAD is answered where GET is")
    func headMethod() {
        #expect(Exchange(.head, "/models").head == Exchange(.get, "/models").head)
        #expect(Exchange(.head, "/nope").status == 404)
    }
}

extension Exchange {
    fileprivate init(_ method: HTTPRequest.Method, _ path: String) {
        self.init(.make(method, path, key: nil))
    }
}
