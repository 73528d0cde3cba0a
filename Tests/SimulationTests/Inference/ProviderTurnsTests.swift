internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Providers taking turns")
struct ProviderTurnsTests {
    private static let overloaded = ProviderFailure(.providerOverloaded, retryAfter: 9)
    private static let limited = ProviderFailure(.rateLimitExceeded, raw: "slow down", retryAfter: 4)

    /// Three providers serve it, in this order.
    private static let order = #""provider":{"order":["anthropic","amazon-bedrock","google-vertex"]}"#

    private static func request(_ rest: String, model: String = "anthropic/claude-sonnet-4.5") -> Request {
        .chat(#"{"model":"\#(model)","messages":[{"role":"user","content":"Hi"}],\#(rest)}"#)
    }

    private static func script(_ outcomes: [String: ProviderFailure]) -> ScriptedAttempts {
        ScriptedAttempts(byProvider: outcomes.mapValues { .scripted(ScriptedTurn([.failure($0)])) })
    }

    @Test("A failure before the first token is silent, streamed and not", arguments: [false, true])
    func silent(isStreamed: Bool) throws {
        let world = World.make()
        let request = Self.request(Self.order)
        let exchange = Exchange(
            isStreamed ? request.streamed : request,
            in: world,
            attempts: Self.script(["Anthropic": Self.overloaded])
        )
        #expect(exchange.status == 200)
        #expect(exchange.fields[.xProviderName] == "Amazon Bedrock")
        #expect(!exchange.body.contains("error"))
        let id = try #require(exchange.answered.generationID)
        let record = try #require(world.generation(id: id, key: Request.mockKey))
        #expect(record.attempts.map(\.status) == [503, 200])
        #expect(record.attempts.map(\.provider) == ["Anthropic", "Amazon Bedrock"])
    }

    @Test("Comments before a failure do not commit the stream")
    func comments() {
        let attempts = ScriptedAttempts(byProvider: [
            "Anthropic": .scripted(
                ScriptedTurn([.comment(count: 2), .pause(.seconds(1)), .failure(Self.overloaded)])
            )
        ])
        let exchange = Exchange(Self.request(Self.order).streamed, attempts: attempts)
        #expect(exchange.fields[.xProviderName] == "Amazon Bedrock")
    }

    @Test("When all have failed the last failure is told, with the earlier ones and the shortest hint")
    func exhausted() throws {
        let exchange = Exchange(
            Self.request(Self.order),
            attempts: Self.script([
                "Anthropic": Self.limited, "Amazon Bedrock": Self.overloaded, "Google": Self.overloaded,
                "Azure": Self.overloaded,
            ])
        )
        #expect(exchange.status == 503)
        #expect(exchange.fields[.retryAfter] == "4")
        let body = try exchange.json()
        let error = try #require(body["error"])
        #expect(error["message"]?.string == "Provider returned error")
        let first = try #require(error["metadata"]?["previous_errors"]?[0])
        #expect(first.text == #"{"provider":"anthropic","code":"rate_limit_exceeded","status":429}"#)
        #expect(error["availability"]?["code"]?.string == "temporarily_unavailable")
        #expect(error["availability"]?["retryable"]?.bool == true)
        #expect(error["availability"]?["retry_after"]?.int == 4)
        #expect(error["availability"]?["affected_providers"]?[0]?.string == "anthropic")
        #expect(exchange.fields[.xGenerationID]?.hasPrefix("gen-") == true)
    }

    @Test("Without fallbacks the first provider's failure is the answer")
    func withoutFallbacks() throws {
        let exchange = Exchange(
            Self.request(#""provider":{"order":["anthropic"],"allow_fallbacks":false}"#),
            attempts: Self.script(["Anthropic": Self.limited])
        )
        #expect(exchange.status == 429)
        #expect(try exchange.json()["error"]?["availability"]?["code"]?.string == "capacity_exhausted")
        #expect(try exchange.json()["error"]?["metadata"]?["raw"]?.string == "slow down")
        #expect(exchange.fields[HTTPField.Name("X-RateLimit-Limit")!] == nil)
    }

    @Test("A model whose providers all fail gives way to the next one, which is billed")
    func modelFallback() throws {
        let exchange = Exchange(
            Self.request(
                #""models":["mistralai/mistral-large","openai/gpt-4o-mini"]"#,
                model: "mistralai/mistral-large"
            ),
            attempts: Self.script(["Mistral": Self.overloaded])
        )
        #expect(exchange.answered.model?.hasPrefix("openai/gpt-4o-mini") == true)
    }

    @Test("What a provider refuses is not tried with the model's other providers, but with the next model")
    func refused() throws {
        let refusal = ProviderFailure(.contentPolicyViolation)
        let exchange = Exchange(
            Self.request(#""models":["mistralai/mistral-large"],\#(Self.order)"#),
            attempts: Self.script(["Anthropic": refusal, "Amazon Bedrock": Self.overloaded])
        )
        #expect(exchange.status == 200)
        #expect(exchange.answered.model?.hasPrefix("mistralai/") == true)
    }

    @Test("A model that was refused stays refused, also where the endpoints of all models are sorted together")
    func refusedAmongOthers() throws {
        let slugs = ["anthropic/claude-sonnet-4.5", "anthropic/claude-haiku-4.5"]
        let models = slugs.map { #""\#($0)""# }.joined(separator: ",")
        let body = #"""
            {"models":[\#(models)],"provider":{"sort":{"by":"throughput","partition":"none"}},
            "messages":[{"role":"user","content":"Hi"}]}
            """#
        let exchange = Exchange(
            .chat(body, fields: [.xOpenRouterMetadata: "enabled"]),
            attempts: ScriptedAttempts.failing(ProviderFailure(.contentPolicyViolation))
        )
        let attempts = try exchange.json()["openrouter_metadata"]?["attempts"]?.elements.map { $0["model"]?.string }
        #expect(Set(attempts ?? []) == Set(slugs))
        #expect(attempts?.count == 2)
    }

    @Test("A failure after the first token is not retried and costs nothing")
    func insured() throws {
        let world = World.make()
        let exchange = Exchange(
            Self.request(Self.order).streamed,
            in: world,
            attempts: ScriptedAttempts.breakingOff(Self.overloaded)
        )
        #expect(exchange.fields[.xProviderName] == "Anthropic")
        let id = try #require(exchange.answered.generationID)
        let record = try #require(world.generation(id: id, key: Request.mockKey))
        #expect(record.cost == .zero)
        #expect(record.finishReason == "error")
        #expect(record.attempts.count == 1)
        #expect(world.account(forKey: Request.mockKey).ledger.total == .zero)
    }

    @Test(
        "In an answer that has begun an internal error tells nothing of the route, another failure does",
        arguments: ErrorTableTests.Skin.allCases,
        [ErrorType.server, .providerUnavailable]
    )
    func metadataInside(skin: ErrorTableTests.Skin, type: ErrorType) {
        for isStreamed in [false, true] {
            var request = skin.request(model: "mistralai/mistral-large", isStreamed: isStreamed)
            request.fields[.xOpenRouterMetadata] = "enabled"
            let exchange = Exchange(request, attempts: ScriptedAttempts.breakingOff(ProviderFailure(type)))
            #expect(exchange.body.contains("openrouter_metadata") == (type != .server), "\(isStreamed)")
        }
    }

    @Test(
        "A failure told with status 200 has its router metadata and its generation, which costs nothing",
        arguments: [ErrorType.server, .providerUnavailable]
    )
    func failedInBody(type: ErrorType) throws {
        let model = #"{"model":"mistralai/mistral-large","#
        let requests: [Request] = [
            .chat(model + #""messages":[{"role":"user","content":"Hi"}]}"#, fields: [.xOpenRouterMetadata: "enabled"]),
            .make(
                .post,
                "/embeddings",
                body: #"{"model":"openai/text-embedding-3-small","input":"Hi"}"#,
                fields: [.xOpenRouterMetadata: "enabled"]
            ),
        ]
        for request in requests {
            let world = World.make()
            let attempts = ScriptedAttempts(others: .failedInBody(ProviderFailure(type)))
            let exchange = Exchange(request, in: world, attempts: attempts)
            #expect(exchange.status == 200)
            let metadata = try exchange.json()["openrouter_metadata"]
            #expect((metadata == nil) == (type == .server))
            if let metadata { #expect(metadata["attempts"]?[0]?["status"]?.int == ProviderFailure(type).status) }
            let id = try #require(exchange.answered.generationID)
            let record = try #require(world.generation(id: id, key: Request.mockKey))
            #expect(record.finishReason == "error")
            #expect(record.cost == .zero)
            #expect(record.attempts.map(\.status) == [ProviderFailure(type).status])
            #expect(try Exchange(.get("/generation?id=\(id)"), in: world).json()["data"]?["id"]?.string == id)
        }
    }

    @Test("Router metadata comes when asked for, under both names, on answers and on failures")
    func metadata() throws {
        let asked: HTTPFields = [HTTPField.Name("X-OpenRouter-Metadata")!: "Enabled"]
        let askedOld: HTTPFields = [HTTPField.Name("X-OpenRouter-Experimental-Metadata")!: "enabled"]
        let body =
            #"{"model":"anthropic/claude-sonnet-4.5","messages":[{"role":"user","content":"Hi"}],\#(Self.order)}"#
        #expect(try Exchange(.chat(body)).json()["openrouter_metadata"] == nil)
        let attempts = Self.script(["Anthropic": Self.overloaded])
        for fields in [asked, askedOld] {
            let answer = try Exchange(.chat(body, fields: fields), attempts: attempts).json()
            let metadata = try #require(answer["openrouter_metadata"])
            #expect(metadata["attempt"]?.int == 2)
            #expect(metadata["strategy"]?.string == "direct")
            #expect(metadata["attempts"]?[1]?["status"]?.int == 200)
        }
        let streamed = try Exchange(.chat(body, fields: asked).streamed, attempts: attempts).chunks()
        #expect(streamed.last?["openrouter_metadata"]?["attempt"]?.int == 2)
        #expect(streamed.dropLast().allSatisfy { $0["openrouter_metadata"] == nil })
        let failed = Exchange(.chat(body, fields: asked), attempts: ScriptedAttempts.failing(Self.overloaded))
        #expect(try failed.json()["openrouter_metadata"]?["endpoints"]?["available"]?[0]?["selected"]?.bool == false)
        let masked = Exchange(
            .chat(body, fields: asked),
            attempts: ScriptedAttempts.failing(ProviderFailure(.server, message: "secret"))
        )
        #expect(masked.status == 500)
        #expect(try masked.json()["openrouter_metadata"] == nil)
        #expect(!masked.body.contains("secret"))
    }
}
