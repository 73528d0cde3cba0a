internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

/// What is put out, and how answers end.
@Suite("Answers of responses")
struct ResponsesAnswerTests {
    // MARK: - Output

    @Test("Structured output is an instance of the flat schema")
    func structured() throws {
        let response = try ResponsesCall.body(
            #""text":{"format":{"type":"json_schema","name":"n","strict":true,"schema":\#(ToolTests.parameters)}}"#
        )
        let text = ResponsesTranscript.text(of: try #require(response["output"]?[0]))
        let schema = try JSONDocument(parsing: ToolTests.parameters.utf8).root
        #expect(
            SchemaValidator(root: schema).errors(in: try JSONDocument(parsing: text.utf8).root, schema: schema) == []
        )
        let object = try ResponsesCall.body(#""text":{"format":{"type":"json_object"}}"#)
        #expect(ResponsesTranscript.text(of: try #require(object["output"]?[0])).hasPrefix("{"))
    }

    @Test("Log probabilities come where they are included, with as many alternatives as asked for")
    func logprobs() throws {
        let included = #""include":["message.output_text.logprobs"],"max_output_tokens":2"#
        let part = try ResponsesCall.body(included + #","top_logprobs":3"#)["output"]?[0]?["content"]?[0]
        #expect(part?["logprobs"]?.count == 2)
        #expect(part?["logprobs"]?[0]?["top_logprobs"]?.count == 3)
        let none = try ResponsesCall.body(included)["output"]?[0]?["content"]?[0]
        #expect(none?["logprobs"]?[0]?["top_logprobs"]?.text == "[]")
        let without = try ResponsesCall.body(#""top_logprobs":3"#)["output"]?[0]?["content"]?[0]
        #expect(without?["logprobs"]?.text == "[]")
    }

    @Test("A stop sequence ends the text")
    func stop() throws {
        let response = try ResponsesCall.body(#""stop":"e""#)
        let text = ResponsesTranscript.text(of: try #require(response["output"]?[0]))
        #expect(!text.contains("e"))
        #expect(response["status"]?.string == "completed")
    }

    @Test("A file that was parsed is cited")
    func file() throws {
        let response = try ResponsesCall.body(
            #""plugins":[{"id":"file-parser"}]"#,
            input: #"""
                [{"role":"user","content":[{"type":"input_text","text":"What is in it?"},
                {"type":"input_file","filename":"a.txt","file_data":"data:text/plain;base64,aGVsbG8="}]}]
                """#
        )
        let annotation = try #require(response["output"]?[0]?["content"]?[0]?["annotations"]?[0])
        #expect(annotation.names == ["type", "file_id", "filename", "index"])
        #expect(annotation["type"]?.string == "file_citation")
        #expect(annotation["filename"]?.string == "a.txt")
    }

    @Test("A model that makes images puts one out")
    func image() throws {
        let response = try ResponsesCall.body(
            #""modalities":["image","text"],"image_config":{"aspect_ratio":"16:9"}"#,
            model: "google/gemini-2.5-flash-image",
            input: #""A red door""#
        )
        #expect(ResponsesCall.types(response).contains("image_generation_call"))
        let item = try #require(ResponsesCall.items(response).first { $0["type"]?.string == "image_generation_call" })
        #expect(item.names == ["id", "type", "status", "result"])
        let bytes = try #require(Base64.decoded(item["result"]?.string ?? ""))
        #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }

    @Test("completed_at is when the last token came")
    func completionTime() throws {
        let response = try ResponsesCall.body()
        let created = try #require(response["created_at"]?.int)
        let completed = try #require(response["completed_at"]?.int)
        #expect(completed >= created && completed < created + 600)
    }

    // MARK: - Ways and ends

    @Test("Router metadata comes at the top level, streamed in the last event's response")
    func routerMetadata() throws {
        var request = Request.responses(#"{"model":"openai/gpt-4o","input":"Hi"}"#)
        request.fields[.xOpenRouterMetadata] = "enabled"
        #expect(try Exchange(request).json().names == ResponsesCall.members + ["openrouter_metadata"])
        let events = try Exchange(request.streamed).chunks()
        #expect(events.last?["response"]?["openrouter_metadata"]?["requested"]?.string == "openai/gpt-4o")
        #expect(events.first?["response"]?["openrouter_metadata"] == nil)
    }

    @Test("The body as it went to the provider comes first when asked for")
    func debug() throws {
        let request = Request.responses(
            #"{"model":"openai/gpt-4o","input":"Hi","stream":true,"debug":{"echo_upstream_body":true}}"#
        )
        let events = try Exchange(request).chunks()
        #expect(events.first?["type"]?.string == "response.debug")
        #expect(events.first?["debug"]?["echo_upstream_body"]?["input"]?.string == "Hi")
        #expect(events.compactMap { $0["sequence_number"]?.int } == Array(events.indices))
    }

    @Test("A hit of the response cache has other ids and counts nothing")
    func cache() throws {
        let world = World.make()
        var request = Request.responses(#"{"model":"openai/gpt-4o","input":"Hi"}"#)
        request.fields[.xOpenRouterCache] = "true"
        let first = try Exchange(request, in: world).json()
        let second = try Exchange(request, in: world).json()
        #expect(first["id"]?.string != second["id"]?.string)
        #expect(first["output"]?[0]?["id"]?.string != second["output"]?[0]?["id"]?.string)
        #expect(first["output"]?[0]?["content"]?.text == second["output"]?[0]?["content"]?.text)
        #expect(second["usage"]?["total_tokens"]?.int == 0)
    }

    private static func scripted(_ steps: GenerationStep..., isStreamed: Bool = false) throws -> JSONValue {
        let request = Request.responses(#"{"model":"openai/gpt-4o","input":"Hi","stream":\#(isStreamed)}"#)
        let exchange = Exchange(request, attempts: ScriptedAttempts(steps))
        return isStreamed ? try #require(try exchange.chunks().last?["response"]) : try exchange.json()
    }

    @Test("A provider's failure before the first token is an HTTP error; one after it is told in the response")
    func failures() throws {
        let failure = GenerationStep.failure(ProviderFailure(.providerUnavailable))
        let before = try Self.scripted(failure)
        #expect(before["error"]?["code"]?.int == 502)
        for isStreamed in [false, true] {
            let after = try Self.scripted(.text("Well"), failure, isStreamed: isStreamed)
            #expect(after["status"]?.string == "failed")
            #expect(after["error"]?["code"]?.string == "server_error")
        }
    }

    @Test(
        "What is too long is an incomplete answer, even before the first token",
        arguments: [ErrorType.contextLengthExceeded, .maxTokensExceeded, .tokenLimitExceeded, .stringTooLong]
    )
    func tooLong(type: ErrorType) throws {
        for isStreamed in [false, true] {
            let response = try Self.scripted(.failure(ProviderFailure(type)), isStreamed: isStreamed)
            #expect(response.names == ResponsesCall.members)
            #expect(response["status"]?.string == "incomplete")
            #expect(response["incomplete_details"]?["reason"]?.string == "max_output_tokens")
            #expect(response["output"]?.text == "[]")
            #expect(response["usage"]?["cost"]?.text == "0")
        }
    }

    @Test("A prompt beyond every window is an incomplete answer")
    func beyondWindow() throws {
        let prompt = String(repeating: "word ", count: 20_000)
        let request = Request.responses(
            #"{"model":"openai/gpt-3.5-turbo-instruct","input":"\#(prompt)","transforms":[]}"#
        )
        let exchange = Exchange(request)
        #expect(exchange.status == 200, "\(exchange.body.prefix(300))")
        let response = try exchange.json()
        #expect(response["status"]?.string == "incomplete")
        #expect(exchange.fields[.xGenerationID] == response["id"]?.string)
        #expect(exchange.fields[.xProviderName] == nil)
        #expect(try Exchange(request.streamed).eventTypes() == ["created", "in_progress", "incomplete"])
    }

    @Test("The generation is booked, with the input it had")
    func booking() throws {
        let world = World.make()
        let exchange = Exchange(.responses(#"{"model":"openai/gpt-4o","input":"Hi"}"#), in: world)
        let id = try #require(exchange.answered.generationID)
        #expect(exchange.fields[.xGenerationID] == id)
        let content = try Exchange(.get("/generation/content?id=\(id)"), in: world).json()
        #expect(content["data"]?["input"]?["prompt"]?.string == "Hi")
    }
}
