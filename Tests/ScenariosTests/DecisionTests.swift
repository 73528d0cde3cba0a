internal import HTTPTypes
internal import OpenRouterAPI
internal import Scenarios
internal import Tapes
internal import Testing

@Suite("Decisions of a scenario")
struct DecisionTests {
    /// A world that plays one scenario; what it answers as one word.
    struct Conversation {
        let scenario: Scenario
        var progress = ScenarioProgress()
        var generator = SeededGenerator(seed: 7)

        init(_ rules: String) throws {
            scenario = try Scenario.make(rules)
        }

        mutating func ask(_ model: String = "a/b") -> String {
            let request = ScenarioRequest.make(#"{"model":"\#(model)"}"#)
            guard let decision = scenario.decision(for: request, progress: &progress, generator: &generator) else {
                return "-"
            }
            if decision.failure != nil { return "failure" }
            switch decision.response {
            case .steps(let steps):
                guard case .text(let text)? = steps.first else { return "steps" }
                return text.value
            case .error(let error): return "\(error.status ?? 0)"
            case .pass: return "pass"
            case .whole: return "whole"
            case .providers: return "providers"
            }
        }

        mutating func ask(times: Int) -> [String] {
            (0..<times).map { _ in ask() }
        }
    }

    @Test("The first rule that matches decides, in the order of the file")
    func firstWins() throws {
        var world = try Conversation(
            """
              - match: { model: a/* }
                respond: { text: first }
              - respond: { text: second }
            """
        )
        #expect(world.ask("a/b") == "first")
        #expect(world.ask("c/d") == "second")
    }

    @Test(
        "After the last response comes what 'then' says",
        arguments: [
            ("repeat-last", ["1", "2", "2", "2"]),
            ("cycle", ["1", "2", "1", "2"]),
            ("next-rule", ["1", "2", "next", "next"]),
            ("fail", ["1", "2", "failure", "failure"]),
        ]
    )
    func exhaustion(then: String, expected: [String]) throws {
        var world = try Conversation(
            """
              - respond: [ { text: '1' }, { text: '2' } ]
                then: \(then)
              - match: { every: 1 }
                respond: { text: next }
            """
        )
        #expect(world.ask(times: 4) == expected)
    }

    @Test("A failure says which rule, why, and what to do")
    func failure() throws {
        let scenario = try Scenario.make("  - respond: { text: a }\n    then: fail")
        var progress = ScenarioProgress()
        var generator = SeededGenerator(seed: 0)
        _ = scenario.decision(for: .make(), progress: &progress, generator: &generator)
        let decision = try #require(scenario.decision(for: .make(), progress: &progress, generator: &generator))
        #expect(
            decision.failure
                == "test.yaml:3: the rule's one response was used by earlier calls, and it says 'then: fail'. "
                + "Add responses, or say 'then: repeat-last', 'cycle' or 'next-rule'."
        )
    }

    @Test("Calls are counted whoever answers them")
    func calls() throws {
        var world = try Conversation(
            """
              - match: { call: 1 }
                respond: { text: one }
              - match: { call: 2..3 }
                respond: [ { text: two }, { text: three } ]
              - match: { call: 5.. }
                respond: { text: later }
            """
        )
        // The second rule's first response goes to the second call: which one a rule takes and how often are two counts.
        #expect(world.ask(times: 6) == ["one", "two", "three", "-", "later", "later"])
    }

    @Test("Only what matches otherwise is counted")
    func countedCalls() throws {
        var world = try Conversation("  - match: { model: a/*, call: 2 }\n    respond: { text: second }")
        #expect([world.ask("c/d"), world.ask("a/b"), world.ask("c/d"), world.ask("a/b")] == ["-", "-", "-", "second"])
    }

    @Test("Every so-many-th call")
    func every() throws {
        var world = try Conversation(
            "  - match: { every: 3 }\n    respond: { error: { status: 500 } }\n  - respond: { text: fine }"
        )
        #expect(world.ask(times: 7) == ["fine", "fine", "500", "fine", "fine", "500", "fine"])
    }

    @Test("Chance follows the seed")
    func chance() throws {
        let rules = "  - match: { chance: 25% }\n    respond: { text: hit }\n  - respond: pass"
        var world = try Conversation(rules)
        let run = world.ask(times: 400)
        var again = try Conversation(rules)
        #expect(again.ask(times: 400) == run)
        #expect((70...130).contains(run.count { $0 == "hit" }))
        var other = try Conversation(rules)
        other.generator = SeededGenerator(seed: 8)
        #expect(other.ask(times: 400) != run)
    }

    @Test("A chance of none never hits, one of all always does")
    func certainty() throws {
        var never = try Conversation("  - match: { chance: 0% }\n    respond: { text: hit }")
        var always = try Conversation("  - match: { chance: 100% }\n    respond: { text: hit }")
        #expect(never.ask(times: 50).allSatisfy { $0 == "-" })
        #expect(always.ask(times: 50).allSatisfy { $0 == "hit" })
    }

    @Test("Rules move a scenario from state to state")
    func states() throws {
        var world = try Conversation(
            """
              - match: { model: a/login }
                state: { requires: started, becomes: signed-in }
                respond: { text: welcome }
              - match: { model: a/work, state: { requires: signed-in } }
                respond: { text: working }
              - match: { model: a/logout }
                state: { requires: signed-in, becomes: started }
                respond: { text: bye }
              - respond: { error: { status: 401 } }
            """
        )
        let models = ["a/work", "a/login", "a/login", "a/work", "a/logout", "a/work"]
        #expect(models.map { world.ask($0) } == ["401", "welcome", "401", "working", "bye", "401"])
    }

    @Test("A rule with faults only lets whoever answers anyway answer")
    func pass() throws {
        var world = try Conversation("  - respond: [ pass, { text: second } ]")
        #expect(world.ask(times: 2) == ["pass", "second"])
    }

    @Test("Two worlds do not share progress")
    func isolation() throws {
        var first = try Conversation("  - respond: [ { text: '1' }, { text: '2' } ]")
        var second = first
        #expect([first.ask(), first.ask(), second.ask()] == ["1", "2", "1"])
    }
}
