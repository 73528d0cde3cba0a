internal import Scenarios
internal import TestSupport
internal import Testing
internal import YAMLDocuments

/// Each file is `Snapshots/<name>.txt`: what is wrong in it, as it is told, and the file with line numbers.
@Suite("Errors of scenario files")
struct WrongFileTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var file: String

        var testDescription: String { name }
    }

    @Test("All that is wrong is told at once, with its place, the word meant and the valid ones", arguments: rows)
    func wrong(row: Row) throws {
        let reading = ScenarioReader.read(Array(row.file.utf8), file: "wrong.yaml")
        #expect(reading.scenario == nil)
        #expect(!reading.errors.isEmpty)
        let lines = row.file.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .map { "\($0 + 1) | \($1)" }
        let errors = reading.errors.map(\.description).joined(separator: "\n")
        try expectSnapshot("\(errors)\n\n\(lines.joined(separator: "\n"))\n", "\(row.name).txt")
    }

    @Test("The error that is thrown has a line for each of them")
    func thrown() throws {
        let file = "name: A B\nrules: []\n"
        #expect {
            try Scenario(reading: Array(file.utf8), file: "wrong.yaml")
        } throws: { error in
            "\(error)".split(separator: "\n").count == 2
        }
    }

    /// A file with one rule, of these lines.
    private static func rule(_ name: String, _ lines: String) -> Row {
        let indented = lines.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .map { $0 == 0 ? "  - \($1)" : "    \($1)" }
        return Row(name: name, file: "name: wrong\nrules:\n" + indented.joined(separator: "\n"))
    }

    static let rows: [Row] = [
        Row(name: "empty-file", file: ""),
        Row(name: "no-yaml", file: "name: wrong\nrules: [\n"),
        Row(name: "a-list", file: "- name: wrong\n"),
        Row(name: "missing-keys", file: "description: Nothing else\n"),
        Row(name: "empty-rules", file: "name: wrong\nrules: []\n"),
        Row(name: "unknown-top-key", file: "name: wrong\nrule:\n  - respond: pass\n"),
        Row(name: "bad-name", file: "name: My Scenario!\nrules:\n  - respond: pass\n"),
        Row(name: "key-twice", file: "name: wrong\nname: again\nrules:\n  - respond: pass\n"),
        rule("rule-without-effect", "match: { model: openai/gpt-4o }"),
        rule("empty-rule", "{}"),
        rule("unknown-rule-key", "responds: { text: Hello }"),
        rule("unknown-match-key", "match: { models: openai/*, streams: true }\nrespond: pass"),
        rule("unknown-endpoint", "match: { endpoint: [chats, inferrence, chat] }\nrespond: pass"),
        rule("bad-method", "match: { method: [post, FETCH] }\nrespond: pass"),
        rule("wrong-kinds", "match: { stream: 1, model: 4, last_message: [a] }\nrespond: { text: 5 }"),
        rule("bad-regex", "match: { last_message: { regex: '[a-' } }\nrespond: pass"),
        rule("unknown-matcher", "match: { last_message: { contain: weather } }\nrespond: pass"),
        rule("absent-and-exact", "match: { headers: { x-title: { present: false, exact: a } } }\nrespond: pass"),
        rule("bad-header-name", "match: { headers: { 'x title': a } }\nrespond: pass"),
        rule("bad-pointer", "match: { json: { tools/0: a, '/~2': b } }\nrespond: pass"),
        rule("bad-calls", "match: { call: 3..1 }\nrespond: pass"),
        rule("zero-call", "match: { call: 0, every: -5 }\nrespond: pass"),
        rule("bad-chance", "match: { chance: 110% }\nrespond: pass"),
        rule("unknown-then", "respond: { text: Hello }\nthen: repeat"),
        rule("then-without-respond", "faults: []\nthen: cycle"),
        rule("unknown-response", "respond: [{ eror: { status: 500 } }, { text: Hello }]"),
        rule("two-responses-in-one", "respond: { text: Hello, refusal: No, error: { status: 500 } }"),
        rule("error-out-of-range", "respond: { error: { status: 200, type: rate_limited } }"),
        rule("fractional-retry-after", "respond: { error: { status: 429, retry_after: 1500ms } }"),
        rule("bad-durations", "respond: { steps: [ { pause: 200 }, { pause: 2 s }, { pause: 5min } ] }"),
        rule("unknown-step", "respond:\n  steps:\n    - txt: Hello\n    - toolcall: { name: a }"),
        rule("two-keys-in-a-step", "respond:\n  steps:\n    - text: Hello\n      pause: 1s"),
        rule("step-after-cut", "respond:\n  steps:\n    - text: Hello\n    - cut: reset\n    - text: again"),
        rule(
            "words-after-error",
            "respond:\n  steps:\n    - error: { status: 502 }\n    - text: again\n    - cut: reset"
        ),
        rule("words-after-finish", "respond:\n  steps:\n    - finish: stop\n    - text: again"),
        rule("unknown-ending", "respond:\n  steps:\n    - text: a\n    - cut: rset"),
        rule("long-jitter", "respond: { text: { value: a, every: 5ms, jitter: 1s } }"),
        rule("text-without-value", "respond: { text: { chunk: word } }"),
        rule("tool-arguments-as-text", "respond: { tool_call: { arguments: '{}' } }"),
        rule("unknown-variable", "respond: { text: '{{request.modle}} {{request.json.user}} {{call' }"),
        rule("variable-in-arguments", "respond: { tool_call: { name: a, arguments: { city: '{{city}}' } } }"),
        rule("bodies-together", "respond: { status: 200, body: a, frames: [ { data: b } ], raw: c }"),
        rule("pause-at-the-end", "respond: { frames: [ { data: a }, { pause: 1s } ] }"),
        rule("misspelled-position", "respond: { providers: { frist: { text: a } } }"),
        rule("empty-providers", "respond: { providers: {} }"),
        rule("parts-larger-than-whole", "respond: { steps: [ { usage: { prompt_tokens: 5, cached_tokens: 6 } } ] }"),
        rule("state-twice", "match: { state: { requires: started } }\nstate: { becomes: done }\nrespond: pass"),
        rule("unknown-state", "state: { requires: startd }\nrespond: pass"),
        Row(
            name: "many-at-once",
            file: """
                name: Many
                descriptions: none
                rules:
                  - match: { endpoint: chatt, chance: often }
                    respond:
                      - error: { status: 1000 }
                      - steps:
                          - comment: 0
                          - text: { value: "{{nothing}}", chunk: letters }
                          - cut: now
                  - respond: nothing
                """
        ),
    ]
}
