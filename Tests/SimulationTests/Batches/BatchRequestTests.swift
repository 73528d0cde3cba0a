internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Batch requests")
struct BatchRequestTests {
    private static let line = BatchCall.chat("Name a river")

    /// A body, and the message and field that it is refused with.
    static let refused: [(body: String, field: String, message: String)] = [
        ("[]", "body", "body: expected an object, received an array"),
        (
            "{}", "endpoint",
            "endpoint: expected one of /v1/chat/completions, /v1/responses, /v1/messages, /v1/embeddings, received nothing"
        ),
        (
            #"{"endpoint":"/v1/rerank","model":"a/b","requests":[]}"#, "endpoint",
            "endpoint: expected one of /v1/chat/completions, /v1/responses, /v1/messages, /v1/embeddings, "
                + #"received "/v1/rerank""#
        ),
        (
            #"{"endpoint":"/v1/chat/completions"}"#, "model",
            "model: expected a model ID such as openai/gpt-4o-mini, received nothing"
        ),
        (
            #"{"endpoint":"/v1/chat/completions","model":"openai/gpt-4o-mini"}"#, "requests",
            "requests: expected an array, received nothing"
        ),
        (BatchCall.body([]), "requests", "requests: expected at least one request, received an array"),
        (
            #"{"endpoint":"/v1/messages","requests":[],"model":"a/b"}"#, "requests",
            "requests: expected endpoint and model before it in the JSON text, received requests without model before it"
        ),
        (
            #"{"requests":[],"endpoint":"/v1/messages","model":"a/b"}"#, "requests",
            "requests: expected endpoint and model before it in the JSON text, "
                + "received requests without endpoint and model before it"
        ),
        (
            #"{"model":"a/b","requests":[]}"#, "requests",
            "requests: expected endpoint and model before it in the JSON text, "
                + "received requests without endpoint before it"
        ),
        (
            requests(#"{"body":{}}"#), "requests[0].custom_id",
            "requests[0].custom_id: expected an id of your own, as text, received nothing"
        ),
        (
            requests(#"{"custom_id":"","body":{}}"#), "requests[0].custom_id",
            #"requests[0].custom_id: expected an id of your own, as text, received """#
        ),
        (
            requests(#"{"custom_id":7,"body":{}}"#), "requests[0].custom_id",
            "requests[0].custom_id: expected a string, received 7"
        ),
        (
            requests(#"{"custom_id":"a","body":{}},{"custom_id":"b","body":{}},{"custom_id":"a","body":{}}"#),
            "requests[2].custom_id",
            #"requests[2].custom_id: expected an id that requests[0] does not have, received "a""#
        ),
        (requests("7"), "requests[0]", "requests[0]: expected an object, received 7"),
        (
            requests(#"{"custom_id":"a"}"#), "requests[0].body",
            "requests[0].body: expected an object, received nothing"
        ),
        (
            requests(#"{"custom_id":"a","body":{"model":"openai/gpt-4o"}}"#), "requests[0].body.model",
            #"requests[0].body.model: expected nothing, or the batch's model "openai/gpt-4o-mini", "#
                + #"received "openai/gpt-4o""#
        ),
        (
            requests(#"{"custom_id":"a","body":{"models":["openai/gpt-4o"]}}"#), "requests[0].body.models",
            "requests[0].body.models: expected nothing, as a batch has one model, received an array"
        ),
        (
            requests(#"{"custom_id":"a","body":{"stream":true}}"#), "requests[0].body.stream",
            "requests[0].body.stream: expected false or nothing, as no line of a batch is streamed, received true"
        ),
    ]

    private static func requests(_ list: String) -> String {
        #"{"endpoint":"/v1/chat/completions","model":"openai/gpt-4o-mini","requests":[\#(list)]}"#
    }

    @Test("What is wrong with a batch is told with place and expectation", arguments: refused)
    func refusal(body: String, field: String, message: String) throws {
        let exchange = Exchange(BatchCall.request(body))
        #expect(exchange.status == 400)
        let error = try #require(try exchange.json()["error"])
        #expect(error["message"]?.string == "Invalid request parameters: \(message)")
        #expect(error["metadata"]?["field"]?.string == field)
    }

    @Test("Requests that come too early are told with line and column")
    func position() throws {
        let body = "{\"model\":\"a/b\",\n \"requests\": [],\n \"endpoint\":\"/v1/messages\"}"
        let metadata = try #require(try Exchange(BatchCall.request(body)).json()["error"]?["metadata"])
        #expect(metadata.text == #"{"error_type":"invalid_request","field":"requests","line":2,"column":14}"#)
    }

    @Test(
        "A model that nobody serves there is refused as by its endpoint",
        arguments: [
            ("acme/nope", "/v1/chat/completions", 400), ("acme/nope:batch", "/v1/chat/completions", 400),
            ("openai/text-embedding-3-small", "/v1/chat/completions", 400),
            ("openai/gpt-4o-mini", "/v1/embeddings", 400),
        ]
    )
    func model(slug: String, endpoint: String, status: Int) throws {
        let exchange = Exchange(BatchCall.request(BatchCall.body([Self.line], endpoint: endpoint, model: slug)))
        #expect(exchange.status == status)
        #expect(try #require(try exchange.json()["error"]?["message"]?.string).contains(slug))
    }

    @Test("The batch's model may be repeated in a line, and the order of the other members is free")
    func repeatedModel() throws {
        let line = BatchCall.chat("Name a river", #""model":"openai/gpt-4o-mini""#)
        let body =
            #"{"model":"openai/gpt-4o-mini","note":1,"endpoint":"/v1/chat/completions","#
            + #""requests":[{"body":\#(line),"custom_id":"a"}]}"#
        #expect(try BatchCall.finished(body, in: .make())["request_counts"]?["completed"]?.int == 1)
    }
}

// MARK: - Validation

extension BatchRequestTests {
    /// An endpoint, a model, the last of two lines, and what the batch fails with.
    static let failing: [(endpoint: String, model: String, line: String, message: String)] = [
        (
            "/v1/chat/completions", "openai/gpt-4o-mini",
            #"{"messages":[{"role":"user","content":[{"type":"text","text":"A"},{"type":"image_url","image_url":{}}]}]}"#,
            #"requests[1].body.messages[0].content[1].type: expected text, as a batch takes no images, sound, video or "#
                + #"files, received "image_url""#
        ),
        (
            "/v1/chat/completions", "openai/gpt-4o-mini",
            #"{"messages":[{"role":"user","content":"A"}],"modalities":["text","image"]}"#,
            #"requests[1].body.modalities: expected ["text"], received ["text","image"]"#
        ),
        (
            "/v1/chat/completions", "openai/gpt-4o-mini",
            #"{"messages":[{"role":"user","content":"A"}],"audio":{"voice":"alloy"}}"#,
            "requests[1].body.audio: expected nothing, as a batch puts out text, received an object"
        ),
        (
            "/v1/responses", "openai/gpt-4o-mini",
            #"{"input":[{"role":"user","content":[{"type":"input_file","file_id":"f"}]}]}"#,
            #"requests[1].body.input[0].content[0].type: expected text, as a batch takes no images, sound, video or "#
                + #"files, received "input_file""#
        ),
        (
            "/v1/responses", "openai/gpt-4o-mini",
            #"{"input":[{"type":"function_call_output","call_id":"c","output":[{"type":"input_image"}]}]}"#,
            #"requests[1].body.input[0].output[0].type: expected text, as a batch takes no images, sound, video or "#
                + #"files, received "input_image""#
        ),
        (
            "/v1/messages", "anthropic/claude-sonnet-4.5",
            #"{"max_tokens":9,"messages":[{"role":"user","content":[{"type":"tool_result","content":[{"type":"image"}]}]}]}"#,
            #"requests[1].body.messages[0].content[0].content[0].type: expected text, as a batch takes no images, "#
                + #"sound, video or files, received "image""#
        ),
        (
            "/v1/embeddings", "openai/text-embedding-3-small", #"{"input":[{"content":[]}]}"#,
            "requests[1].body.input[0]: expected a string or an array of token ids, as a batch takes nothing else, "
                + "received an object"
        ),
        (
            "/v1/chat/completions", "google/gemini-2.5-flash",
            #"{"messages":[{"role":"user","content":"A"}],"response_format":{"type":"json_object"}}"#,
            "requests[1].body.response_format: expected the one of requests[0], as models of Google take one "
                + "response_format for the whole batch, received another one"
        ),
    ]

    private static let firstLines = [
        "/v1/chat/completions": #"{"messages":[{"role":"user","content":"A"}]}"#,
        "/v1/responses": #"{"input":"A"}"#,
        "/v1/messages": #"{"max_tokens":9,"messages":[{"role":"user","content":"A"}]}"#,
        "/v1/embeddings": #"{"input":"A"}"#,
    ]

    @Test("What validation finds fails the batch, without charge", arguments: failing)
    func failure(endpoint: String, model: String, line: String, message: String) throws {
        let world = World.make()
        let first = try #require(Self.firstLines[endpoint])
        let id = try BatchCall.submit(BatchCall.body([first, line], endpoint: endpoint, model: model), in: world)
        #expect(try BatchCall.poll(id, in: world).json()["status"]?.string == "validating")
        let batch = try BatchCall.poll(id, in: world).json()
        #expect(batch["status"]?.string == "failed")
        #expect(batch["error"]?.names == ["message"])
        #expect(batch["error"]?["message"]?.string == "Invalid request parameters: \(message)")
        #expect(batch["finalized_at"]?.int == 1_790_000_000)
        #expect(batch["results"]?.isNull == true && batch["usage"]?.isNull == true)
        #expect(batch["request_counts"]?.text == #"{"total":2,"completed":0,"failed":0}"#)
        #expect(try BatchCall.finish(id, in: world)["status"]?.string == "failed")
        #expect(world.account(forKey: Request.mockKey).ledger.total == .zero)
    }

    @Test("Other models take a format for each line, and Google's the same one, however it is spelled")
    func formats() throws {
        let plain = #"{"messages":[{"role":"user","content":"A"}]}"#
        let format = #"{"messages":[{"role":"user","content":"A"}],"response_format":{"type":"json_object"}}"#
        let respelled = #"{"response_format": {"type": "json\u005fobject"},"messages":[{"role":"user","content":"B"}]}"#
        for (model, lines) in [
            ("openai/gpt-4o-mini", [plain, format]), ("google/gemini-2.5-flash", [format, respelled]),
        ] {
            let batch = try BatchCall.finished(BatchCall.body(lines, model: model), in: .make())
            #expect(batch["status"]?.string == "completed")
            #expect(batch["request_counts"]?["completed"]?.int == 2)
        }
    }

    @Test("Words that name media are text where no part stands")
    func text() throws {
        let line = BatchCall.chat(
            "Name a river",
            #""tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object","properties":{"#
                + #""content":{"type":"string","enum":["image","file"]}}}}}]"#
        )
        let batch = try BatchCall.finished(BatchCall.body([line]), in: .make())
        #expect(batch["request_counts"]?["completed"]?.int == 1)
    }
}
