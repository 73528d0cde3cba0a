internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Tools of responses")
struct ResponsesToolTests {
    @Test("A tool's result ends the loop, and the answer comes in text")
    func loop() throws {
        let input = #"[{"role":"user","content":"What time is it?"}\#(ResponsesLawTests.result)]"#
        #expect(ResponsesCall.types(try ResponsesCall.body(ResponsesLawTests.tools, input: input)) == ["message"])
        let first = try ResponsesCall.body(
            ResponsesLawTests.tools,
            input: #""What is the weather in Paris? get_weather""#
        )
        #expect(ResponsesCall.types(first) == ["function_call"])
        #expect(first["status"]?.string == "completed")
        let call = try #require(first["output"]?[0])
        #expect(call.names == ["type", "id", "call_id", "name", "arguments", "status"])
        #expect(call["name"]?.string == "get_weather")
        #expect(call["id"]?.string?.wholeMatch(of: /fc_tmp_[0-9a-z]{11}/) != nil)
        #expect(call["call_id"]?.string?.hasPrefix("call_") == true)
        let arguments = try JSONDocument(parsing: try #require(call["arguments"]?.string).utf8).root
        let schema = try JSONDocument(parsing: ToolTests.parameters.utf8).root
        #expect(SchemaValidator(root: schema).errors(in: arguments, schema: schema) == [])
    }

    @Test(
        "A choice decides which tools are called",
        arguments: [
            (#""none""#, ["message"]), (#"{"type":"function","name":"get_time"}"#, ["get_time"]),
            (#"{"type":"custom","name":"get_notes"}"#, ["get_notes"]),
            (#"{"type":"function","name":"get_customer"}"#, ["get_customer"]),
            (
                #"{"type":"allowed_tools","mode":"required","tools":[{"type":"function","name":"get_time"},"#
                    + #"{"type":"shell"}]}"#,
                ["get_time"]
            ),
            (#"{"type":"allowed_tools","mode":"auto","tools":[]}"#, ["message"]),
            (#"{"type":"web_search_preview"}"#, ["get_weather"]), (#"{"type":"apply_patch"}"#, ["get_weather"]),
            (#"{"type":"shell"}"#, ["get_weather"]), (#""required""#, ["get_weather"]),
        ]
    )
    func toolChoice(choice: String, called: [String]) throws {
        let response = try ResponsesCall.body(
            ResponsesLawTests.tools + #","tool_choice":\#(choice)"#,
            input: #""What is the weather?""#
        )
        #expect(ResponsesCall.items(response).map { $0["name"]?.string ?? $0["type"]?.string } == called)
    }

    @Test("Several tools are called at once, custom ones with text; parallel_tool_calls forbids it")
    func parallel() throws {
        let input = #""Call get_weather and get_notes""#
        let response = try ResponsesCall.body(ResponsesLawTests.tools, input: input)
        #expect(Set(ResponsesCall.types(response)) == ["function_call", "custom_tool_call"])
        let single = try ResponsesCall.body(ResponsesLawTests.tools + #","parallel_tool_calls":false"#, input: input)
        #expect(ResponsesCall.items(single).count == 1)
    }

    @Test(
        "Tools of the provider are taken and never called",
        arguments: [
            #"{"type":"file_search","vector_store_ids":["v"]}"#, #"{"type":"computer_use_preview"}"#,
            #"{"type":"code_interpreter","container":{"type":"auto"}}"#, #"{"type":"mcp","server_label":"l"}"#,
            #"{"type":"image_generation","size":"auto"}"#, #"{"type":"local_shell"}"#, #"{"type":"shell"}"#,
            #"{"type":"apply_patch"}"#, #"{"type":"openrouter:advisor"}"#, #"{"type":"openrouter:tool_search"}"#,
        ]
    )
    func otherTools(tool: String) throws {
        let response = try ResponsesCall.body(#""tools":[\#(tool)]"#)
        #expect(ResponsesCall.types(response) == ["message"])
        #expect(response["tools"]?.text == "[\(tool)]")
    }

    @Test(
        "A search by the provider is a web_search_call, one by OpenRouter has its own name; both bring citations",
        arguments: [
            ("openai/gpt-5-mini", #"{"type":"web_search_preview"}"#, "web_search_call"),
            ("openai/gpt-5-mini", #"{"type":"web_search","engine":"exa"}"#, "openrouter:web_search"),
            ("mistralai/mistral-large", #"{"type":"openrouter:web_search"}"#, "openrouter:web_search"),
        ]
    )
    func search(model: String, tool: String, type: String) throws {
        let response = try ResponsesCall.body(#""tools":[\#(tool)]"#, model: model, input: #""Who won the race?""#)
        #expect(ResponsesCall.types(response) == [type, "message"])
        let search = try #require(response["output"]?[0])
        #expect(search.names == ["id", "type", "status", "action"])
        #expect(search["action"]?.names == ["type", "query", "sources"])
        #expect(search["action"]?["sources"]?.count == 5)
        let annotations = try #require(response["output"]?[1]?["content"]?[0]?["annotations"])
        #expect(annotations.count == 5)
        #expect(annotations[0]?.names == ["type", "url", "title", "start_index", "end_index", "content"])
        #expect(response["usage"]?["server_tool_use_details"]?["web_search_requests"]?.int == 1)
        let streamed = Exchange(
            .responses(#"{"model":"\#(model)","input":"Who won the race?","tools":[\#(tool)],"stream":true}"#)
        )
        let types = try streamed.eventTypes()
        #expect(types.contains("web_search_call.searching") == (type == "web_search_call"))
        #expect(types.contains("output_text.annotation.added"))
    }

    @Test("The clock and pages that were read are items")
    func serverTools() throws {
        let response = try ResponsesCall.body(
            #""tools":[{"type":"openrouter:datetime","parameters":{"timezone":"Europe/Paris"}},"#
                + #"{"type":"openrouter:web_fetch"}]"#,
            input: #""What does https://example.com/a say?""#
        )
        #expect(ResponsesCall.types(response) == ["openrouter:datetime", "openrouter:web_fetch", "message"])
        #expect(response["output"]?[0]?.names == ["id", "type", "status", "datetime", "timezone"])
        #expect(response["output"]?[0]?["timezone"]?.string == "Europe/Paris")
        #expect(response["output"]?[1]?.names == ["id", "type", "status", "url", "title", "content", "httpStatus"])
        #expect(response["output"]?[1]?["url"]?.string == "https://example.com/a")
    }
}
