internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

/// What the synthetic model never says but a scenario may: refusals, failures, comments between deltas.
@Suite("Responses encoder")
struct ResponsesEncoderTests {
    private static func answer(
        _ steps: [GenerationStep],
        _ reason: FinishReason = .stop,
        author: String = "acme"
    ) -> GeneratedAnswer {
        .make([.make(steps, reason)], author: author)
    }

    private static func encoder(
        _ members: String = "",
        reasoningEnd: StreamForms.ReasoningEnd = .afterAnswer
    ) throws -> ResponsesEncoder {
        let body = try JSONDocument(parsing: #"{"input":"Hi"\#(members)}"#.utf8).root
        let request = try ResponsesRequestReader(body, now: World.mockTime).read()
        return ResponsesEncoder(body, request, reasoningEnd: reasoningEnd)
    }

    /// Each frame's gap in milliseconds and the type of its event, or its text where it is none.
    private static func lines(_ frames: [Frame]) throws -> [String] {
        try frames.map { frame in
            let text = String(buffer: frame.bytes)
            let gap = Int(frame.gap / .milliseconds(1))
            guard text.hasPrefix("data: {") else { return "\(gap) \(text.dropLast(2))" }
            let event = try JSONDocument(parsing: text.dropFirst("data: ".count).utf8).root
            return "\(gap) \((event["type"]?.string ?? "").trimmingPrefix("response."))"
        }
    }

    private static func events(_ frames: [Frame]) throws -> [JSONValue] {
        try frames.compactMap { frame in
            let text = String(buffer: frame.bytes)
            guard text.hasPrefix("data: {") else { return nil }
            return try JSONDocument(parsing: text.dropFirst("data: ".count).utf8).root
        }
    }

    private static func types(_ frames: [Frame]) throws -> [String] {
        try lines(frames).map { String($0.drop { $0 != " " }.dropFirst()) }
    }

    @Test("Comments and silence stand where the model puts them")
    func commentsAndPauses() throws {
        let steps: [GenerationStep] = [
            .comment(count: 1), .text("a"), .pause(.milliseconds(500)), .comment(count: 1), .text("b"),
            .pause(.seconds(2)), .toolCall(ToolCall(id: "c", name: "f", arguments: "1")), .comment(count: 1),
        ]
        #expect(
            try Self.lines(try Self.encoder().frames(of: Self.answer(steps, .toolCalls))) == [
                "1000 created", "0 in_progress", "0 : OPENROUTER PROCESSING", "0 output_item.added",
                "0 content_part.added", "0 output_text.delta", "500 : OPENROUTER PROCESSING", "10 output_text.delta",
                "2000 output_text.done", "0 content_part.done", "0 output_item.done", "10 output_item.added",
                "10 function_call_arguments.delta", "0 function_call_arguments.done", "0 output_item.done",
                "0 : OPENROUTER PROCESSING", "0 completed", "0 data: [DONE]",
            ]
        )
    }

    @Test("Reasoning ends after everything else where the API is emulated, and before the rest where it is OpenAI's")
    func reasoningClose() throws {
        let steps: [GenerationStep] = [.reasoning("a"), .text("b")]
        let message =
            ["output_item.added", "content_part.added", "output_text.delta", "output_text.done"]
            + ["content_part.done", "output_item.done"]
        let beginning = ["created", "in_progress", "output_item.added"]
        let thoughts = ["content_part.added", "reasoning_text.delta"]
        let end = ["reasoning_text.done", "content_part.done", "output_item.done"]
        var encoder = try Self.encoder()
        #expect(
            try Self.types(encoder.frames(of: Self.answer(steps)))
                == beginning + thoughts + message + end + ["completed", "data: [DONE]"]
        )
        encoder = try Self.encoder(reasoningEnd: .beforeAnswer)
        #expect(
            try Self.types(encoder.frames(of: Self.answer(steps)))
                == beginning + thoughts + end + message + ["completed", "data: [DONE]"]
        )
        let summary = [
            "reasoning_summary_part.added", "reasoning_summary_text.delta", "reasoning_summary_text.done",
            "reasoning_summary_part.done", "output_item.done",
        ]
        #expect(
            try Self.types(Self.encoder().frames(of: Self.answer(steps, author: "openai")))
                == beginning + summary + message + ["completed", "data: [DONE]"]
        )
    }

    @Test("Reasoning has the form of the model's author, encrypted content only when it is asked for")
    func reasoningForms() throws {
        func item(_ author: String, _ members: String = "") throws -> String {
            let body = try Self.encoder(members).body(of: Self.answer([.reasoning("a")], author: author))
            let item = try JSONDocument(parsing: body.serialized()).root["output"]?[0]
            return item?.members.filter { $0.key != "id" }.map { "\($0.key):\($0.value.text)" }.joined(separator: " ")
                ?? ""
        }
        let include = #","include":["reasoning.encrypted_content"]"#
        let summary = #"type:"reasoning" summary:[{"type":"summary_text","text":"a"}]"#
        let content = #"type:"reasoning" summary:[] content:[{"type":"reasoning_text","text":"a"}]"#
        #expect(try item("openai") == summary)
        #expect(try item("openai", include) == summary + #" encrypted_content:"opaque""#)
        #expect(try item("acme") == content)
        #expect(try item("anthropic") == content + #" signature:"opaque" format:"anthropic-claude-v1""#)
    }

    @Test("A refusal is a part of its own, and annotations stay with the text")
    func refusal() throws {
        let citation = Annotation.citation(.init(url: "https://a", title: "A", content: "c"))
        let steps: [GenerationStep] = [
            .annotation(citation), .text("Well, "), .refusal("I "), .refusal("won't."), .annotation(citation),
        ]
        let answer = Self.answer(steps)
        let frames = try Self.encoder().frames(of: answer)
        #expect(
            try Self.types(frames).dropFirst(2) == [
                "output_item.added", "content_part.added", "output_text.annotation.added", "output_text.delta",
                "output_text.done", "content_part.done", "content_part.added", "refusal.delta", "refusal.delta",
                "refusal.done", "content_part.done", "output_item.done", "completed", "data: [DONE]",
            ]
        )
        let body = try JSONDocument(parsing: try Self.encoder().body(of: answer).serialized()).root
        #expect(
            body["output"]?[0]?["content"]?.text
                == #"[{"type":"output_text","text":"Well, ","annotations":[{"type":"url_citation","url":"https://a","#
                + #""title":"A","start_index":0,"end_index":0,"content":"c"}],"logprobs":[]},"#
                + #"{"type":"refusal","refusal":"I won't."}]"#
        )
    }

    @Test("A failure leaves open what it interrupts and is told by the last event")
    func failure() throws {
        let failure = ProviderFailure(.providerUnavailable, message: "Upstream closed the connection")
        let answer = Self.answer([.reasoning("x"), .text("a"), .failure(failure)], .error)
        let frames = try Self.encoder().frames(of: answer)
        #expect(
            try Self.types(frames).dropFirst(5) == [
                "output_item.added", "content_part.added", "output_text.delta", "failed", "data: [DONE]",
            ]
        )
        let body = try JSONDocument(parsing: try Self.encoder().body(of: answer).serialized()).root
        #expect(try Self.events(frames).last?["response"]?.text == body.text)
        #expect(body["status"]?.string == "failed")
        #expect(body["error"]?.text == #"{"code":"server_error","message":"Upstream closed the connection"}"#)
        #expect(body["error_type"]?.string == "provider_unavailable")
        #expect(body["completed_at"]?.isNull == true)
        #expect(body["usage"]?.isNull == true)
        #expect(body["output"]?[1]?["status"]?.string == "incomplete")
        #expect(body["output"]?[1]?["content"]?[0]?["text"]?.string == "a")
    }

    @Test("A failure after a whole call leaves the call whole; one without words is told in general ones")
    func failureAfterCall() throws {
        let call = GenerationStep.toolCall(ToolCall(id: "c", name: "f", arguments: "{}"))
        let broken = Self.answer([call, .failure(ProviderFailure(.rateLimitExceeded))], .error)
        let body = try JSONDocument(parsing: try Self.encoder().body(of: broken).serialized()).root
        #expect(body["output"]?[0]?["status"]?.string == "completed")
        #expect(body["error"]?["code"]?.string == "rate_limit_exceeded")
        #expect(
            try Self.types(Self.encoder().frames(of: broken)).suffix(3)
                == ["output_item.done", "failed", "data: [DONE]"]
        )
        let silent = try Self.encoder().body(of: Self.answer([.text("a")], .error)).members
        #expect(silent?["error"] == ["code": "server_error", "message": "Provider returned error"])
    }

    @Test(
        "Whatever was too long, and what a filter stopped, is incomplete",
        arguments: [
            ([.text("a")], .length, "max_output_tokens"), ([.text("a")], .contentFilter, "content_filter"),
            ([.text("a"), .failure(ProviderFailure(.contextLengthExceeded))], .error, "max_output_tokens"),
            ([.text("a"), .failure(ProviderFailure(.maxTokensExceeded))], .error, "max_output_tokens"),
            ([.text("a"), .failure(ProviderFailure(.tokenLimitExceeded))], .error, "max_output_tokens"),
            ([.text("a"), .failure(ProviderFailure(.stringTooLong))], .error, "max_output_tokens"),
        ] as [([GenerationStep], FinishReason, String)]
    )
    func incomplete(steps: [GenerationStep], reason: FinishReason, told: String) throws {
        let answer = Self.answer(steps, reason)
        let frames = try Self.encoder().frames(of: answer)
        #expect(try Self.types(frames).suffix(3) == ["output_item.done", "incomplete", "data: [DONE]"])
        let response = try #require(try Self.events(frames).last?["response"])
        #expect(response["status"]?.string == "incomplete")
        #expect(response["incomplete_details"]?.text == #"{"reason":"\#(told)"}"#)
        #expect(response["error"]?.isNull == true)
        #expect(response["error_type"] == nil)
        #expect(response["output"]?[0]?["status"]?.string == "incomplete")
        #expect(response["completed_at"]?.isNull == true)
    }

    @Test("Custom tools get text, and grouped tools say their group")
    func tools() throws {
        let encoder = try Self.encoder(
            #","tools":[{"type":"custom","name":"sh"},{"type":"namespace","name":"crm","description":"","tools":["#
                + #"{"type":"function","name":"find"}]}]"#
        )
        let answer = Self.answer(
            [
                .toolCall(ToolCall(id: "c1", name: "sh", arguments: "ls -l")),
                .toolCall(ToolCall(id: "c2", name: "find", arguments: "{}")),
            ],
            .toolCalls
        )
        let body = try JSONDocument(parsing: encoder.body(of: answer).serialized()).root
        #expect(body["output"]?[0]?.names == ["type", "id", "call_id", "name", "input"])
        #expect(body["output"]?[0]?["input"]?.string == "ls -l")
        #expect(body["output"]?[1]?["namespace"]?.string == "crm")
        let events = try Self.events(encoder.frames(of: answer))
        let inputs = events.filter { $0["type"]?.string == "response.custom_tool_call_input.delta" }
        #expect(inputs.compactMap { $0["delta"]?.string }.joined() == "ls -l")
        let done = events.first { $0["type"]?.string == "response.custom_tool_call_input.done" }
        #expect(done?.names == ["type", "item_id", "output_index", "input", "sequence_number"])
    }

    @Test("An image is shown once in part and then whole")
    func image() throws {
        let answer = Self.answer([.image(GeneratedImage(mediaType: "image/png", base64: "AAAA"))])
        let frames = try Self.encoder().frames(of: answer)
        #expect(
            try Self.types(frames).dropFirst(2) == [
                "output_item.added", "image_generation_call.in_progress", "image_generation_call.generating",
                "image_generation_call.partial_image", "image_generation_call.completed", "output_item.done",
                "completed", "data: [DONE]",
            ]
        )
        let events = try Self.events(frames)
        #expect(events[2]["item"]?["result"]?.isNull == true)
        #expect(events[5]["partial_image_b64"]?.string == "AAAA")
        #expect(events[7]["item"]?["result"]?.string == "AAAA")
    }

    @Test("Bodies as they went to the providers come first")
    func debug() throws {
        var answer = Self.answer([.text("a")])
        answer.upstreamBodies = ["m", "n"].map { .init(provider: "Acme", model: $0, json: ["model": .string($0)]) }
        let events = try Self.events(try Self.encoder().frames(of: answer))
        #expect(
            events.first?.text
                == #"{"type":"response.debug","debug":{"echo_upstream_body":{"model":"m"}},"sequence_number":0}"#
        )
        #expect(events[2]["type"]?.string == "response.created")
        #expect(events[2]["sequence_number"]?.int == 2)
    }

    @Test("An answer that said nothing has no items and still ends")
    func empty() throws {
        let frames = try Self.encoder().frames(of: Self.answer([]))
        #expect(try Self.types(frames) == ["created", "in_progress", "completed", "data: [DONE]"])
        #expect(try Self.encoder().body(of: Self.answer([])).members?["output"] == [])
    }

    @Test("An answer out of the cache has other ids")
    func otherIDs() throws {
        let answer = Self.answer([.text("a")])
        var again = answer
        again.identity.id = "gen-1-b"
        func id(_ answer: GeneratedAnswer) throws -> String {
            let body = try JSONDocument(parsing: try Self.encoder().body(of: answer).serialized()).root
            return body["output"]?[0]?["id"]?.string ?? ""
        }
        #expect(try id(answer).wholeMatch(of: /msg_tmp_[0-9a-z]{11}/) != nil)
        #expect(try id(answer) != id(again))
    }
}
