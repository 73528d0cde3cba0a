internal import OpenRouterAPI

/// Bodies that no chat may have, with the error that each gets.
enum BadRequestTable {
    /// `error` of a field that is not what it has to be.
    static func field(_ path: String, _ problem: String) -> String {
        #"{"message":\#(JSON.string("Invalid request parameters: \(path): \(problem)").text),"code":400,"#
            + #""metadata":{"error_type":"invalid_request","field":"\#(path)"}}"#
    }

    static func syntax(_ line: Int, _ column: Int, _ problem: String) -> String {
        let message = "Invalid JSON in the request body: line \(line), column \(column): unexpected \(problem)"
        return #"{"message":\#(JSON.string(message).text),"code":400,"#
            + #""metadata":{"error_type":"invalid_request","line":\#(line),"column":\#(column)}}"#
    }

    static func chat(_ members: String) -> String {
        #"{"model":"openai/gpt-4o","messages":[{"role":"user","content":"Hi"}],\#(members)}"#
    }

    static func message(_ message: String) -> String {
        #"{"model":"openai/gpt-4o","messages":[{"role":"user","content":"Hi"},\#(message)]}"#
    }

    static let weather =
        #""tools":[{"type":"function","function":{"name":"weather"}},{"type":"function","function":{"name":"time"}}]"#
    static let toolChoices = #"none, auto, required or {"type":"function","function":{"name":…}}"#
    static let partTypes = "one of text, image_url, input_audio, video_url, input_video, file"
    static let efforts = "one of max, xhigh, high, medium, low, minimal, none"

    /// Body of a chat, and the `error` member of the answer.
    static let bodies: [(body: String, error: String)] = [
        // JSON
        ("", syntax(1, 1, "end of input (the text is empty), expected a value")),
        ("   \n ", syntax(2, 2, "end of input, expected a value")),
        ("{\"model\":\"a\",\n \"messages\":[}", syntax(2, 14, "'}', expected a value or ']'")),
        (#"{"model":"a""#, syntax(1, 13, "end of input, expected ',' or '}'")),
        ("{'model':1}", syntax(1, 2, "single quote, expected a member name in double quotes or '}'")),
        ("hello", syntax(1, 1, "'h', expected a value")),
        ("\u{FEFF}{}", syntax(1, 1, "byte order mark (U+FEFF), expected a value without one before it")),
        ("{}{}", syntax(1, 3, "'{', expected end of input")),
        // shape
        ("[]", field("body", "expected an object, received an array")),
        ("null", field("body", "expected an object, received null")),
        (#""hello""#, field("body", #"expected an object, received "hello""#)),
        ("{}", #"{"message":"Input required: specify \"prompt\" or \"messages\"","code":400}"#),
        (#"{"messages":null}"#, #"{"message":"Input required: specify \"prompt\" or \"messages\"","code":400}"#),
        (#"{"messages":[]}"#, field("messages", "expected at least one message, received an array")),
        (#"{"messages":"Hi"}"#, field("messages", #"expected an array, received "Hi""#)),
        (#"{"messages":["Hi"]}"#, field("messages[0]", #"expected an object, received "Hi""#)),
        (#"{"prompt":3}"#, field("prompt", "expected a string, received 3")),
        // messages
        (
            message(#"{"role":"robot","content":""}"#),
            field("messages[1].role", #"expected one of system, developer, user, assistant, tool, received "robot""#)
        ),
        (
            message(#"{"content":""}"#),
            field("messages[1].role", "expected one of system, developer, user, assistant, tool, received nothing")
        ),
        (
            message(#"{"role":"user"}"#),
            field("messages[1].content", "expected a string or an array of parts, received nothing")
        ),
        (
            message(#"{"role":"user","content":null}"#),
            field("messages[1].content", "expected a string or an array of parts, received null")
        ),
        (
            message(#"{"role":"system","content":5}"#),
            field("messages[1].content", "expected a string or an array of parts, received 5")
        ),
        (
            message(#"{"role":"assistant","content":{"text":"x"}}"#),
            field("messages[1].content", "expected a string or an array of parts, received an object")
        ),
        (
            message(#"{"role":"user","content":"x","name":1}"#),
            field("messages[1].name", "expected a string, received 1")
        ),
        (
            message(#"{"role":"user","content":[{"type":"smell"}]}"#),
            field("messages[1].content[0].type", #"expected \#(partTypes), received "smell""#)
        ),
        (
            message(#"{"role":"user","content":[{"text":"x"}]}"#),
            field("messages[1].content[0].type", "expected \(partTypes), received nothing")
        ),
        (
            message(#"{"role":"user","content":[{"type":"text"}]}"#),
            field("messages[1].content[0].text", "expected a string, received nothing")
        ),
        (
            message(
                #"{"role":"user","content":[{"type":"text","text":"x"},{"type":"image_url","image_url":"https://a"}]}"#
            ),
            field("messages[1].content[1].image_url", #"expected an object, received "https://a""#)
        ),
        (
            message(#"{"role":"user","content":[{"type":"image_url","image_url":{}}]}"#),
            field("messages[1].content[0].image_url.url", "expected an https or data URL, received nothing")
        ),
        (
            message(#"{"role":"user","content":[{"type":"input_video"}]}"#),
            field("messages[1].content[0].video_url", "expected an object with url, received nothing")
        ),
        (
            message(#"{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AA=="}}]}"#),
            field("messages[1].content[0].input_audio", "expected an object with data and format, received an object")
        ),
        (
            message(#"{"role":"user","content":[{"type":"file"}]}"#),
            field("messages[1].content[0].file", "expected an object, received nothing")
        ),
        (
            message(#"{"role":"tool","content":"12"}"#),
            field("messages[1].tool_call_id", "expected the id of the call this answers, received nothing")
        ),
        (
            message(#"{"role":"tool","tool_call_id":"call_1"}"#),
            field("messages[1].content", "expected a string or an array of parts, received nothing")
        ),
        (
            message(#"{"role":"assistant","tool_calls":[{"id":"call_1","type":"function"}]}"#),
            field("messages[1].tool_calls[0].function", "expected an object with name and arguments, received nothing")
        ),
        (
            message(#"{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":{}}}]}"#),
            field("messages[1].tool_calls[0].function.arguments", "expected a string, received an object")
        ),
        // sampling
        (chat(#""temperature":3"#), field("temperature", "expected a number from 0 to 2, received 3")),
        (chat(#""temperature":-0.1"#), field("temperature", "expected a number from 0 to 2, received -0.1")),
        (chat(#""temperature":"hot""#), field("temperature", #"expected a number from 0 to 2, received "hot""#)),
        (chat(#""top_p":0"#), field("top_p", "expected a number greater than 0 and at most 1, received 0")),
        (chat(#""top_p":1.1"#), field("top_p", "expected a number from 0 to 1, received 1.1")),
        (chat(#""top_k":-1"#), field("top_k", "expected an integer of at least 0, received -1")),
        (chat(#""top_a":2"#), field("top_a", "expected a number from 0 to 1, received 2")),
        (chat(#""min_p":2"#), field("min_p", "expected a number from 0 to 1, received 2")),
        (
            chat(#""frequency_penalty":-2.5"#),
            field("frequency_penalty", "expected a number from -2 to 2, received -2.5")
        ),
        (chat(#""presence_penalty":2.5"#), field("presence_penalty", "expected a number from -2 to 2, received 2.5")),
        (chat(#""repetition_penalty":-1"#), field("repetition_penalty", "expected a number from 0 to 2, received -1")),
        (chat(#""seed":"x""#), field("seed", #"expected an integer, received "x""#)),
        (chat(#""seed":1.5"#), field("seed", "expected an integer, received 1.5")),
        (chat(#""max_tokens":0"#), field("max_tokens", "expected an integer of at least 1, received 0")),
        (chat(#""max_tokens":-1"#), field("max_tokens", "expected an integer of at least 1, received -1")),
        (chat(#""max_tokens":"5""#), field("max_tokens", #"expected an integer of at least 1, received "5""#)),
        (
            chat(#""max_completion_tokens":0.5"#),
            field("max_completion_tokens", "expected an integer of at least 1, received 0.5")
        ),
        (chat(#""stop":["a","b","c","d","e"]"#), field("stop", "expected at most 4 sequences, received 5")),
        (chat(#""stop":7"#), field("stop", "expected a string or an array of strings, received 7")),
        (chat(#""stop":["a",null]"#), field("stop[1]", "expected a string, received null")),
        (chat(#""n":0"#), field("n", "expected an integer from 1 to 128, received 0")),
        (
            chat(#""logit_bias":{"50256":-101}"#),
            field("logit_bias.50256", "expected a number from -100 to 100, received -101")
        ),
        (chat(#""logprobs":1"#), field("logprobs", "expected true or false, received 1")),
        (
            chat(#""top_logprobs":3"#),
            field("top_logprobs", "expected logprobs to be true beside it, received 3")
        ),
        (
            chat(#""logprobs":false,"top_logprobs":0"#),
            field("top_logprobs", "expected logprobs to be true beside it, received 0")
        ),
        (
            chat(#""logprobs":true,"top_logprobs":21"#),
            field("top_logprobs", "expected an integer from 0 to 20, received 21")
        ),
        (chat(#""stream":"yes""#), field("stream", #"expected true or false, received "yes""#)),
        (
            chat(#""service_tier":"vip""#),
            field("service_tier", #"expected one of auto, default, fast, flex, priority, scale, received "vip""#)
        ),
        (chat(#""user":7"#), field("user", "expected a string, received 7")),
        (
            chat(#""session_id":"\#(String(repeating: "s", count: 257))""#),
            field("session_id", "expected at most 256 characters, received 257")
        ),
        // tools and formats
        (chat(#""tools":{}"#), field("tools", "expected an array, received an object")),
        (chat(#""tools":[{}]"#), field("tools[0].type", #"expected "function", received nothing"#)),
        (
            chat(#""tools":[{"type":"hammer"}]"#),
            field(
                "tools[0].type",
                #"expected "function" or a server tool such as openrouter:web_search, received "hammer""#
            )
        ),
        (
            chat(#""tools":[{"type":"function"}]"#),
            field("tools[0].function", "expected an object with name and parameters, received nothing")
        ),
        (
            chat(#""tools":[{"type":"function","function":{"name":""}}]"#),
            field("tools[0].function.name", #"expected a string, received """#)
        ),
        (
            chat(#""tools":[{"type":"function","function":{"name":"\#(String(repeating: "f", count: 65))"}}]"#),
            field("tools[0].function.name", "expected at most 64 characters, received 65")
        ),
        (
            chat(#""tools":[{"type":"function","function":{"name":"f","parameters":"none"}}]"#),
            field("tools[0].function.parameters", #"expected an object, received "none""#)
        ),
        (chat(#""tool_choice":"sometimes""#), field("tool_choice", #"expected \#(toolChoices), received "sometimes""#)),
        (chat(#""tool_choice":{"name":"f"}"#), field("tool_choice", "expected \(toolChoices), received an object")),
        (
            chat(#"\#(weather),"tool_choice":{"type":"function"}"#),
            field("tool_choice.function.name", "expected the name of a tool, received nothing")
        ),
        (
            chat(#"\#(weather),"tool_choice":{"type":"function","function":{"name":"tides"}}"#),
            field("tool_choice.function.name", #"expected one of the tools: weather, time, received "tides""#)
        ),
        (
            chat(#""response_format":{}"#),
            field(
                "response_format.type",
                "expected one of text, json_object, json_schema, grammar, python, received nothing"
            )
        ),
        (
            chat(#""response_format":{"type":"yaml"}"#),
            field(
                "response_format.type",
                #"expected one of text, json_object, json_schema, grammar, python, received "yaml""#
            )
        ),
        (
            chat(#""response_format":"json""#),
            field("response_format", #"expected an object, received "json""#)
        ),
        (
            chat(#""response_format":{"type":"json_schema"}"#),
            field("response_format.json_schema", "expected an object with name and schema, received nothing")
        ),
        (
            chat(#""response_format":{"type":"json_schema","json_schema":{"schema":{}}}"#),
            field("response_format.json_schema.name", "expected a string, received nothing")
        ),
        (
            chat(#""response_format":{"type":"json_schema","json_schema":{"name":"a","schema":true}}"#),
            field("response_format.json_schema.schema", "expected an object, received true")
        ),
        // reasoning
        (chat(#""reasoning":true"#), field("reasoning", "expected an object, received true")),
        (chat(#""reasoning":{"effort":"huge"}"#), field("reasoning.effort", #"expected \#(efforts), received "huge""#)),
        (chat(#""reasoning_effort":"huge""#), field("reasoning_effort", #"expected \#(efforts), received "huge""#)),
        (
            chat(#""reasoning":{"effort":"low"},"reasoning_effort":"high""#),
            field("reasoning_effort", #"expected the same as reasoning.effort, low, received "high""#)
        ),
        (
            chat(#""reasoning":{"max_tokens":0}"#),
            field("reasoning.max_tokens", "expected an integer of at least 1, received 0")
        ),
        (
            chat(#""reasoning":{"exclude":"yes"}"#),
            field("reasoning.exclude", #"expected true or false, received "yes""#)
        ),
        // metadata
        (
            chat(#""metadata":{\#((1...17).map { #""k\#($0)":"v""# }.joined(separator: ","))}"#),
            field("metadata", "expected at most 16 pairs, received 17")
        ),
        (chat(#""metadata":{"a":1}"#), field("metadata.a", "expected a string, received 1")),
        (chat(#""metadata":{"a":null}"#), field("metadata.a", "expected a string, received null")),
        (
            chat(#""metadata":{"\#(String(repeating: "k", count: 65))":"v"}"#),
            field("metadata", "expected keys of at most 64 characters, received a longer key")
        ),
        (
            chat(#""metadata":{"a":"\#(String(repeating: "v", count: 513))"}"#),
            field("metadata.a", "expected at most 512 characters, received 513")
        ),
        // models
        (
            #"{"model":"acme/nope-1","messages":[{"role":"user","content":"Hi"}]}"#,
            #"{"message":"acme/nope-1 is not a valid model ID","code":400,"metadata":{"error_type":"invalid_request"},"#
                + #""availability":{"code":"model_not_found","retryable":false,"requested_models":["acme/nope-1"],"#
                + #""docs_url":"https://openrouter.ai/docs/errors#model_not_found"}}"#
        ),
        (
            #"{"model":"openai/text-embedding-3-small","messages":[{"role":"user","content":"Hi"}]}"#,
            #"{"message":"openai/text-embedding-3-small cannot be used on this endpoint: it makes embeddings","code":400,"#
                + #""metadata":{"error_type":"invalid_request"},"availability":{"code":"wrong_endpoint","retryable":false,"#
                + #""requested_models":["openai/text-embedding-3-small"],"#
                + #""constraint":{"field":"model","detail":"it makes embeddings"},"#
                + #""docs_url":"https://openrouter.ai/docs/errors#wrong_endpoint"}}"#
        ),
        (
            #"{"model":"","messages":[{"role":"user","content":"Hi"}]}"#,
            field("model", #"expected a model ID such as openai/gpt-4o-mini, received """#)
        ),
        (#"{"model":4,"messages":[{"role":"user","content":"Hi"}]}"#, field("model", "expected a string, received 4")),
        (
            #"{"models":["openai/gpt-4o",4],"messages":[{"role":"user","content":"Hi"}]}"#,
            field("models[1]", "expected a string, received 4")
        ),
    ]
}
