internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Scenarios
internal import Tapes
internal import Testing

@Suite("Templates")
struct TemplateTests {
    private static let request = ScenarioRequest.make(
        #"{"model":"a/b","n":2.50,"messages":[{"content":"Hello"}],"user":"ann"}"#,
        fields: .titled,
        milliseconds: 1_785_401_122_345
    )

    private func response(_ yaml: String) throws -> ScriptedResponse {
        let scenario = try Scenario.make("  - respond: \(yaml)")
        var progress = ScenarioProgress()
        var generator = SeededGenerator(seed: 3)
        let decision = scenario.decision(for: Self.request, progress: &progress, generator: &generator)
        return try #require(decision).response
    }

    @Test(
        "Variables are filled in",
        arguments: [
            ("{{request.model}}", "a/b"),
            ("<{{ request.last_message }}>", "<Hello>"),
            (
                "{{request.json./user}} {{request.json./n}} {{request.json./messages/0}}",
                #"ann 2.50 {"content":"Hello"}"#
            ),
            ("{{request.json./absent}}|", "|"),
            ("{{request.method}} {{request.path}}", "POST /api/v1/chat/completions"),
            ("{{request.header.x-title}}", "My App"),
            ("{{call}}", "1"),
            ("{{clock.seconds}} {{clock.milliseconds}}", "1785401122 1785401122345"),
            ("{{clock.next_minute}} {{clock.next_midnight}}", "1785401160000 1785456000000"),
            (#"\{{call}} {{call}}"#, "{{call}} 1"),
            ("{ {call} }", "{ {call} }"),
        ]
    )
    func variables(template: String, expected: String) throws {
        guard case .steps(let steps) = try response("{ text: '\(template)' }") else {
            Issue.record("no steps")
            return
        }
        #expect(steps == [.text(ScriptedText(expected))])
    }

    @Test("What is made up follows the seed, and differs from place to place")
    func seeded() throws {
        guard
            case .steps(let steps) = try response(
                "{ steps: [ { raw: '{{seeded.uuid}}' }, { raw: '{{seeded.uuid}}' } ] }"
            ),
            case .raw(let first) = steps[0], case .raw(let second) = steps[1]
        else {
            Issue.record("no bytes")
            return
        }
        #expect(first.count == 36)
        #expect(first != second)
        var generator = SeededGenerator(seed: 3)
        #expect(first == generator.uuid())
    }

    @Test("Arguments of tools, errors, bodies and header fields are filled in too")
    func places() throws {
        if case .steps(let steps) = try response("{ tool_call: { name: f, arguments: { a: ['{{call}}'], b: 1 } } }") {
            #expect(steps == [.toolCall(id: nil, name: "f", arguments: ["a": ["1"], "b": 1])])
        } else {
            Issue.record("no steps")
        }
        if case .error(let error) = try response(
            "{ error: { status: 404, message: 'No {{request.model}}', metadata: { m: '{{call}}' }, headers: { x-a: '{{call}}' } } }"
        ) {
            #expect(error.message == "No a/b")
            #expect(error.metadata == ["m": "1"])
            #expect(error.fields == [ScriptedField("x-a", "1")])
        } else {
            Issue.record("no error")
        }
        if case .whole(let answer) = try response(
            "{ body: { model: '{{request.model}}' }, headers: { x-a: '{{call}}' } }"
        ) {
            #expect(answer.frames.map { String(buffer: $0.bytes) } == [#"{"model":"a/b"}"#])
            #expect(answer.fields == [ScriptedField("Content-Type", "application/json"), ScriptedField("x-a", "1")])
        } else {
            Issue.record("no whole answer")
        }
    }
}
