internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Responses")
struct ResponsesTests {
    // MARK: - Echo

    @Test("Every member is there in order; OpenAI says its defaults, others say null")
    func defaults() throws {
        let native = try ResponsesCall.body()
        #expect(native.names == ResponsesCall.members)
        let emulated = try ResponsesCall.body(model: "mistralai/mistral-large")
        #expect(emulated.names == ResponsesCall.members)
        for (name, value) in [
            ("temperature", "1"), ("top_p", "1"), ("presence_penalty", "0"), ("frequency_penalty", "0"),
            ("truncation", #""disabled""#),
        ] {
            #expect(native[name]?.text == value)
            #expect(emulated[name]?.text == "null")
        }
        for response in [native, emulated] {
            #expect(response["tools"]?.text == "[]")
            #expect(response["tool_choice"]?.text == #""auto""#)
            #expect(response["text"]?.text == #"{"format":{"type":"text"}}"#)
            #expect(response["store"]?.text == "false")
            #expect(response["previous_response_id"]?.text == "null")
            #expect(response["parallel_tool_calls"]?.text == "true")
            #expect(response["reasoning"]?.text == "null")
            #expect(response["metadata"]?.text == "{}")
        }
    }

    @Test(
        "What was set is repeated as it was sent",
        arguments: [
            ("temperature", "0.25"), ("top_p", "0.5"), ("presence_penalty", "-1"), ("frequency_penalty", "1.5"),
            ("instructions", #""Be terse.""#), ("max_output_tokens", "100"), ("max_tool_calls", "3"),
            ("metadata", #"{"a":"b"}"#), ("parallel_tool_calls", "false"), ("prompt_cache_key", #""k""#),
            ("safety_identifier", #""s""#), ("truncation", #""auto""#), ("background", "true"),
            ("top_logprobs", "2"), ("tools", #"[{"type":"function","name":"f","parameters":{}}]"#),
            ("tool_choice", #""none""#), ("text", #"{"format":{"type":"json_object"},"verbosity":"high"}"#),
        ]
    )
    func echo(name: String, value: String) throws {
        for model in ["openai/gpt-4o", "mistralai/mistral-large"] {
            #expect(try ResponsesCall.body("\"\(name)\":\(value)", model: model)[name]?.text == value)
        }
        let streamed = Exchange(
            .responses(#"{"model":"openai/gpt-4o","input":"Hi","stream":true,"\#(name)":\#(value)}"#)
        )
        let first = try #require(try streamed.chunks().first?["response"])
        if let echoed = first[name] { #expect(echoed.text == value) }
    }

    @Test("Reasoning is repeated; OpenAI fills in effort and summary")
    func reasoningEcho() throws {
        let native = try ResponsesCall.body(#""reasoning":{"max_tokens":30}"#, model: "openai/gpt-5-mini")
        #expect(native["reasoning"]?.text == #"{"max_tokens":30,"effort":"medium","summary":"auto"}"#)
        let emulated = try ResponsesCall.body(#""reasoning":{"effort":"low"}"#, model: "deepseek/deepseek-v3.2")
        #expect(emulated["reasoning"]?.text == #"{"effort":"low"}"#)
    }

    @Test("A stream begins with what is known before the answer, in the order observed")
    func beginning() throws {
        let exchange = Exchange(
            .responses(#"{"model":"mistralai/mistral-large","input":"Hi","user":"u","stream":true}"#)
        )
        let events = try exchange.chunks()
        #expect(events[0]["type"]?.string == "response.created")
        #expect(events[1]["type"]?.string == "response.in_progress")
        #expect(events[0]["response"]?.text == events[1]["response"]?.text)
        let response = try #require(events[0]["response"])
        #expect(
            response.names == [
                "object", "id", "created_at", "completed_at", "status", "error", "output_text", "output", "model",
                "incomplete_details", "max_tool_calls", "tools", "tool_choice", "parallel_tool_calls",
                "max_output_tokens", "temperature", "top_p", "presence_penalty", "frequency_penalty", "metadata",
                "background", "previous_response_id", "service_tier", "truncation", "store", "instructions",
                "reasoning", "safety_identifier", "prompt_cache_key", "user",
            ]
        )
        #expect(response["id"]?.string == exchange.answered.generationID)
        #expect(response["status"]?.string == "in_progress")
        #expect(response["service_tier"]?.string == "auto")
        #expect(response["user"]?.string == "u")
        #expect(!exchange.body.contains("event:"))
    }

    // MARK: - Input

    @Test(
        "Every type of item is taken",
        arguments: [
            #"{"role":"user","content":"Hi"}"#, #"{"type":"message","role":"developer","content":null}"#,
            #"{"type":"message","role":"assistant","id":"msg_1","status":"completed","content":[{"type":"output_text","#
                + #""text":"Hi","annotations":[]},{"type":"refusal","refusal":"No."}],"phase":"final_answer"}"#,
            #"{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"Hm."}],"content":null,"#
                + #""encrypted_content":"x","signature":"y","format":"anthropic-claude-v1"}"#,
            #"{"type":"function_call","call_id":"c","name":"f","arguments":"{}","namespace":"n"}"#,
            #"{"type":"function_call_output","call_id":"c","output":[{"type":"input_text","text":"noon"}]}"#,
            #"{"type":"custom_tool_call","call_id":"c","name":"f","input":"ls"}"#,
            #"{"type":"custom_tool_call_output","call_id":"c","output":"a.txt"}"#,
            #"{"type":"item_reference","id":"msg_1"}"#,
            #"{"type":"image_generation_call","id":"ig_1","result":"AA=="}"#,
            #"{"type":"web_search_call","id":"ws_1","status":"completed"}"#,
            #"{"type":"file_search_call","id":"fs_1"}"#,
            #"{"type":"code_interpreter_call","id":"ci_1"}"#, #"{"type":"computer_call","id":"cu_1"}"#,
            #"{"type":"computer_call_output","call_id":"c","output":{}}"#,
            #"{"type":"apply_patch_call","call_id":"c"}"#,
            #"{"type":"apply_patch_call_output","call_id":"c","status":"completed"}"#,
            #"{"type":"shell_call","call_id":"c"}"#, #"{"type":"shell_call_output","call_id":"c","output":[]}"#,
            #"{"type":"local_shell_call","call_id":"c"}"#, #"{"type":"local_shell_call_output","output":"x"}"#,
            #"{"type":"mcp_list_tools","id":"m"}"#, #"{"type":"mcp_call","id":"m"}"#,
            #"{"type":"mcp_approval_request","id":"m"}"#, #"{"type":"mcp_approval_response","approve":true}"#,
            #"{"type":"compaction","encrypted_content":"x"}"#, #"{"type":"context_compaction"}"#,
            #"{"type":"additional_tools","tools":[]}"#, #"{"type":"agent_message","content":[]}"#,
            #"{"type":"openrouter:web_search","id":"st_1","status":"completed"}"#,
        ]
    )
    func items(item: String) throws {
        let response = try ResponsesCall.body(input: #"[{"role":"user","content":"Hi"},\#(item)]"#)
        #expect(ResponsesCall.types(response) == ["message"])
    }

    @Test("Parts besides text are read and counted")
    func parts() throws {
        let response = try ResponsesCall.body(
            model: "google/gemini-2.5-flash",
            input: #"""
                [{"role":"user","content":[{"type":"input_text","text":"What is this?","prompt_cache_breakpoint":{}},
                {"type":"input_image","detail":"low","image_url":"https://example.com/a.png"},
                {"type":"input_file","filename":"a.txt","file_data":"data:text/plain;base64,aGVsbG8="},
                {"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}},
                {"type":"input_video","video_url":"https://example.com/a.mp4"}]}]
                """#
        )
        let plain = try ResponsesCall.body(
            model: "google/gemini-2.5-flash",
            input: #"[{"role":"user","content":[{"type":"input_text","text":"What is this?"}]}]"#
        )
        let count = try #require(response["usage"]?["input_tokens"]?.int)
        #expect(count > (plain["usage"]?["input_tokens"]?.int ?? .max) + 300)
        let text = Exchange(
            .responses(
                #"{"model":"mistralai/mistral-large","input":[{"role":"user","content":[{"type":"input_audio","#
                    + #""input_audio":{"data":"AAAA","format":"wav"}}]}]}"#
            )
        )
        #expect(text.status == 404, "no endpoint of this model hears")
    }

    @Test("The answer is about the last thing the user said; instructions and outputs of tools are no user's")
    func topic() throws {
        let plain = try ResponsesCall.body(input: #""Tell me about glaciers""#)
        let text = ResponsesTranscript.text(of: try #require(plain["output"]?[0]))
        #expect(text.lowercased().contains("glacier"))
        let counted = try ResponsesCall.body(
            #""instructions":"Answer in rhyme, always""#,
            input: #""Tell me about glaciers""#
        )
        #expect(
            counted["usage"]?["input_tokens"]?.int ?? 0 > plain["usage"]?["input_tokens"]?.int ?? .max
        )
    }
}
