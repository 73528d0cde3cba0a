internal import HTTPTypes
internal import OpenRouterAPI
internal import Scenarios
internal import Testing

@Suite("Request matcher")
struct RequestMatcherTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var match: String
        var request: ScenarioRequest
        var isMatch: Bool

        init(_ match: String, _ request: ScenarioRequest, _ isMatch: Bool) {
            self.match = match
            self.request = request
            self.isMatch = isMatch
        }

        var testDescription: String { "\(match) \(request.method) \(request.path) \(isMatch)" }
    }

    @Test("A request is matched when all that is said holds", arguments: rows)
    func matching(row: Row) throws {
        let scenario = try Scenario.make("  - match: \(row.match)\n    respond: pass")
        #expect(scenario.rules[0].matcher.matches(row.request) == row.isMatch)
    }

    private static func path(_ path: String, _ method: HTTPRequest.Method = .post) -> ScenarioRequest {
        .make("{}", path: "/api/v1" + path, method: method)
    }

    private static let titled = ScenarioRequest.make(fields: .titled)
    private static let tools = ScenarioRequest.make(
        #"{"model":"a/b","stream":true,"tools":[{"function":{"name":"get_weather"}}],"seed":1.0,"user":null}"#
    )

    static let rows: [Row] = [
        Row("{}", .make(), true),
        // Endpoints: names, groups, paths.
        Row("{ endpoint: chat }", .make(), true),
        Row("{ endpoint: chat }", path("/completions"), false),
        Row("{ endpoint: [completions, messages] }", path("/messages"), true),
        Row("{ endpoint: text }", path("/responses"), true),
        Row("{ endpoint: text }", path("/embeddings"), false),
        Row("{ endpoint: inference }", path("/embeddings"), true),
        Row("{ endpoint: inference }", path("/audio/speech"), true),
        Row("{ endpoint: inference }", path("/models", .get), false),
        Row("{ endpoint: platform }", path("/models", .get), true),
        Row("{ endpoint: platform }", path("/not/known", .get), true),
        Row("{ endpoint: platform }", .make(), false),
        Row("{ endpoint: any }", path("/not/known", .get), true),
        Row("{ endpoint: models }", path("/models/openai/gpt-4o/endpoints", .get), true),
        Row("{ endpoint: key }", path("/keys", .get), false),
        Row("{ endpoint: batches }", .make("{}", path: "/api/beta/batches/b1"), true),
        Row("{ endpoint: /chat/* }", .make(), true),
        Row("{ endpoint: /api/v1/chat/completions }", .make(), true),
        Row("{ endpoint: /chat }", .make(), false),
        Row("{ endpoint: [keys, /chat/*] }", .make(), true),
        // Methods.
        Row("{ method: GET }", path("/keys", .get), true),
        Row("{ method: [PUT, PATCH] }", path("/keys", .get), false),
        // Models.
        Row("{ model: openai/gpt-4o }", .make(), true),
        Row("{ model: openai/gpt-4 }", .make(), false),
        Row("{ model: openai/* }", .make(), true),
        Row("{ model: '*' }", .make("{}"), false),
        Row("{ model: [anthropic/*, '*/gpt-*'] }", .make(), true),
        Row("{ model: '*:free' }", .make(#"{"model":"a/b:free"}"#), true),
        Row("{ model: 'a*b*a' }", .make(#"{"model":"aba"}"#), true),
        Row("{ model: 'ab*ba' }", .make(#"{"model":"aba"}"#), false),
        Row("{ model: openai/gpt-4o }", .make(#"{"models":["openai/gpt-4o","b"]}"#), true),
        // Streams.
        Row("{ stream: true }", tools, true),
        Row("{ stream: false }", tools, false),
        Row("{ stream: false }", .make(), true),
        // The last message.
        Row("{ last_message: Hello }", .make(), true),
        Row("{ last_message: { exact: hello } }", .make(), false),
        Row("{ last_message: { contains: ell } }", .make(), true),
        Row("{ last_message: { regex: '^H.*o$' } }", .make(), true),
        Row("{ last_message: { regex: '^h', contains: ell } }", .make(), false),
        Row("{ last_message: { present: true } }", .make("{}"), false),
        Row("{ last_message: { present: false } }", .make(#"{"messages":[]}"#), true),
        // Header fields.
        Row("{ headers: { x-title: My App } }", titled, true),
        Row("{ headers: { X-TITLE: { contains: App } } }", titled, true),
        Row("{ headers: { x-title: Other } }", titled, false),
        Row("{ headers: { x-title: { present: false } } }", titled, false),
        Row("{ headers: { x-other: { present: false } } }", titled, true),
        // Values of the body.
        Row("{ json: { /tools/0/function/name: get_weather } }", tools, true),
        Row("{ json: { /tools/0/function/name: { contains: weather } } }", tools, true),
        Row("{ json: { /tools/0/function: { exact: { name: get_weather } } } }", tools, true),
        Row("{ json: { /tools/1: { present: false } } }", tools, true),
        Row("{ json: { /tools: { present: false } } }", tools, false),
        Row("{ json: { /seed: 1 } }", tools, true),
        Row("{ json: { /seed: '1' } }", tools, false),
        Row("{ json: { /stream: true } }", tools, true),
        Row("{ json: { /user: null } }", tools, true),
        Row("{ json: { /absent: null } }", tools, false),
        Row("{ json: { /tools: [{ function: { name: get_weather } }] } }", tools, true),
        Row("{ json: { '': { present: true } } }", .make("no json"), false),
        // Several at once.
        Row("{ endpoint: chat, model: a/*, stream: true }", tools, true),
        Row("{ endpoint: chat, model: b/*, stream: true }", tools, false),
    ]

    @Test(
        "The last message is found in the body of each API",
        arguments: [
            (#"{"messages":[{"role":"user","content":"a"},{"role":"user","content":"b"}]}"#, "b"),
            (#"{"messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"image_url"}]}]}"#, "a"),
            (
                #"{"messages":[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]}"#,
                "a\nb"
            ),
            (#"{"messages":[{"role":"tool","tool_call_id":"x","content":"12"}]}"#, "12"),
            (#"{"messages":[{"role":"assistant","content":null,"tool_calls":[]}]}"#, nil),
            // Messages: the result of a tool.
            (
                #"{"messages":[{"role":"user","content":[{"type":"tool_result","content":[{"type":"text","text":"r"}]}]}]}"#,
                "r"
            ),
            (#"{"prompt":"Once"}"#, "Once"),
            (#"{"prompt":["One","Two"]}"#, "Two"),
            (#"{"input":"Hello"}"#, "Hello"),
            (#"{"input":[{"role":"user","content":[{"type":"input_text","text":"Hi"}]}]}"#, "Hi"),
            (#"{"input":[{"type":"function_call_output","call_id":"x","output":"done"}]}"#, "done"),
            (#"{"query":"Which one?"}"#, "Which one?"),
            (#"{"messages":"none"}"#, nil),
            ("no json", nil),
        ] as [(String, String?)]
    )
    func lastMessage(body: String, expected: String?) {
        #expect(ScenarioRequest.make(body).lastMessage == expected)
    }

    @Test("Of a thousand rules only the one that is meant matches")
    func thousandRules() throws {
        let rules = (0..<1000).map {
            "  - match: { endpoint: chat, model: vendor/model-\($0), last_message: { contains: weather } }\n"
                + "    respond: { text: Hello }"
        }
        let scenario = try Scenario.make(rules.joined(separator: "\n"))
        let request = ScenarioRequest.make(#"{"model":"vendor/model-999","messages":[{"content":"weather"}]}"#)
        var matching = 0
        for rule in scenario.rules where rule.matcher.matches(request) { matching += 1 }
        #expect(matching == 1)
    }
}
