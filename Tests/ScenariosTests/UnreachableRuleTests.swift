internal import Scenarios
internal import Testing
internal import YAMLDocuments

@Suite("Rules that are never reached")
struct UnreachableRuleTests {
    private func warnings(_ earlier: String, _ later: String) -> [String] {
        let file = "name: test\nrules:\n  - \(earlier)\n  - \(later)\n"
        let reading = ScenarioReader.read(Array(file.utf8), file: "test.yaml")
        #expect(reading.errors.isEmpty)
        return reading.warnings.map(\.description)
    }

    @Test(
        "A rule is told of when an earlier one takes all its requests",
        arguments: [
            ("{}", "{ model: a/* }"),
            ("{ endpoint: inference }", "{ endpoint: [chat, messages] }"),
            ("{ endpoint: chat }", "{ endpoint: /chat/completions }"),
            ("{ endpoint: /models/* }", "{ endpoint: /models/a/* }"),
            ("{ endpoint: any }", "{ endpoint: /anything }"),
            ("{ model: a/* }", "{ model: a/b, stream: true }"),
            ("{ model: 'a/*' }", "{ model: ['a/b*', a/c] }"),
            ("{ model: '*:free' }", "{ model: 'a*:free' }"),
            ("{ method: [GET, POST] }", "{ method: GET }"),
            ("{ last_message: { regex: a } }", "{ last_message: { regex: a }, call: 3 }"),
            ("{ headers: { x-a: b } }", "{ headers: { X-A: b, x-c: d } }"),
            ("{ json: { /a: 1 } }", "{ json: { /a: 1.0, /b: 2 } }"),
            ("{ state: { requires: started } }", "{ state: { requires: started } }"),
        ]
    )
    func hidden(earlier: String, later: String) {
        #expect(
            warnings("{ match: \(earlier), respond: pass }", "{ match: \(later), respond: pass }") == [
                "test.yaml:4:5: this rule is never reached: the rule in line 3 matches every request that it matches. "
                    + "Move it before that one, or limit that one with 'call', 'state' or 'then: next-rule'"
            ]
        )
    }

    @Test(
        "A rule that may be reached is not",
        arguments: [
            ("{ call: 1 }", "{}"),
            ("{ every: 2 }", "{}"),
            ("{ chance: 50% }", "{}"),
            ("{ state: { requires: started } }", "{}"),
            ("{ model: a/* }", "{}"),
            ("{ model: a/* }", "{ model: '*' }"),
            ("{ model: 'a*b' }", "{ model: 'a*' }"),
            ("{ endpoint: chat }", "{ endpoint: inference }"),
            ("{ endpoint: chat }", "{ endpoint: /chat/* }"),
            ("{ stream: true }", "{ stream: false }"),
            ("{ method: GET }", "{}"),
            ("{ last_message: a }", "{ last_message: { contains: a } }"),
            ("{ headers: { x-a: b } }", "{ headers: { x-a: c } }"),
            ("{ json: { /a: 1 } }", "{ json: { /a: 2 } }"),
        ]
    )
    func reachable(earlier: String, later: String) {
        #expect(warnings("{ match: \(earlier), respond: pass }", "{ match: \(later), respond: pass }") == [])
    }

    @Test("A rule that gives way when its responses are used up hides nothing")
    func nextRule() {
        #expect(warnings("{ respond: { text: a }, then: next-rule }", "{ respond: pass }") == [])
        #expect(warnings("{ respond: { text: a }, then: cycle }", "{ respond: pass }").count == 1)
    }

    @Test("An entry after 'any' is told of")
    func providers() {
        #expect(
            warnings(
                "{ match: { call: 1 }, respond: { providers: { any: { text: a }, last: { text: b } } } }",
                "{ respond: pass }"
            )
                == [
                    "test.yaml:3:69: 'last' is never reached: 'any' before it means every provider"
                ]
        )
    }
}
