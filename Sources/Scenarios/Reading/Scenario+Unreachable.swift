internal import OpenRouterAPI
internal import YAMLDocuments

extension Scenario {
    /// A warning for each rule that an earlier one takes all requests from.
    func unreachableRules() -> [YAMLDocumentError] {
        rules.indices.compactMap { index in
            guard let earlier = rules[..<index].first(where: { $0.hides(rules[index]) }) else { return nil }
            return YAMLDocumentError(
                file: file,
                position: JSONPosition(line: rules[index].line, column: rules[index].column),
                message: "this rule is never reached: the rule in line \(earlier.line) matches every request that it "
                    + "matches. Move it before that one, or limit that one with 'call', 'state' or 'then: next-rule'"
            )
        }
    }
}

extension ScenarioRule {
    /// Whether another rule, coming later, never gets a request.
    fileprivate func hides(_ other: ScenarioRule) -> Bool {
        guard requiredState == nil || requiredState == other.requiredState else { return false }
        guard exhausted != .nextRule || responses.isEmpty else { return false }
        return matcher.covers(other.matcher)
    }
}
