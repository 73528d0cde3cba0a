internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Presets at inference")
struct PresetInferenceTests {
    /// A world where a preset is made from a chat request's members.
    private static func world(with members: String, slug: String = "triage") -> World {
        let world = World.make()
        let body = #"{"messages":[{"role":"system","content":"Be terse."},{"role":"user","content":"x"}],\#(members)}"#
        #expect(Exchange(.make(.post, "/presets/\(slug)/chat/completions", body: body), in: world).status == 200)
        return world
    }

    private static let user = #"{"role":"user","content":"Which team is this for?"}"#
    private static let system = #"{"role":"system","content":"Be terse."}"#

    private static let references = [
        (#""model":"@preset/triage""#, "openai/gpt-4o"),
        (#""model":"google/gemini-2.5-flash@preset/triage""#, "google/gemini-2.5-flash"),
        (#""model":"google/gemini-2.5-flash","preset":"triage""#, "google/gemini-2.5-flash"),
        (#""preset":"triage""#, "openai/gpt-4o"),
    ]

    private static func generation(_ exchange: Exchange, _ path: String = "", in world: World) throws -> JSONValue {
        let id = try #require(exchange.answered.generationID)
        return try #require(try Exchange(.get("/generation\(path)?id=\(id)"), in: world).json()["data"])
    }

    @Test("Chat takes model, settings and system prompt from the preset", arguments: references)
    func chat(reference: String, model: String) throws {
        let world = Self.world(with: #""model":"openai/gpt-4o","max_tokens":7"#)
        let preset = try #require(world.preset(slug: "triage", key: world.account(forKey: Request.mockKey).id))
        let exchange = Exchange(.chat(#"{\#(reference),"messages":[\#(Self.user)]}"#), in: world)
        #expect(exchange.status == 200, "\(exchange.body)")
        #expect(try exchange.json()["model"]?.string == model)
        #expect(try exchange.json()["choices"]?[0]?["finish_reason"]?.string == "length")

        let plain = #"{"model":"\#(model)","messages":[\#(Self.system),\#(Self.user)],"max_tokens":7}"#
        let same = try Exchange(.chat(plain), in: world).json()
        #expect(try exchange.json()["usage"]?.text == same["usage"]?.text)
        #expect(try exchange.json()["choices"]?[0]?["message"]?.text == same["choices"]?[0]?["message"]?.text)

        #expect(try Self.generation(exchange, in: world)["preset_id"]?.string == preset.id)
        let input = try Self.generation(exchange, "/content", in: world)["input"]
        #expect(input?["messages"]?.text == "[\(Self.system),\(Self.user)]")
    }

    @Test(
        "Router metadata tells what was requested as it was sent",
        arguments: [
            (#""model":"@preset/triage""#, "@preset/triage"),
            (#""model":"google/gemini-2.5-flash@preset/triage""#, "google/gemini-2.5-flash@preset/triage"),
            (#""model":"google/gemini-2.5-flash","preset":"triage""#, "google/gemini-2.5-flash"),
        ]
    )
    func requested(reference: String, requested: String) throws {
        let world = Self.world(with: #""model":"openai/gpt-4o""#)
        let body = #"{\#(reference),"messages":[\#(Self.user)]}"#
        let answer = try Exchange(.chat(body, fields: [.xOpenRouterMetadata: "enabled"]), in: world).json()
        #expect(answer["openrouter_metadata"]?["requested"]?.string == requested)
    }

    @Test("Text completions take them too", arguments: references)
    func completions(reference: String, model: String) throws {
        let world = Self.world(with: #""model":"openai/gpt-4o","max_tokens":7"#)
        let exchange = Exchange(.completion(#"{\#(reference),"prompt":"Once"}"#), in: world)
        #expect(try exchange.json()["model"]?.string == model)
        #expect(try exchange.json()["usage"]?["completion_tokens"]?.int == 7)
        let input = try Self.generation(exchange, "/content", in: world)["input"]
        #expect(input?["prompt"]?.string == "Be terse.\n\nOnce")
        #expect(try Self.generation(exchange, in: world)["preset_id"]?.string != nil)
    }

    @Test("Responses take them, with the system prompt as instructions", arguments: references)
    func responses(reference: String, model: String) throws {
        let tool = #"{"type":"function","function":{"name":"route","parameters":{"type":"object"}}}"#
        let world = Self.world(with: #""model":"openai/gpt-4o","max_tokens":7,"tools":[\#(tool)],"tool_choice":"none""#)
        let body = #"{\#(reference),"input":"Which team is this for?"}"#
        let exchange = Exchange(.make(.post, "/responses", body: body), in: world)
        let answer = try exchange.json()
        #expect(exchange.status == 200, "\(exchange.body)")
        #expect(answer["model"]?.string == model)
        #expect(answer["instructions"]?.string == "Be terse.")
        #expect(answer["max_output_tokens"]?.int == 7)
        #expect(answer["tools"]?[0]?["name"]?.string == "route")
        #expect(answer["tool_choice"]?.string == "none")
        #expect(answer["usage"]?["output_tokens"]?.int == 7)
        #expect(try Self.generation(exchange, in: world)["preset_id"]?.string != nil)
    }

    @Test("Messages take them, with the system prompt in system", arguments: references)
    func messages(reference: String, model: String) throws {
        let tool = #"{"type":"function","function":{"name":"route","parameters":{"type":"object"}}}"#
        let members = #""max_completion_tokens":70,"tools":[\#(tool)],"tool_choice":"required""#
        let world = Self.world(with: #""model":"openai/gpt-4o",\#(members)"#)
        let exchange = Exchange(
            .make(.post, "/messages", body: #"{\#(reference),"messages":[\#(Self.user)]}"#),
            in: world
        )
        let answer = try exchange.json()
        #expect(exchange.status == 200, "\(exchange.body)")
        #expect(answer["model"]?.string == model)
        #expect(answer["content"]?.elements.contains { $0["name"]?.string == "route" } == true)
        #expect(try Self.generation(exchange, in: world)["preset_id"]?.string != nil)
        let plain =
            #"{"model":"\#(model)","system":"Be terse.","messages":[\#(Self.user)],"max_tokens":70,"#
            + #""tools":[{"name":"route","input_schema":{"type":"object"}}],"tool_choice":{"type":"any"}}"#
        let same = try Exchange(.make(.post, "/messages", body: plain), in: world).json()
        #expect(answer["usage"]?["input_tokens"]?.int == same["usage"]?["input_tokens"]?.int)
    }

    @Test("A preset that there is not is an error in Anthropic's shape on messages")
    func unknownOnMessages() throws {
        let body = #"{"model":"@preset/triage","messages":[\#(Self.user)]}"#
        let exchange = Exchange(.make(.post, "/messages", body: body))
        #expect(exchange.status == 404)
        #expect(try exchange.json()["type"]?.string == "error")
        #expect(try exchange.json()["error"]?["message"]?.string == "Preset triage not found")
    }

    @Test("A request without a preset has no preset id")
    func none() throws {
        let world = World.make()
        let exchange = Exchange(.chat(#"{"model":"openai/gpt-4o","messages":[\#(Self.user)]}"#), in: world)
        #expect(try Self.generation(exchange, in: world)["preset_id"]?.isNull == true)
    }

    @Test("The designated version counts, and the request's own fields before it")
    func precedence() throws {
        let world = Self.world(with: #""model":"openai/gpt-4o","max_tokens":7"#)
        let newer = #"{"model":"openai/gpt-4o","max_tokens":5,"messages":[{"role":"user","content":"x"}]}"#
        _ = Exchange(.make(.post, "/presets/triage/chat/completions", body: newer), in: world)
        func count(_ members: String) throws -> Int? {
            let body = #"{"model":"@preset/triage","messages":[\#(Self.user)]\#(members)}"#
            return try Exchange(.chat(body), in: world).json()["usage"]?["completion_tokens"]?.int
        }
        #expect(try count("") == 5)
        #expect(try count(#","max_tokens":3"#) == 3)
    }

    @Test("Streams have the preset as well, and the echo of the upstream's body shows what was sent")
    func streamed() throws {
        let world = Self.world(with: #""model":"openai/gpt-4o","max_tokens":7,"cache_enabled":false"#)
        let body =
            #"{"model":"@preset/triage","stream":true,"messages":[\#(Self.user)],"debug":{"echo_upstream_body":true}}"#
        let chunks = try Exchange(.chat(body), in: world).chunks()
        #expect(chunks.last?["model"]?.string == "openai/gpt-4o")
        let echo = try #require(chunks.first?["debug"]?["echo_upstream_body"])
        #expect(echo["messages"]?.text == "[\(Self.system),\(Self.user)]")
        #expect(echo["max_tokens"]?.int == 7)
        #expect(echo["cache_enabled"] == nil)
        #expect(echo["preset"] == nil)
    }

    // MARK: - Response cache

    @Test(
        "A preset switches the response cache on or off, and sets how long",
        arguments: [
            (#""cache_enabled":true"#, [:], "300"),
            (#""cache_enabled":true,"cache_ttl_seconds":60"#, [:], "60"),
            (#""cache_enabled":true,"cache_ttl_seconds":60"#, ["X-OpenRouter-Cache-TTL": "90"], "90"),
            (#""cache_enabled":true"#, ["X-OpenRouter-Cache": "false"], nil),
            (#""cache_enabled":false"#, ["X-OpenRouter-Cache": "true"], nil),
            (#""cache_ttl_seconds":60"#, ["X-OpenRouter-Cache": "true"], "60"),
            (#""cache_ttl_seconds":60"#, [:], nil),
        ] as [(String, [String: String], String?)]
    )
    func cache(members: String, header: [String: String], seconds: String?) throws {
        let world = Self.world(with: #""model":"openai/gpt-4o",\#(members)"#)
        var fields: HTTPFields = [:]
        for (name, value) in header { fields[try #require(HTTPField.Name(name))] = value }
        let request = Request.chat(#"{"model":"@preset/triage","messages":[\#(Self.user)]}"#, fields: fields)
        let first = Exchange(request, in: world)
        #expect(first.fields[.xOpenRouterCacheStatus] == (seconds == nil ? nil : "MISS"))
        #expect(first.fields[.xOpenRouterCacheTTL] == seconds)
        let second = Exchange(request, in: world)
        #expect(second.fields[.xOpenRouterCacheStatus] == (seconds == nil ? nil : "HIT"))
        #expect(try Self.generation(second, in: world)["preset_id"]?.string != nil)
    }

    @Test("Without a preset such members of a request do nothing")
    func noCache() {
        let body = #"{"model":"openai/gpt-4o","cache_enabled":true,"messages":[\#(Self.user)]}"#
        #expect(Exchange(.chat(body)).fields[.xOpenRouterCacheStatus] == nil)
    }

    // MARK: - Errors

    @Test("A preset that there is not, or not for this account, is not found", arguments: references)
    func unknown(reference: String, model: String) throws {
        let body = #"{\#(reference),"messages":[\#(Self.user)]}"#
        let exchange = Exchange(.chat(body))
        #expect(exchange.status == 404)
        #expect(try exchange.json()["error"]?["message"]?.string == "Preset triage not found")
        let world = Self.world(with: #""model":"openai/gpt-4o""#)
        #expect(Exchange(.chat(body, key: "sk-or-v1-other"), in: world).status == 404)
    }

    @Test("A preset that is switched off is not found until it is on again")
    func inactive() throws {
        let world = Self.world(with: #""model":"openai/gpt-4o""#)
        let request = Request.chat(#"{"model":"@preset/triage","messages":[\#(Self.user)]}"#)
        for status in [Preset.Status.disabled, .archived] {
            #expect(world.setPresetStatus(status, slug: "triage", key: world.account(forKey: Request.mockKey).id))
            let exchange = Exchange(request, in: world)
            #expect(exchange.status == 404)
            #expect(try exchange.json()["error"]?["message"]?.string == "Preset triage is \(status.rawValue)")
        }
        #expect(world.setPresetStatus(.active, slug: "triage", key: world.account(forKey: Request.mockKey).id))
        #expect(Exchange(request, in: world).status == 200)
        #expect(!world.setPresetStatus(.active, slug: "nope", key: world.account(forKey: Request.mockKey).id))
    }

    @Test("Settings that do not go with the request are refused as if it had sent them")
    func conflict() throws {
        let world = Self.world(
            with: #""model":"openai/gpt-4o","tools":[],"tool_choice":"auto","top_logprobs":2,"logprobs":true"#
        )
        let body = #"{"model":"@preset/triage","logprobs":false,"messages":[\#(Self.user)]}"#
        let exchange = Exchange(.chat(body), in: world)
        #expect(exchange.status == 400)
        #expect(try exchange.json()["error"]?["metadata"]?["field"]?.string == "top_logprobs")
    }
}
