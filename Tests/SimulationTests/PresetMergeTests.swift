internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Preset merge")
struct PresetMergeTests {
    private static func parse(_ text: String) throws -> JSONValue {
        try JSONDocument(parsing: text.utf8).root
    }

    private static func merged(
        _ preset: String,
        from origin: RequestSkin = .chat,
        under body: String,
        _ skin: RequestSkin = .chat
    ) throws -> String {
        let body = try parse(body)
        let merge = PresetMerge(settings: try PresetSettings(from: parse(preset), skin: origin), skin: skin)
        let reference = try #require(try PresetReference(body))
        return JSON.object(merge.merged(body, reference)).text
    }

    static let members: [(preset: String, body: String, merged: String)] = [
        // Where the reference stands.
        (#"{"model":"a/b"}"#, #"{"model":"@preset/p","n":1}"#, #"{"n":1,"model":"a/b"}"#),
        (#"{"model":"a/b"}"#, #"{"n":1,"model":"c/d@preset/p"}"#, #"{"n":1,"model":"c/d"}"#),
        (#"{"model":"a/b"}"#, #"{"model":"c/d","preset":"p"}"#, #"{"model":"c/d"}"#),
        (#"{"model":"a/b"}"#, #"{"preset":"p","n":1}"#, #"{"n":1,"model":"a/b"}"#),
        (#"{"model":"a/b"}"#, #"{"preset":"p","model":"c/d:nitro@preset/p"}"#, #"{"model":"c/d:nitro"}"#),
        (#"{}"#, #"{"model":"@preset/p"}"#, #"{}"#),
        (#"{"models":["a/b","c/d"]}"#, #"{"model":"@preset/p"}"#, #"{"models":["c/d"],"model":"a/b"}"#),
        (#"{"models":["a/b"]}"#, #"{"model":"@preset/p"}"#, #"{"model":"a/b"}"#),
        (#"{"models":["a/b"]}"#, #"{"model":"e/f@preset/p"}"#, #"{"model":"e/f","models":["a/b"]}"#),
        // Members of the request win as a whole.
        (
            #"{"temperature":0.5,"top_p":0.9}"#, #"{"preset":"p","temperature":1.50}"#,
            #"{"temperature":1.50,"top_p":0.9}"#
        ),
        (#"{"temperature":0.5}"#, #"{"preset":"p","temperature":null}"#, #"{"temperature":null}"#),
        (
            #"{"provider":{"sort":"price","zdr":true}}"#, #"{"preset":"p","provider":{"sort":"latency"}}"#,
            #"{"provider":{"sort":"latency"}}"#
        ),
        (#"{"plugins":[{"id":"web"}]}"#, #"{"preset":"p","plugins":[]}"#, #"{"plugins":[]}"#),
        // What is no configuration is not in a preset.
        (
            #"{"model":"a/b","messages":[],"prompt":"x","input":"y","stream":true,"user":"u","metadata":{},"seed":null}"#,
            #"{"preset":"p"}"#, #"{"model":"a/b"}"#
        ),
        // Cache settings come along, to be read from the merged body.
        (
            #"{"cache_enabled":true,"cache_ttl_seconds":60}"#, #"{"preset":"p","cache_ttl_seconds":5}"#,
            #"{"cache_ttl_seconds":5,"cache_enabled":true}"#
        ),
    ]

    @Test("What a request does not say comes from the preset", arguments: members.indices)
    func shallowMerge(row: Int) throws {
        let (preset, body, expected) = Self.members[row]
        #expect(try Self.merged(preset, under: body) == expected)
    }

    private static func function(_ name: String, _ description: String) -> String {
        #"{"type":"function","function":{"name":"\#(name)","description":"\#(description)"}}"#
    }

    @Test("Tools are united by identity: the preset's order first, the request's version of each")
    func tools() throws {
        let (a, b, newB, c) = (
            Self.function("a", "old"), Self.function("b", "old"), Self.function("b", "new"), Self.function("c", "new")
        )
        let search = #"{"type":"openrouter:web_search","parameters":{"max_results":3}}"#
        let ownSearch = #"{"type":"openrouter:web_search"}"#
        let advisors = ["x", "y"].map { #"{"type":"openrouter:advisor","parameters":{"name":"\#($0)"}}"# }
        let otherAdvisor = #"{"type":"openrouter:advisor","parameters":{"name":"y","model":"a/b"}}"#
        for (inherited, own, united) in [
            ([a, b], [c, newB], [a, newB, c]),
            ([search, a], [ownSearch], [ownSearch, a]),
            (advisors, [otherAdvisor], [advisors[0], otherAdvisor]),
            ([a], [], [a]),
            ([], [c], [c]),
        ] {
            let merged = try Self.merged(
                #"{"tools":[\#(inherited.joined(separator: ","))]}"#,
                under: #"{"tools":[\#(own.joined(separator: ","))],"preset":"p"}"#
            )
            #expect(merged == #"{"tools":[\#(united.joined(separator: ","))]}"#)
        }
        #expect(try Self.merged(#"{"tools":[\#(a)]}"#, under: #"{"preset":"p"}"#) == #"{"tools":[\#(a)]}"#)
        #expect(try Self.merged(#"{"tools":[\#(a)]}"#, under: #"{"preset":"p","tools":null}"#) == #"{"tools":null}"#)
    }

    // MARK: - System prompts

    static let systemPrompts: [(skin: RequestSkin, body: String, merged: String)] = [
        (
            .chat, #"{"messages":[{"role":"user","content":"Hi"}]}"#,
            #"{"messages":[{"role":"system","content":"Be terse."},{"role":"user","content":"Hi"}]}"#
        ),
        (
            .chat, #"{"messages":[{"role":"developer","content":"Own"},{"role":"user","content":"Hi"}]}"#,
            #"{"messages":[{"role":"developer","content":"Own"},{"role":"user","content":"Hi"}]}"#
        ),
        (.chat, #"{"prompt":"Hi"}"#, #"{"prompt":"Be terse.\n\nHi"}"#),
        (.chat, #"{}"#, #"{}"#),
        (.completions, #"{"prompt":"Hi"}"#, #"{"prompt":"Be terse.\n\nHi"}"#),
        (.completions, #"{"prompt":["Hi"]}"#, #"{"prompt":["Be terse.\n\nHi"]}"#),
        (.messages, #"{"messages":[]}"#, #"{"messages":[],"system":"Be terse."}"#),
        (.messages, #"{"messages":[],"system":"Own"}"#, #"{"messages":[],"system":"Own"}"#),
        (
            .messages, #"{"messages":[{"role":"system","content":"Own"}]}"#,
            #"{"messages":[{"role":"system","content":"Own"}]}"#
        ),
        (.responses, #"{"input":"Hi"}"#, #"{"input":"Hi","instructions":"Be terse."}"#),
        (.responses, #"{"input":"Hi","instructions":null}"#, #"{"input":"Hi","instructions":null}"#),
        (
            .responses, #"{"input":[{"role":"developer","content":"Own"}]}"#,
            #"{"input":[{"role":"developer","content":"Own"}]}"#
        ),
    ]

    @Test("The system prompt comes where the skin has it, unless the request has one", arguments: systemPrompts.indices)
    func addingSystemPrompt(row: Int) throws {
        let (skin, body, expected) = Self.systemPrompts[row]
        let named = #"{"preset":"p""# + (body == "{}" ? "}" : "," + body.dropFirst())
        let preset = #"{"messages":[{"role":"system","content":"Be terse."}]}"#
        #expect(try Self.merged(preset, under: named, skin) == expected)
    }

    @Test(
        "The system prompt of a preset is taken from where the skin has it",
        arguments: [
            (.chat, #"{"messages":[{"role":"user","content":"Hi"}]}"#, nil),
            (
                .chat, #"{"messages":[{"role":"system","content":"One"},{"role":"developer","content":"Two"}]}"#,
                "One\n\nTwo"
            ),
            (
                .chat,
                #"{"messages":[{"role":"system","content":[{"type":"text","text":"A"},{"type":"text","text":"B"}]}]}"#,
                "A\nB"
            ),
            (.messages, #"{"system":"One","messages":[]}"#, "One"),
            (
                .messages, #"{"system":[{"type":"text","text":"One"}],"messages":[{"role":"system","content":"Two"}]}"#,
                "One\n\nTwo"
            ),
            (.responses, #"{"instructions":"One","input":"Hi"}"#, "One"),
            (.responses, #"{"instructions":null,"input":[{"role":"system","content":"Two"}]}"#, "Two"),
            (.responses, #"{"instructions":"","input":[]}"#, nil),
        ] as [(RequestSkin, String, String?)]
    )
    func extractingSystemPrompt(skin: RequestSkin, body: String, expected: String?) throws {
        #expect(try PresetSettings(from: Self.parse(body), skin: skin).systemPrompt == expected)
    }

    // MARK: - Other skins

    static let translations: [(preset: String, origin: RequestSkin, skin: RequestSkin, merged: String)] = [
        (
            #"{"temperature":0.5,"max_completion_tokens":9,"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],"tool_choice":"required"}"#,
            .chat, .messages,
            #"{"temperature":0.5,"max_tokens":9,"tools":[{"name":"f","input_schema":{"type":"object"}}],"tool_choice":{"type":"any"}}"#
        ),
        (
            #"{"max_tokens":9,"tools":[{"type":"function","function":{"name":"f","description":"d"}}],"tool_choice":{"type":"function","function":{"name":"f"}},"logprobs":true}"#,
            .chat, .responses,
            #"{"max_output_tokens":9,"tools":[{"name":"f","description":"d","type":"function","parameters":null}],"tool_choice":{"type":"function","name":"f"}}"#
        ),
        (
            #"{"max_tokens":9,"tools":[{"name":"f","input_schema":{"type":"object"}},{"type":"bash_20250124","name":"bash"},{"type":"openrouter:datetime"}],"tool_choice":{"type":"tool","name":"f"}}"#,
            .messages, .chat,
            #"{"max_tokens":9,"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}},{"type":"openrouter:datetime"}],"tool_choice":{"type":"function","function":{"name":"f"}}}"#
        ),
        (
            #"{"max_output_tokens":9,"top_logprobs":2,"tool_choice":{"type":"web_search_preview"}}"#,
            .responses, .chat, #"{"max_tokens":9}"#
        ),
        (#"{"tool_choice":"auto"}"#, .responses, .messages, #"{"tool_choice":{"type":"auto"}}"#),
        (#"{"tool_choice":{"type":"none"}}"#, .messages, .responses, #"{"tool_choice":"none"}"#),
        (
            #"{"max_completion_tokens":9,"logprobs":true}"#, .chat, .completions,
            #"{"max_completion_tokens":9,"logprobs":true}"#
        ),
    ]

    @Test("A preset made through one API serves the others", arguments: translations.indices)
    func translation(row: Int) throws {
        let (preset, origin, skin, expected) = Self.translations[row]
        #expect(try Self.merged(preset, from: origin, under: #"{"preset":"p"}"#, skin) == expected)
    }

    @Test("A function of the request replaces that of a preset made through another API")
    func translatedIdentity() throws {
        let own = #"{"name":"f","input_schema":{"type":"object"}}"#
        let merged = try Self.merged(
            #"{"tools":[{"type":"function","function":{"name":"f"}},{"type":"function","function":{"name":"g"}}]}"#,
            under: #"{"preset":"p","tools":[\#(own)]}"#,
            .messages
        )
        #expect(merged == #"{"tools":[\#(own),{"name":"g","input_schema":{"type":"object"}}]}"#)
    }

    // MARK: - References

    @Test(
        "Without a reference a body is taken as it is",
        arguments: [#"{}"#, #"{"model":"a/b"}"#, #"{"model":7}"#, #"{"model":"a@b","preset":null}"#, "[]", "7"]
    )
    func noReference(body: String) throws {
        #expect(try PresetReference(Self.parse(body)) == nil)
    }

    @Test(
        "A reference that names nothing, or two presets, is refused",
        arguments: [
            (#"{"preset":7}"#, "preset", "a preset's slug, received 7"),
            (#"{"preset":""}"#, "preset", #"a preset's slug, received """#),
            (#"{"model":"@preset/"}"#, "model", #"a preset's slug after @preset/, received "@preset/""#),
            (
                #"{"model":"a/b@preset/p","preset":"q"}"#, "preset",
                #"the preset that model names, p, received "q""#
            ),
        ]
    )
    func badReference(body: String, field: String, problem: String) throws {
        let error = #expect(throws: APIError.self) { try PresetReference(Self.parse(body)) }
        #expect(error?.status == 400)
        #expect(error?.message == "Invalid request parameters: \(field): expected \(problem)")
    }
}
