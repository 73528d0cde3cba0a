internal import Scenarios
internal import Testing

@Suite("Scenario rules")
struct ScenarioRuleTests {
    @Test("The last response repeats unless a rule says something else")
    func exhaustion() {
        let rule = ScenarioRule(index: 0, line: 1, matcher: RequestMatcher())
        #expect(rule.exhausted == .repeatLast)
    }
}
