import HTTPTypes
import NIOCore
import OpenRouterAPI
import Tapes
import Testing

@testable import Fuzzing

/// What was recorded, as a tape to mutate.
@Suite struct RecordedTapeTests {
    /// With quirks that no tape of the fuzzer's has.
    private static let chatBody: String = """
        : OPENROUTER PROCESSING

        data: {"id":"gen-1","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"finish_reason":null}]}

        data: {"id":"gen-1","system_fingerprint":"fp_\\u0031","choices":[{"index":0,"delta":{"content":"Grüße, "},"logprobs":null}]}

        event: message
        data: {"choices":[{"index":0,"delta":
        data: {"content":"Welt 🙂"},"finish_reason":null}]}

        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_9","type":"function","function":{"name":"get_weather","arguments":""}}]}}]}

        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"location\\":"}}]}}]}

        data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\\"Paris\\"}"}}]}}]}

        data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls","native_finish_reason":"tool_calls"}]}

        data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1.50}}

        data: [DONE]


        """

    private static func interaction(
        _ body: String = chatBody,
        path: String = "/api/v1/chat/completions",
        method: HTTPRequest.Method = .post,
        status: Int? = 200,
        type: String = "text/event-stream; charset=utf-8",
        ending: Ending = .complete,
        completion: Interaction.Completion = .finished
    ) -> Interaction {
        let tape = Tape(
            head: status.map { ResponseHead(status: .init(code: $0), fields: [.contentType: type]) },
            frames: [Frame(body)],
            ending: ending,
            origin: .server
        )
        return Interaction(
            request: Request(method: method, target: RequestTarget(path), fields: [:], body: ByteBuffer()),
            tape: tape,
            recordedAt: 0,
            completion: completion
        )
    }

    private static func tape(
        _ interaction: Interaction = interaction(),
        api: InferenceAPI = .chat
    ) throws(UnusableRecording) -> BaseTape {
        let body = Array(interaction.tape.body.readableBytesView)
        return try BaseTape(recorded: interaction, body: body, api: api, name: "x.cassette#1")
    }

    private static let expected = ExpectedAnswer(
        text: "Grüße, Welt 🙂",
        toolCalls: [.init(name: "get_weather", arguments: #"{"location":"Paris"}"#)]
    )

    @Test("The recorded events are played, with all that is in them, and mean what they say")
    func recorded() throws {
        let base = try Self.tape()
        #expect(base.conversation.expected == Self.expected)
        #expect(base.needsTools)
        let tape = try #require(FuzzCase(api: .chat, base: base).answer()).tape
        let text = String(buffer: tape.body)
        #expect(text.hasPrefix(": OPENROUTER PROCESSING\n\ndata: {\"id\":\"gen-1\","))
        for quirk in [
            "\"system_fingerprint\":\"fp_1\"", "\"logprobs\":null", "\"completion_tokens\":1.50", "[DONE]\n\n",
        ] {
            #expect(text.contains(quirk), "\(quirk)")
        }
        #expect(try ReferenceClient.answer(to: tape) == Self.expected)
    }

    @Test(
        "Every mutation of a recorded tape keeps or breaks its meaning as it promises",
        arguments: MutationTableTests.cases
    )
    func mutated(_ known: FuzzCase) throws {
        let fuzzCase = FuzzCase(api: .chat, base: try Self.tape(), uses: known.uses)
        // Some cannot be made on every tape.
        guard fuzzCase.draft(timeout: .seconds(10)) != nil else { return }
        try ReferenceClient.confirm(fuzzCase)
    }

    @Test("A case on a recorded tape is the same again from its JSON")
    func json() throws {
        let fuzzCase = FuzzCase(api: .chat, base: try Self.tape(), uses: [.init("line-end", "crlf")], seed: 7)
        let again = FuzzCase(try JSONDocument(parsing: fuzzCase.json.serialized()).root)
        #expect(again == fuzzCase)
        #expect(again?.answer()?.tape.body == fuzzCase.answer()?.tape.body)
    }

    @Test("Events are left out one by one as long as the rest is an answer")
    func smaller() throws {
        let base = try Self.tape()
        #expect(base.partCount == 10)
        let shorter = try #require(base.removing(2..<4))
        #expect(shorter.conversation.text.isEmpty)
        #expect(shorter.conversation.toolCalls.count == 1)
        #expect(base.removing(4..<5) == nil, "a call without its name")
        #expect(base.removing(7..<8) == nil, "the finish")
    }

    @Test("Streams of the other APIs")
    func others() throws {
        let responses = """
            data: {"type":"response.created","response":{"status":"in_progress"},"sequence_number":0}

            data: {"type":"response.output_item.added","output_index":1,"item":{"type":"function_call","call_id":"c1","name":"get_weather","arguments":""}}

            data: {"type":"response.output_text.delta","delta":"Hi"}

            data: {"type":"response.function_call_arguments.delta","output_index":1,"delta":"{}"}

            data: {"type":"response.output_text.done","text":"Hi"}

            data: {"type":"response.completed","response":{"status":"completed","error":null}}

            data: [DONE]


            """
        let messages = """
            event: message_start
            data: {"type":"message_start","message":{"content":[]}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"c1","name":"get_weather","input":{}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"output_tokens":3}}

            event: message_stop
            data: {"type":"message_stop"}


            """
        let expected = ExpectedAnswer(text: "Hi", toolCalls: [.init(name: "get_weather", arguments: "{}")])
        for (api, body) in [(InferenceAPI.responses, responses), (.messages, messages)] {
            let base = try Self.tape(Self.interaction(body, path: "/api/v1" + api.path), api: api)
            #expect(base.conversation.expected == expected, "\(api)")
            let tape = try #require(FuzzCase(api: api, base: base).answer()).tape
            #expect(String(buffer: tape.body) == body, "\(api)")
        }
    }

    static let unusableRecordings: [(Interaction, String)] = [
        (interaction(path: "/api/v1/models", method: .get), "is no answer of the chat API"),
        (interaction(path: "/api/v1/messages"), "is no answer of the chat API"),
        (interaction(completion: .clientLeft), "is incomplete: the recording ended before the answer did"),
        (interaction(status: nil), "has no head"),
        (interaction(status: 429), "has the status 429"),
        (interaction(type: "application/json"), "is no event stream but application/json"),
        (interaction(ending: .reset), "ends with 'reset'"),
        (interaction("data: {oops\n\n"), "has an event that is no JSON object"),
        (interaction("data: [1]\n\n"), "has an event that is no JSON object"),
        (interaction(#"data: {"error":{"code":502},"choices":[]}"# + "\n\n"), "reports an error in the stream"),
        (interaction("event: error\ndata: {}\n\n"), "reports an error in the stream"),
        (interaction(#"data: {"choices":[{"index":1,"delta":{"content":"x"}}]}"# + "\n\n"), "has more than one choice"),
        (
            interaction(#"data: {"choices":[{"delta":{"content":"x"},"finish_reason":"length"}]}"# + "\n\n"),
            "finishes with 'length', which a client may take for an error"
        ),
        (
            interaction(#"data: {"choices":[{"delta":{"content":"x"}}]}"# + "\n\ndata: [DONE]\n\n"),
            "has no event that says that it is finished"
        ),
        (interaction(#"data: {"choices":[{"delta":{},"finish_reason":"stop"}]}"# + "\n\n"), "says nothing"),
        (
            interaction(
                #"data: {"choices":[{"delta":{"tool_calls":[{"index":0,"id":"c"}]},"finish_reason":"stop"}]}"# + "\n\n"
            ), "calls a tool without a name"
        ),
        (
            interaction(
                #"data: {"choices":[{"delta":{"tool_calls":[{"function":{"name":"f","arguments":"{"}}]},"finish_reason":"stop"}]}"#
                    + "\n\n"
            ), "calls a tool with arguments that are no JSON"
        ),
        (
            interaction("data: {\"pad\":\"" + String(repeating: "x", count: 1 << 20) + "\"}\n\n"),
            "has more than 1 MiB, which is too much to play hundreds of times"
        ),
    ]

    @Test("What cannot be mutated says why", arguments: unusableRecordings.indices)
    func explained(_ index: Int) {
        let (interaction, reason) = Self.unusableRecordings[index]
        let error = #expect(throws: UnusableRecording.self) { try Self.tape(interaction) }
        #expect(error?.description == reason)
    }

    @Test("A body that cannot be decompressed is not mutated")
    func coding() {
        let error = #expect(throws: UnusableRecording.self) {
            try BaseTape(recorded: Self.interaction(), body: nil, api: .chat, name: "x")
        }
        #expect(error?.description == "is compressed in a way that cannot be read")
    }
}
