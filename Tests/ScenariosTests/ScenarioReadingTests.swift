internal import NIOCore
internal import OpenRouterAPI
internal import Scenarios
internal import Tapes
internal import Testing
internal import YAMLDocuments

@Suite("Reading scenarios")
struct ScenarioReadingTests {
    /// The example of PRODUCT.md, section 4, without its faults.
    static let example = """
        name: flaky-provider
        description: One rate limit, then a provider fails and the fallback streams with a pause
        rules:
          - match:                                   # all must hold; leave out what does not matter
              endpoint: inference                    # chat, completions, responses, messages, …, any path, or a group
              model: anthropic/*
              stream: true
              last_message: { contains: weather }    # exact, contains, regex
              headers: { x-title: My App }
              json: { /tools/0/function/name: get_weather }     # JSON pointer: value or matcher
              call: 1..3                             # which matching call of this world; also every: 5, chance: 10%
            respond:                                 # one entry per matching call
              - error: { status: 429, type: rate_limit_exceeded, retry_after: 2s, message: "Rate limit exceeded" }
              - providers:                           # what each provider attempt does
                  Anthropic: { error: { status: 503, type: provider_overloaded } }
                  Amazon Bedrock:
                    - comment: { count: 3, every: 500ms }       # ": OPENROUTER PROCESSING"
                    - reasoning: "Let me think. "
                    - text: "It is "
                    - pause: 200ms
                    - text: { value: "sunny in {{request.last_message}}", chunk: words, every: 20ms, jitter: 5ms }
                    - tool_call: { name: get_weather, arguments: { location: Paris } }
                    - error: { status: 502, type: provider_unavailable }   # after tokens: in-band, correct per API
                    - cut: reset                                           # complete, close, reset, stall
        """

    @Test("The example of the contract is read as it is meant")
    func contract() throws {
        let scenario = try Scenario(reading: Array(Self.example.utf8), file: "flaky.yaml")
        #expect(scenario.name == "flaky-provider")
        #expect(scenario.description.hasPrefix("One rate limit"))
        let rule = try #require(scenario.rules.first)
        #expect(rule.line == 4)
        #expect(rule.matcher.calls == CallRange(first: 1, last: 3))
        guard case .error(let error) = rule.responses[0], case .providers(let scripts) = rule.responses[1] else {
            Issue.record("not an error and providers")
            return
        }
        #expect(
            error
                == ScriptedError(
                    status: 429,
                    type: .rateLimitExceeded,
                    message: "Rate limit exceeded",
                    retryAfter: .seconds(2)
                )
        )
        #expect(scripts.map(\.provider) == [.named("Anthropic"), .named("Amazon Bedrock")])
        #expect(scripts[0].steps == [.error(ScriptedError(status: 503, type: .providerOverloaded))])
        #expect(
            scripts[1].steps == [
                .comment(text: nil, count: 3, every: .milliseconds(500)),
                .reasoning(ScriptedText("Let me think. ")),
                .text(ScriptedText("It is ")),
                .pause(.milliseconds(200)),
                .text(
                    ScriptedText(
                        "sunny in {{request.last_message}}",
                        chunk: .words,
                        every: .milliseconds(20),
                        jitter: .milliseconds(5)
                    )
                ),
                .toolCall(id: nil, name: "get_weather", arguments: ["location": "Paris"]),
                .error(ScriptedError(status: 502, type: .providerUnavailable)),
                .cut(.reset),
            ]
        )
    }

    @Test("Two files cannot have one name")
    func namesTaken() {
        let readings = ["a.yaml", "b.yaml", "c.yaml"].map { file in
            let name = file == "c.yaml" ? "other" : "same"
            return ScenarioReader.read(Array("name: \(name)\nrules:\n  - respond: pass\n".utf8), file: file)
        }
        let told = ScenarioReader.tellingOfNamesTaken(readings)
        #expect(told.map { $0.scenario?.name } == ["same", nil, "other"])
        #expect(
            told.flatMap(\.errors).map(\.description) == [
                "b.yaml:1:7: the name 'same' is taken by a.yaml; expected another one"
            ]
        )
    }

    @Test("A whole answer has the content type of its body unless it names one")
    func wholeAnswers() throws {
        let rows: [(String, [ScriptedField], [String])] = [
            ("{ status: 204 }", [], []),
            ("{ body: '' }", [], []),
            ("{ body: a }", [ScriptedField("Content-Type", "text/plain; charset=utf-8")], ["a"]),
            ("{ body: [1] }", [ScriptedField("Content-Type", "application/json")], ["[1]"]),
            ("{ body: [1], headers: { content-type: a/b } }", [ScriptedField("content-type", "a/b")], ["[1]"]),
            (
                "{ frames: [ { comment: 2 }, { pause: 1s }, { data: { a: 1 } }, { data: \"b\\nc\" }, { raw: d } ] }",
                [ScriptedField("Content-Type", "text/event-stream")],
                [
                    ": OPENROUTER PROCESSING\n\n", ": OPENROUTER PROCESSING\n\n", "data: {\"a\":1}\n\n",
                    "data: b\ndata: c\n\n", "d",
                ]
            ),
        ]
        for (yaml, fields, frames) in rows {
            let scenario = try Scenario.make("  - respond: \(yaml)")
            guard case .whole(let answer) = scenario.rules[0].responses[0] else {
                Issue.record("\(yaml) is no whole answer")
                continue
            }
            #expect(answer.hasHead)
            #expect(answer.fields == fields)
            #expect(answer.frames.map { String(buffer: $0.bytes) } == frames)
            #expect(answer.frames.map(\.gap).reduce(.zero, +) == (frames.count == 5 ? .seconds(1) : .zero))
        }
    }

    @Test("Raw bytes stand for head and body")
    func rawAnswer() throws {
        let scenario = try Scenario.make("  - respond: { raw: \"nonsense\\r\\n\", ending: reset }")
        guard case .whole(let answer) = scenario.rules[0].responses[0] else {
            Issue.record("no whole answer")
            return
        }
        #expect(!answer.hasHead)
        #expect(answer.ending == .reset)
        #expect(answer.frames == [Frame("nonsense\r\n")])
    }
}
