package import Tapes

extension Scenario {
    /// Asks the rules, in order; the first that matches decides.
    ///
    /// - Parameters:
    ///   - request: what came.
    ///   - progress: of the world; changed by what is counted, and by the state that comes into force.
    ///   - generator: for chances, and for what templates make up.
    /// - Returns: nil when no rule matches.
    package func decision(
        for request: ScenarioRequest,
        progress: inout ScenarioProgress,
        generator: inout SeededGenerator
    ) -> ScenarioDecision? {
        let facts = RequestFacts(request)
        let state = progress.states[name] ?? ScenarioProgress.firstState
        var decision: ScenarioDecision?
        for rule in rules {
            // A rule that says which call counts calls that an earlier rule takes too: the third request is the third
            // request, whoever answers the first two.
            guard decision == nil || rule.matcher.countsCalls else { continue }
            guard rule.requiredState == nil || rule.requiredState == state, rule.matcher.matches(facts) else {
                continue
            }
            let key = "\(name)#\(rule.index)"
            let call = (progress.calls[key] ?? 0) + 1
            progress.calls[key] = call
            guard decision == nil, rule.matcher.takes(call: call) else { continue }
            let used = progress.uses[key] ?? 0
            if rule.exhausted == .nextRule, !rule.responses.isEmpty, used >= rule.responses.count { continue }
            if let chance = rule.matcher.chance, generator.fraction() >= chance { continue }
            progress.uses[key] = used + 1
            if let next = rule.nextState { progress.states[name] = next }
            var context = TemplateContext(facts: facts, call: call, generator: generator)
            decision = rule.decision(of: self, use: used, &context)
            generator = context.generator
        }
        return decision
    }
}

extension ScenarioRule {
    /// - Parameters:
    ///   - scenario: whose rule it is.
    ///   - use: how often the rule has decided before.
    ///   - context: fills in templates.
    /// - Returns: the response whose turn it is.
    fileprivate func decision(
        of scenario: Scenario,
        use: Int,
        _ context: inout TemplateContext
    ) -> ScenarioDecision {
        var decision = ScenarioDecision(
            scenario: scenario.name,
            file: scenario.file,
            line: line,
            response: .pass,
            faults: faults
        )
        guard !responses.isEmpty else { return decision }
        if use >= responses.count, exhausted == .fail {
            let count = responses.count == 1 ? "one response was" : "\(responses.count) responses were"
            decision.failure =
                "\(scenario.file):\(line): the rule's \(count) used by earlier calls, and it says 'then: fail'. "
                + "Add responses, or say 'then: repeat-last', 'cycle' or 'next-rule'."
            return decision
        }
        let index = exhausted == .cycle ? use % responses.count : min(use, responses.count - 1)
        decision.response = context.fill(responses[index])
        return decision
    }
}
