extension BadRequestTable {
    static let all = bodies + details

    /// What is deep inside a chat, or without effect, is checked as well.
    static let details: [(body: String, error: String)] = [
        (
            message(#"{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":"{}"}}]}"#),
            field("messages[1].tool_calls[0].id", "expected a string, received nothing")
        ),
        (
            message(#"{"role":"assistant","content":"a","reasoning_details":[{"type":"thought"}]}"#),
            field(
                "messages[1].reasoning_details[0].type",
                "expected one of reasoning.text, reasoning.summary, reasoning.encrypted, reasoning.server_tool_call, "
                    + #"received "thought""#
            )
        ),
        (
            message(#"{"role":"assistant","content":"a","reasoning_details":[{"type":"reasoning.encrypted"}]}"#),
            field("messages[1].reasoning_details[0].data", "expected a string, received nothing")
        ),
        (
            message(
                #"{"role":"system","content":[{"type":"image_url","image_url":{"url":"https://a.example/b.png"}}]}"#
            ),
            field(
                "messages[1].content[0].type",
                #"expected "text", the only part of such a message, received "image_url""#
            )
        ),
        (
            message(#"{"role":"user","content":[{"type":"image_url","image_url":{"url":"x","detail":"all"}}]}"#),
            field(
                "messages[1].content[0].image_url.detail",
                #"expected one of auto, low, high, original, received "all""#
            )
        ),
        (
            message(#"{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"AA","format":"exe"}}]}"#),
            field(
                "messages[1].content[0].input_audio.format",
                #"expected one of wav, mp3, aiff, aac, ogg, flac, m4a, pcm16, pcm24, received "exe""#
            )
        ),
        (
            message(
                #"{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"https://a.b/c","format":"wav"}}]}"#
            ),
            field(
                "messages[1].content[0].input_audio.data",
                #"expected the sound in base64, and no URL, received "https://a.b/c""#
            )
        ),
        (
            chat(#""tools":[{"type":"function","function":{"name":"f","description":7}}]"#),
            field("tools[0].function.description", "expected a string, received 7")
        ),
        (
            chat(#""tools":[{"type":"function","function":{"name":"f","strict":"yes"}}]"#),
            field("tools[0].function.strict", #"expected true or false, received "yes""#)
        ),
        (
            chat(#""tools":[{"type":"openrouter:tides"}]"#),
            field(
                "tools[0].type",
                #"expected "function" or a server tool such as openrouter:web_search, received "openrouter:tides""#
            )
        ),
        (
            chat(#""tool_choice":{"type":"function","function":{"name":"tides"}}"#),
            field("tool_choice.function.name", #"expected tools beside it to choose from, received "tides""#)
        ),
        (chat(#""prediction":"a""#), field("prediction", #"expected an object, received "a""#)),
        (
            chat(#""prediction":{"type":"text","content":"a"}"#),
            field("prediction.type", #"expected one of content, received "text""#)
        ),
        (
            chat(#""prediction":{"type":"content"}"#),
            field("prediction.content", "expected a string or an array of parts of text, received nothing")
        ),
        (
            chat(#""prediction":{"type":"content","content":[{"type":"text","text":"a"},{"type":"text"}]}"#),
            field("prediction.content[1].text", "expected a string, received nothing")
        ),
        (
            chat(#""prediction":{"type":"content","content":[{"type":"image_url"}]}"#),
            field("prediction.content[0].type", #"expected "text", received "image_url""#)
        ),
        (chat(#""stream_options":true"#), field("stream_options", "expected an object, received true")),
        (
            chat(#""stream_options":{"include_usage":1}"#),
            field("stream_options.include_usage", "expected true or false, received 1")
        ),
        (chat(#""web_search_options":3"#), field("web_search_options", "expected an object, received 3")),
        (
            chat(#""prompt_cache_options":{"mode":"implicit"}"#),
            field("prompt_cache_options.mode", #"expected one of explicit, received "implicit""#)
        ),
        (chat(#""trace":{"trace_id":7}"#), field("trace.trace_id", "expected a string, received 7")),
        (
            chat(#""stop_server_tools_when":[{"type":"max_cost","max_cost_in_dollars":"1"}]"#),
            field("stop_server_tools_when[0].max_cost_in_dollars", #"expected a number, received "1""#)
        ),
        (
            chat(#""stop_server_tools_when":[{"type":"has_tool_call","tool_name":"f"},{"type":"step_count_is"}]"#),
            field("stop_server_tools_when[1].step_count", "expected an integer, received nothing")
        ),
    ]
}
