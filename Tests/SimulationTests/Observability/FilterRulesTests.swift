internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Filter rules")
struct FilterRulesTests {
    @Test(
        "A rule compares as its operator says",
        arguments: [
            (.equals, .text("a"), .text("a"), true), (.equals, .text("a"), .text("b"), false),
            (.equals, .number(1), .text("1.0"), true), (.notEquals, .text("a"), .text("b"), true),
            (.notEquals, nil, .text("b"), true), (.equals, nil, .text("b"), false),
            (.contains, .text("weather"), .text("eat"), true), (.notContains, .text("weather"), .text("eat"), false),
            (.notContains, nil, .text("eat"), true), (.regex, .text("gpt-4o-mini"), .text("^gpt-[0-9]"), true),
            (.regex, .text("claude"), .text("^gpt"), false), (.startsWith, .text("openai/x"), .text("openai/"), true),
            (.endsWith, .text("x:free"), .text(":free"), true), (.gt, .number(2), .number(1), true),
            (.gt, .number(1), .number(1), false), (.gte, .number(1), .text("1"), true),
            (.lt, .number(1), .number(2), true), (.lte, .number(3), .number(2), false),
            (.gt, .text("b"), .text("a"), false), (.exists, .text(""), nil, true), (.exists, nil, nil, false),
            (.notExists, nil, nil, true), (.notExists, .number(0), nil, false), (.gt, .number(1), nil, false),
        ] as [(FilterRules.Operator, FilterRules.Value?, FilterRules.Value?, Bool)]
    )
    func operators(comparison: FilterRules.Operator, found: FilterRules.Value?, wanted: FilterRules.Value?, holds: Bool)
    {
        #expect(FilterRules.Rule(field: .model, comparison: comparison, value: wanted).holds(for: found) == holds)
    }

    @Test(
        "Groups have to hold all, each by its own logic",
        arguments: [
            (#"{"groups":[]}"#, true), (#"{"groups":[{"rules":[]}]}"#, true),
            (#"{"groups":[{"logic":"or","rules":[]}]}"#, true),
            (#"{"groups":[{"rules":[MODEL,COST]}]}"#, false),
            (#"{"groups":[{"logic":"or","rules":[MODEL,COST]}]}"#, true),
            (#"{"groups":[{"rules":[MODEL]},{"rules":[COST]}]}"#, false),
            (#"{"enabled":false,"groups":[{"rules":[COST]}]}"#, true),
        ]
    )
    func groups(text: String, isAdmitted: Bool) throws {
        let text = text.replacing("MODEL", with: #"{"field":"model","operator":"equals","value":"a/b"}"#)
            .replacing("COST", with: #"{"field":"total_cost","operator":"gt","value":1}"#)
        let rules = try FilterRules(reading: try JSONDocument(parsing: text.utf8).root)
        #expect(rules.admit { $0 == .model ? .text("a/b") : .number(1) } == isAdmitted)
    }
}
