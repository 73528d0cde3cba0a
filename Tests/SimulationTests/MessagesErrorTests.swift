internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Simulation
internal import Tapes
internal import Testing

@Suite("Errors of messages")
struct MessagesErrorTests {
    private static func members(_ text: String) -> String {
        #"{"model":"openai/gpt-4o","max_tokens":2000,"messages":[{"role":"user","content":"Hi"}],\#(text)}"#
    }

    private static func block(_ text: String) -> String {
        #"{"model":"openai/gpt-4o","messages":[{"role":"user","content":[\#(text)]}]}"#
    }

    private static let place = "messages[0].content[0]"
    private static let toolTypes = #"expected one of the tools: f, received "g""#

    /// Body, field and problem.
    static let rows: [(body: String, field: String, problem: String)] = [
        ("[]", "body", "expected an object, received an array"),
        (#"{"model":"openai/gpt-4o"}"#, "messages", "expected an array, received nothing"),
        (#"{"model":"openai/gpt-4o","messages":null}"#, "messages", "expected an array, received null"),
        (#"{"model":"openai/gpt-4o","messages":[]}"#, "messages", "expected at least one message, received an array"),
        (
            #"{"messages":[{"role":"user","content":"Hi"}]}"#, "model",
            "expected a model ID such as anthropic/claude-sonnet-4.5, received nothing"
        ),
        (
            #"{"model":"openai/gpt-4o","messages":[{"role":"tool","content":"Hi"}]}"#, "messages[0].role",
            #"expected one of user, assistant, system, received "tool""#
        ),
        (
            #"{"model":"openai/gpt-4o","messages":[{"role":"user"}]}"#, "messages[0].content",
            "expected a string or an array of blocks, received nothing"
        ),
        (members(#""max_tokens":0"#), "max_tokens", "expected an integer of at least 1, received 0"),
        (members(#""temperature":2.5"#), "temperature", "expected a number from 0 to 2, received 2.5"),
        (members(#""top_k":-1"#), "top_k", "expected an integer of at least 0, received -1"),
        (members(#""stream":"yes""#), "stream", #"expected true or false, received "yes""#),
        (members(#""system":5"#), "system", "expected a string or an array of text blocks, received 5"),
        (members(#""system":[{"type":"image"}]"#), "system[0].type", #"expected "text", received "image""#),
        (
            members(#""stop_sequences":"x""#), "stop_sequences", #"expected an array of strings, received "x""#
        ),
        (
            members(#""user":"\#(String(repeating: "u", count: 257))""#), "user",
            "expected at most 256 characters, received 257"
        ),
        (members(#""speed":"slow""#), "speed", #"expected one of standard, fast, received "slow""#),
        (
            members(#""cache_control":{"type":"forever"}"#), "cache_control.type",
            #"expected "ephemeral", received "forever""#
        ),
        // fallbacks
        (
            members(#""fallbacks":[{"model":"a"},{"model":"b"},{"model":"c"},{"model":"d"}]"#), "fallbacks",
            "expected at most 3 entries, received 4"
        ),
        (
            members(#""fallbacks":[{"model":"a","max_tokens":3}]"#), "fallbacks[0].max_tokens",
            "expected no member but model, received 3"
        ),
        (members(#""fallbacks":[{}]"#), "fallbacks[0].model", "expected a string, received nothing"),
        (
            members(#""fallbacks":[{"model":"a"}],"models":["b"]"#), "fallbacks",
            "expected no models beside it, received an array"
        ),
        // thinking and output
        (
            members(#""thinking":{"type":"on"}"#), "thinking.type",
            #"expected one of enabled, disabled, adaptive, received "on""#
        ),
        (
            members(#""thinking":{"type":"enabled","budget_tokens":1023}"#), "thinking.budget_tokens",
            "expected an integer of at least 1024, received 1023"
        ),
        (
            members(#""thinking":{"type":"enabled"}"#), "thinking.budget_tokens",
            "expected an integer of at least 1024, received nothing"
        ),
        (
            members(#""thinking":{"type":"enabled","budget_tokens":2000}"#), "thinking.budget_tokens",
            "expected less than max_tokens, 2000, received 2000"
        ),
        (
            members(#""thinking":{"type":"adaptive","display":"full"}"#), "thinking.display",
            #"expected one of summarized, omitted, received "full""#
        ),
        (
            members(#""output_config":{"effort":"some"}"#), "output_config.effort",
            #"expected one of low, medium, high, xhigh, max, received "some""#
        ),
        (
            members(#""output_config":{"format":{"type":"text"}}"#), "output_config.format.type",
            #"expected "json_schema", received "text""#
        ),
        (
            members(#""output_config":{"format":{"type":"json_schema"}}"#), "output_config.format.schema",
            "expected an object, received nothing"
        ),
        (
            members(#""output_config":{"task_budget":{"type":"tokens","total":19999}}"#),
            "output_config.task_budget.total", "expected an integer of at least 20000, received 19999"
        ),
        (
            members(#""output_config":{"task_budget":{"type":"usd","total":20000}}"#),
            "output_config.task_budget.type", #"expected "tokens", received "usd""#
        ),
        (
            members(#""context_management":{"edits":[{"type":"forget"}]}"#), "context_management.edits[0].type",
            "expected one of clear_tool_uses_20250919, clear_thinking_20251015, compact_20260112, "
                + #"received "forget""#
        ),
        // tools
        (members(#""tools":[{"name":"f"}]"#), "tools[0].input_schema", "expected an object, received nothing"),
        (members(#""tools":[{"input_schema":{}}]"#), "tools[0].name", "expected a string, received nothing"),
        (
            members(#""tools":[{"name":"","input_schema":{}}]"#), "tools[0].name",
            #"expected a string of 1 to 128 characters, received """#
        ),
        (
            members(#""tools":[{"type":"bash_20250124","name":"sh"}]"#), "tools[0].name",
            #"expected "bash", received "sh""#
        ),
        (
            members(#""tools":[{"type":"web_search_20250305","name":"search"}]"#), "tools[0].name",
            #"expected "web_search", received "search""#
        ),
        (
            members(#""tools":[{"type":"advisor_20260301","name":"advisor"}]"#), "tools[0].model",
            "expected a string, received nothing"
        ),
        (
            members(#""tool_choice":"auto""#), "tool_choice", #"expected an object, received "auto""#
        ),
        (
            members(#""tool_choice":{"type":"required"}"#), "tool_choice.type",
            #"expected one of auto, any, tool, none, received "required""#
        ),
        (
            members(#""tools":[{"name":"f","input_schema":{}}],"tool_choice":{"type":"tool","name":"g"}"#),
            "tool_choice.name", toolTypes
        ),
        // blocks
        (block(#"{"type":"text"}"#), "\(place).text", "expected a string, received nothing"),
        (
            block(#"{"type":"image","source":{"type":"file","file_id":"f"}}"#), "\(place).source.type",
            #"expected one of base64, url, received "file""#
        ),
        (
            block(#"{"type":"image","source":{"type":"base64","media_type":"image/tiff","data":""}}"#),
            "\(place).source.media_type",
            #"expected one of image/jpeg, image/png, image/gif, image/webp, received "image/tiff""#
        ),
        (block(#"{"type":"image"}"#), "\(place).source", "expected an object, received nothing"),
        (
            block(#"{"type":"document","source":{"type":"base64","media_type":"text/html","data":""}}"#),
            "\(place).source.media_type", #"expected "application/pdf", received "text/html""#
        ),
        (
            block(#"{"type":"document","source":{"type":"content","content":[{"type":"video"}]}}"#),
            "\(place).source.content[0].type", #"expected one of text, image, received "video""#
        ),
        (block(#"{"type":"tool_use","id":"1"}"#), "\(place).name", "expected a string, received nothing"),
        (block(#"{"type":"tool_result"}"#), "\(place).tool_use_id", "expected a string, received nothing"),
        (
            block(#"{"type":"tool_result","tool_use_id":"1","is_error":"no"}"#), "\(place).is_error",
            #"expected true or false, received "no""#
        ),
        (
            block(#"{"type":"tool_result","tool_use_id":"1","content":[{"type":"tool_use"}]}"#),
            "\(place).content[0].type",
            #"expected one of text, image, document, search_result, tool_reference, received "tool_use""#
        ),
        (block(#"{"type":"thinking","thinking":"x"}"#), "\(place).signature", "expected a string, received nothing"),
        (block(#"{"type":"redacted_thinking"}"#), "\(place).data", "expected a string, received nothing"),
        (
            block(#"{"type":"text","text":"x","cache_control":{"type":"ephemeral","ttl":"1d"}}"#),
            "\(place).cache_control.ttl", #"expected one of 5m, 1h, received "1d""#
        ),
    ]

    @Test("What a message may not hold is named, with what was expected and what came", arguments: rows.indices)
    func badRequests(row: Int) throws {
        let (body, field, problem) = Self.rows[row]
        let exchange = Exchange(.message(body))
        #expect(exchange.status == 400, "\(body)")
        let message = JSON.string("Invalid request parameters: \(field): \(problem)").text
        #expect(
            exchange.body
                == #"{"type":"error","error":{"type":"invalid_request_error","message":\#(message),"#
                + #""error_type":"invalid_request"},"request_id":null,"metadata":{"field":"\#(field)"}}"#
        )
    }

    @Test("A block of an unknown type is told all the types there are")
    func unknownBlock() throws {
        let message = try Exchange(.message(Self.block(#"{"type":"smell"}"#))).json()["error"]?["message"]?.string
        #expect(message?.hasPrefix("Invalid request parameters: messages[0].content[0].type: expected one of ") == true)
        #expect(message?.hasSuffix(#"openrouter_shell_tool_result, received "smell""#) == true)
    }

    private static func error(_ exchange: Exchange) throws -> (status: Int, type: String?, errorType: String?) {
        let body = try exchange.json()
        #expect(body["type"]?.string == "error")
        #expect(body["request_id"] != nil)
        return (exchange.status, body["error"]?["type"]?.string, body["error"]?["error_type"]?.string)
    }

    @Test("Every failure of the route has Anthropic's envelope")
    func envelopes() throws {
        let body = Self.members(#""top_k":1"#)
        #expect(try Self.error(Exchange(.message(body, key: nil))) == (401, "authentication_error", "authentication"))
        #expect(try Self.error(Exchange(.message("{"))) == (400, "invalid_request_error", "invalid_request"))
        #expect(try Self.error(Exchange(.make(.get, "/messages"))) == (405, "invalid_request_error", "invalid_request"))
        let unknown = Exchange(.question(model: "acme/gone"))
        #expect(try Self.error(unknown) == (400, "invalid_request_error", "invalid_request"))
        #expect(try unknown.json()["error"]?["message"]?.string == "acme/gone is not a valid model ID")
        #expect(try unknown.json()["error"]?["availability"]?["code"]?.string == "model_not_found")
        let filtered = Exchange(.question(#""provider":{"only":["groq"]}"#))
        #expect(try Self.error(filtered) == (404, "not_found_error", "not_found"))
    }

    @Test("What the router refuses has a generation's id, what fails before it has none")
    func requestIDs() throws {
        let routed = Exchange(.question(#""provider":{"only":["groq"]}"#))
        let id = try #require(try routed.json()["request_id"]?.string)
        #expect(id.hasPrefix("gen-1790000000-"))
        #expect(routed.fields[.xGenerationID] == id)
        for early in [
            Exchange(.question(#""top_k":-1"#)), Exchange(.message("{}", key: nil)),
            Exchange(.question(model: "acme/gone")),
        ] {
            #expect(try early.json()["request_id"]?.isNull == true)
            #expect(early.fields[.xGenerationID] == nil)
        }
        let chat = Exchange(
            .chat(#"{"model":"openai/gpt-4o","provider":{"only":["x"]},"messages":[{"role":"user","content":"Hi"}]}"#)
        )
        #expect(chat.fields[.xGenerationID]?.hasPrefix("gen-1790000000-") == true)
    }

    @Test("A path that the document does not have is not found")
    func countTokens() {
        #expect(Exchange(.make(.post, "/messages/count_tokens", body: "{}")).status == 404)
    }

    @Test("Without credits it is a billing error")
    func billing() throws {
        let world = World.make()
        world.book(key: Request.mockKey, cost: USD(1_000_000_000))
        let exchange = Exchange(.question(), in: world)
        #expect(try Self.error(exchange) == (402, "billing_error", "payment_required"))
    }

    // MARK: - Providers

    private static let overloaded = ProviderFailure(.providerOverloaded, status: 529, message: "Acme is busy")

    @Test(
        "When all providers fail the last one's failure is told, under the generation's id",
        arguments: [false, true]
    )
    func exhausted(isStreamed: Bool) throws {
        let request = isStreamed ? Request.question().streamed : .question()
        let exchange = Exchange(request, attempts: ScriptedAttempts([.failure(Self.overloaded)]))
        #expect(try Self.error(exchange) == (529, "overloaded_error", "provider_overloaded"))
        #expect(try exchange.json()["request_id"]?.string == exchange.fields[.xGenerationID])
        #expect(exchange.fields[.contentType] == "application/json")
    }

    @Test("A failure in the middle of an unstreamed message is an error with its status; what was made is booked")
    func middle() throws {
        let world = World.make()
        let attempts = ScriptedAttempts([.text("So"), .failure(Self.overloaded)])
        let exchange = Exchange(.question(), in: world, attempts: attempts)
        #expect(try Self.error(exchange) == (529, "overloaded_error", "provider_overloaded"))
        let id = try #require(try exchange.json()["request_id"]?.string)
        #expect(id == exchange.fields[.xGenerationID])
        #expect(Exchange(.get("/generation?id=\(id)"), in: world).status == 200)
    }

    @Test("A body of 200 that is an error is Anthropic's too")
    func failedInBody() throws {
        let exchange = Exchange(.question(), attempts: ScriptedAttempts(others: .failedInBody(Self.overloaded)))
        #expect(try Self.error(exchange) == (200, "overloaded_error", "provider_overloaded"))
    }
}
