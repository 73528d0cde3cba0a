internal import HTTPTypes
internal import OpenRouterAPI
internal import Simulation
internal import Tapes
internal import Testing

/// What a message may hold without being refused.
@Suite("Messages that are accepted")
struct MessagesAcceptanceTests {
    static let pixel =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="

    static let members = [
        #""system":"Be terse.""#,
        #""system":[{"type":"text","text":"Be terse.","cache_control":{"type":"ephemeral"}}]"#,
        #""temperature":0.5,"top_p":0.9,"top_k":40,"stop_sequences":["a","b","c","d","e"]"#,
        #""metadata":{"user_id":null}"#,
        #""metadata":{"user_id":"u"},"user":"v","session_id":"s","trace":{"trace_id":"t"}"#,
        #""thinking":{"type":"enabled","budget_tokens":1999,"display":"summarized"}"#,
        #""thinking":{"type":"disabled"}"#,
        #""thinking":{"type":"adaptive","display":null},"output_config":{"effort":"xhigh"}"#,
        #""output_config":{"effort":null,"format":null,"task_budget":{"type":"tokens","total":20000,"remaining":5}}"#,
        #""cache_control":{"type":"ephemeral","ttl":"5m"}"#,
        #""context_management":{"edits":[{"type":"clear_tool_uses_20250919"},{"type":"clear_thinking_20251015"},{"type":"compact_20260112"}]}"#,
        #""context_management":null"#,
        #""service_tier":"auto""#, #""service_tier":"standard_only""#, #""speed":"fast""#, #""speed":null"#,
        #""fallbacks":[{"model":"openai/gpt-4o"},{"model":"openai/gpt-4o-mini"}]"#, #""fallbacks":null"#,
        #""models":["openai/gpt-4o"],"route":"fallback""#,
        #""provider":{"order":["anthropic"]},"plugins":[{"id":"web"}]"#,
        #""stop_server_tools_when":[{"type":"step_count_is","step_count":3}]"#,
        #""tools":[],"tool_choice":{"type":"auto"}"#,
        #""tools":[{"type":"custom","name":"f","description":"d","input_schema":{},"cache_control":{"type":"ephemeral"},"defer_loading":true}]"#,
        #""tools":[{"type":"web_search_20260209","name":"web_search","allowed_domains":["a.org"],"blocked_domains":null,"max_uses":null,"user_location":{"type":"approximate","city":"Rome"}}],"tool_choice":{"type":"tool","name":"web_search"}"#,
        #""tools":[{"type":"advisor_20260301","name":"advisor","model":"openai/gpt-4o"}]"#,
        #""tools":[{"type":"tool_search_tool_bm25","name":"tool_search_tool_bm25"},{"type":"tool_search_tool_regex_20251119","name":"tool_search_tool_regex"}]"#,
        #""tools":[{"type":"openrouter:bash"},{"type":"openrouter:shell"},{"type":"openrouter:image_generation"},{"type":"openrouter:experimental__search_models"},{"type":"openrouter:tool_search"},{"type":"openrouter:web_search","parameters":{"max_results":2}}]"#,
        #""tools":[{"type":"something_new"}]"#,
        #""unknown":{"member":1}"#,
    ]

    @Test("A member that is right is taken", arguments: members)
    func member(text: String) {
        let exchange = Exchange(.question(text))
        #expect(exchange.status == 200, "\(text): \(exchange.body)")
    }

    static let blocks = [
        #"{"type":"text","text":"Hi","citations":[],"cache_control":{"type":"ephemeral"}}"#,
        #"{"type":"image","source":{"type":"base64","media_type":"image/png","data":"\#(pixel)"}}"#,
        #"{"type":"image","source":{"type":"url","url":"https://example.org/a.png"}}"#,
        #"{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"JVBERi0="},"title":"T","context":"C","citations":{"enabled":true}}"#,
        #"{"type":"document","source":{"type":"text","media_type":"text/plain","data":"Hello"}}"#,
        #"{"type":"document","source":{"type":"content","content":"Hello"}}"#,
        #"{"type":"document","source":{"type":"content","content":[{"type":"text","text":"a"},{"type":"image","source":{"type":"url","url":"https://a/b"}}]}}"#,
        #"{"type":"document","source":{"type":"url","url":"https://example.org/a.pdf"}}"#,
        #"{"type":"document","source":{"type":"file","file_id":"or_file_1"}}"#,
        #"{"type":"tool_use","id":"toolu_1","name":"f"}"#,
        #"{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"q"}}"#,
        #"{"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[{"type":"web_search_result","url":"https://a","title":"A","encrypted_content":"x","page_age":null}]}"#,
        #"{"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":{"type":"web_search_tool_result_error","error_code":"unavailable"}}"#,
        #"{"type":"web_fetch_tool_result","tool_use_id":"srvtoolu_1","content":{"type":"web_fetch_result","url":"https://a","content":{}}}"#,
        #"{"type":"search_result","source":"https://a","title":"A","content":[{"type":"text","text":"x"}]}"#,
        #"{"type":"thinking","thinking":"","signature":""}"#, #"{"type":"redacted_thinking","data":"d"}"#,
        #"{"type":"compaction","content":"So far.","encrypted_content":null}"#,
        #"{"type":"compaction","content":null}"#,
        #"{"type":"advisor_tool_result","tool_use_id":"srvtoolu_1","content":{}}"#,
        #"{"type":"tool_addition","tool":{"type":"tool_reference","name":"f"}}"#,
        #"{"type":"tool_removal","tool":{"type":"tool_reference","name":"f"}}"#,
        #"{"type":"openrouter_bash_tool_result","tool_use_id":"srvtoolu_1","content":{}}"#,
        #"{"type":"openrouter_shell_tool_result","tool_use_id":"srvtoolu_1","content":{}}"#,
    ]

    @Test("A block of any kind is taken from the user and from the assistant", arguments: blocks)
    func block(text: String) {
        for role in ["user", "assistant"] {
            let body = #"""
                {"model":"anthropic/claude-sonnet-4.5","max_tokens":9,"messages":[
                {"role":"user","content":"Hi"},{"role":"\#(role)","content":[\#(text)]}]}
                """#
            let exchange = Exchange(.message(body))
            #expect(exchange.status == 200, "\(text): \(exchange.body)")
        }
    }

    @Test("System messages may stand among the others, and the assistant may have begun the answer")
    func roles() {
        let body = #"""
            {"model":"openai/gpt-4o","messages":[{"role":"system","content":"Be terse."},
            {"role":"user","content":"Is it warm?"},{"role":"assistant","content":"The answer is"}]}
            """#
        let fields: HTTPFields = [
            .init("anthropic-version")!: "2023-06-01", .init("anthropic-beta")!: "interleaved-thinking-2025-05-14",
        ]
        #expect(Exchange(.message(body, fields: fields)).status == 200)
    }
}
