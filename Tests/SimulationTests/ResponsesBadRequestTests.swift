internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Bad requests for responses")
struct ResponsesBadRequestTests {
    private static func field(_ path: String, _ problem: String) -> String { BadRequestTable.field(path, problem) }

    private static func response(_ members: String) -> String {
        #"{"model":"openai/gpt-4o","input":"Hi",\#(members)}"#
    }

    private static func item(_ item: String) -> String {
        #"{"model":"openai/gpt-4o","input":[\#(item)]}"#
    }

    private static func part(_ part: String) -> String {
        item(#"{"role":"user","content":[\#(part)]}"#)
    }

    private static func tool(_ tool: String) -> String { response(#""tools":[\#(tool)]"#) }

    private static let stateless = "responses are not stored"
    private static let function = #""tools":[{"type":"function","name":"f"},{"type":"custom","name":"g"}]"#
    private static let partTypes =
        "one of input_text, input_image, input_file, input_audio, input_video, output_text, refusal"
    private static let toolTypes = "function, custom, namespace, or a server tool such as openrouter:web_search"
    private static let choices =
        #"none, auto, required, {"type":"function","name":…} or {"type":"allowed_tools",…}"#

    static let rows: [(body: String, error: String)] = [
        ("[]", field("body", "expected an object, received an array")),
        ("{}", field("input", "expected a string or an array of items, received nothing")),
        (#"{"input":null}"#, field("input", "expected a string or an array of items, received null")),
        (#"{"input":7}"#, field("input", "expected a string or an array of items, received 7")),
        (#"{"input":[]}"#, field("input", "expected at least one item, received an array")),
        (#"{"input":["Hi"]}"#, field("input[0]", #"expected an object, received "Hi""#)),
        // What is not kept
        (response(#""store":true"#), field("store", "expected false, since \(stateless), received true")),
        (response(#""store":"no""#), field("store", #"expected true or false, received "no""#)),
        (
            response(#""previous_response_id":"resp_1""#),
            field(
                "previous_response_id",
                #"expected null, since \#(stateless); send the whole conversation in input, received "resp_1""#
            )
        ),
        // Items
        (
            item(#"{"type":"massage"}"#),
            field(
                "input[0].type",
                #"expected a type of input item such as message or function_call_output, received "massage""#
            )
        ),
        (item(#"{"type":3}"#), field("input[0].type", "expected a string, received 3")),
        (
            item(#"{"content":"Hi"}"#),
            field("input[0].role", "expected one of user, system, assistant, developer, received nothing")
        ),
        (
            item(#"{"role":"tool","content":"Hi"}"#),
            field("input[0].role", #"expected one of user, system, assistant, developer, received "tool""#)
        ),
        (
            item(#"{"role":"user","content":5}"#),
            field("input[0].content", "expected a string or an array of parts, received 5")
        ),
        (
            item(#"{"role":"user","content":"Hi","phase":"last"}"#),
            field("input[0].phase", #"expected one of commentary, final_answer, received "last""#)
        ),
        (
            item(#"{"role":"assistant","content":"Hi","status":"done"}"#),
            field("input[0].status", #"expected one of in_progress, completed, incomplete, received "done""#)
        ),
        (
            item(#"{"type":"function_call","name":"f","arguments":"{}"}"#),
            field("input[0].call_id", "expected a string, received nothing")
        ),
        (
            item(#"{"type":"function_call","call_id":"c","arguments":"{}"}"#),
            field("input[0].name", "expected a string, received nothing")
        ),
        (
            item(#"{"type":"function_call","call_id":"c","name":"f","arguments":{}}"#),
            field("input[0].arguments", "expected a string, received an object")
        ),
        (
            item(#"{"type":"custom_tool_call","call_id":"c","name":"f"}"#),
            field("input[0].input", "expected a string, received nothing")
        ),
        (
            item(#"{"type":"function_call_output","output":"x"}"#),
            field("input[0].call_id", "expected a string, received nothing")
        ),
        (
            item(#"{"type":"function_call_output","call_id":"c"}"#),
            field("input[0].output", "expected a string or an array of parts, received nothing")
        ),
        (
            item(#"{"type":"custom_tool_call_output","call_id":"c","output":4}"#),
            field("input[0].output", "expected a string or an array of parts, received 4")
        ),
        (item(#"{"type":"item_reference"}"#), field("input[0].id", "expected a string, received nothing")),
        (
            item(#"{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text"}]}"#),
            field("input[0].summary[0].text", "expected a string, received nothing")
        ),
        (
            item(#"{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":1}"#),
            field("input[0].encrypted_content", "expected a string, received 1")
        ),
        // Parts
        (part(#""Hi""#), field("input[0].content[0]", #"expected an object, received "Hi""#)),
        (
            part(#"{"type":"text","text":"Hi"}"#),
            field("input[0].content[0].type", #"expected \#(partTypes), received "text""#)
        ),
        (part(#"{"text":"Hi"}"#), field("input[0].content[0].type", "expected \(partTypes), received nothing")),
        (part(#"{"type":"input_text"}"#), field("input[0].content[0].text", "expected a string, received nothing")),
        (
            part(#"{"type":"input_image","detail":"auto"}"#),
            field("input[0].content[0].image_url", "expected an https or data URL, received nothing")
        ),
        (
            part(#"{"type":"input_image","detail":"tiny","image_url":"https://a"}"#),
            field("input[0].content[0].detail", #"expected one of auto, high, low, original, received "tiny""#)
        ),
        (
            part(#"{"type":"input_file","filename":"a.pdf"}"#),
            field(
                "input[0].content[0].file_data",
                "expected a data URL, or file_url or file_id instead, received nothing"
            )
        ),
        (
            part(#"{"type":"input_audio","input_audio":{"data":"AA=="}}"#),
            field("input[0].content[0].input_audio", "expected an object with data and format, received an object")
        ),
        (
            part(#"{"type":"input_audio","input_audio":{"data":"AA==","format":"ogg"}}"#),
            field("input[0].content[0].input_audio.format", #"expected one of mp3, wav, received "ogg""#)
        ),
        (
            part(#"{"type":"input_video","video_url":{"url":"https://a"}}"#),
            field("input[0].content[0].video_url", "expected a string, received an object")
        ),
        // Tools
        (response(#""tools":{}"#), field("tools", "expected an array, received an object")),
        (tool("{}"), field("tools[0].type", "expected \(toolTypes), received nothing")),
        (tool(#"{"type":"magic"}"#), field("tools[0].type", #"expected \#(toolTypes), received "magic""#)),
        (tool(#"{"type":"function"}"#), field("tools[0].name", "expected a string, received nothing")),
        (
            tool(#"{"type":"function","function":{"name":"f"}}"#),
            field("tools[0].name", "expected a string, received nothing")
        ),
        (
            tool(#"{"type":"function","name":"f","parameters":"{}"}"#),
            field("tools[0].parameters", #"expected an object, received "{}""#)
        ),
        (
            tool(#"{"type":"function","name":"f","strict":1}"#),
            field("tools[0].strict", "expected true or false, received 1")
        ),
        (
            tool(#"{"type":"custom","name":"f","format":{"type":"regex"}}"#),
            field("tools[0].format.type", #"expected one of text, grammar, received "regex""#)
        ),
        (
            tool(#"{"type":"namespace","name":"n"}"#),
            field("tools[0].tools", "expected an array of function and custom tools, received nothing")
        ),
        (
            tool(#"{"type":"namespace","name":"n","tools":[{"type":"shell"}]}"#),
            field("tools[0].tools[0].type", #"expected function or custom, received "shell""#)
        ),
        (
            tool(#"{"type":"web_search","max_results":26}"#),
            field("tools[0].max_results", "expected an integer from 1 to 25, received 26")
        ),
        (
            response(#""tool_choice":"any""#), field("tool_choice", #"expected \#(choices), received "any""#)
        ),
        (response(#""tool_choice":1"#), field("tool_choice", "expected \(choices), received 1")),
        (response(#""tool_choice":{}"#), field("tool_choice", "expected \(choices), received an object")),
        (
            response(#""tool_choice":{"type":"robot"}"#),
            field(
                "tool_choice.type",
                #"expected function, custom, allowed_tools or the type of a server tool, received "robot""#
            )
        ),
        (
            response(#""tool_choice":{"type":"function"}"#),
            field("tool_choice.name", "expected the name of a tool, received nothing")
        ),
        (
            response(function + #","tool_choice":{"type":"function","name":"h"}"#),
            field("tool_choice.name", #"expected one of the tools: f, g, received "h""#)
        ),
        (
            response(function + #","tool_choice":{"type":"allowed_tools","tools":[]}"#),
            field("tool_choice.mode", "expected auto or required, received nothing")
        ),
        (
            response(function + #","tool_choice":{"type":"allowed_tools","mode":"auto"}"#),
            field("tool_choice.tools", "expected an array of tools, received nothing")
        ),
        (
            response(
                function
                    + #","tool_choice":{"type":"allowed_tools","mode":"auto","tools":[{"type":"function","name":"h"}]}"#
            ),
            field("tool_choice.tools[0].name", #"expected one of the tools: f, g, received "h""#)
        ),
        // Output
        (
            response(#""text":{"format":{"type":"xml"}}"#),
            field("text.format.type", #"expected one of text, json_object, json_schema, received "xml""#)
        ),
        (
            response(#""text":{"format":{"type":"json_schema","schema":{}}}"#),
            field("text.format.name", "expected a string, received nothing")
        ),
        (
            response(#""text":{"format":{"type":"json_schema","name":"n"}}"#),
            field("text.format.schema", "expected a JSON Schema, received nothing")
        ),
        (
            response(#""text":{"verbosity":"loud"}"#),
            field("text.verbosity", #"expected one of low, medium, high, xhigh, max, received "loud""#)
        ),
        (
            response(#""max_output_tokens":0"#),
            field("max_output_tokens", "expected an integer of at least 1, received 0")
        ),
        (
            response(#""top_logprobs":21"#),
            field("top_logprobs", "expected an integer from 0 to 20, received 21")
        ),
        (response(#""include":"all""#), field("include", #"expected an array of strings, received "all""#)),
        (
            response(#""include":["usage"]"#),
            field(
                "include[0]",
                "expected one of file_search_call.results, message.input_image.image_url, "
                    + "computer_call_output.output.image_url, reasoning.encrypted_content, "
                    + "code_interpreter_call.outputs, message.output_text.logprobs, web_search_call.results, "
                    + #"web_search_call.action.sources, received "usage""#
            )
        ),
        (
            response(#""reasoning":{"effort":"huge"}"#),
            field("reasoning.effort", #"expected \#(BadRequestTable.efforts), received "huge""#)
        ),
        (
            response(#""reasoning":{"summary":"long"}"#),
            field("reasoning.summary", #"expected one of auto, concise, detailed, received "long""#)
        ),
        (
            response(#""reasoning":{"context":"none"}"#),
            field("reasoning.context", #"expected one of auto, all_turns, current_turn, received "none""#)
        ),
        (
            response(#""reasoning":{"mode":"fast"}"#),
            field("reasoning.mode", #"expected one of standard, pro, received "fast""#)
        ),
        (
            response(#""modalities":["text","audio"]"#),
            field("modalities[1]", #"expected one of text, image, received "audio""#)
        ),
        (
            response(#""stop":["a","b","c","d","e"]"#), field("stop", "expected at most 4 sequences, received 5")
        ),
        // The rest
        (response(#""temperature":3"#), field("temperature", "expected a number from 0 to 2, received 3")),
        (response(#""instructions":["a"]"#), field("instructions", "expected a string, received an array")),
        (response(#""background":1"#), field("background", "expected true or false, received 1")),
        (
            response(#""truncation":"middle""#),
            field("truncation", #"expected one of auto, disabled, received "middle""#)
        ),
        (response(#""max_tool_calls":31"#), field("max_tool_calls", "expected an integer from 1 to 30, received 31")),
        (
            response(#""user":"\#(String(repeating: "u", count: 257))""#),
            field("user", "expected at most 256 characters, received 257")
        ),
        (
            response(#""metadata":{"a[b]":"c"}"#),
            field("metadata", #"expected keys without brackets, received "a[b]""#)
        ),
        (response(#""metadata":{"a":1}"#), field("metadata.a", "expected a string, received 1")),
        (response(#""prompt":{}"#), field("prompt.id", "expected a template's id, received nothing")),
        (
            response(#""prompt_cache_options":{"ttl":"5m"}"#),
            field("prompt_cache_options.mode", #"expected "explicit", received nothing"#)
        ),
    ]

    @Test("A bad request is refused with what is wrong and where, streamed or not", arguments: rows.indices)
    func refused(row: Int) {
        let (body, error) = Self.rows[row]
        let world = World.make()
        let userID = world.account(forKey: Request.mockKey).userID
        let exchange = Exchange(.responses(body), in: world)
        #expect(exchange.body == #"{"error":\#(error),"user_id":"\#(userID)"}"#)
        #expect(exchange.status == 400)
        guard body.count > 2, body.hasPrefix("{") else { return }
        #expect(Exchange(Request.responses(body).streamed, in: world).body == exchange.body)
    }
}
