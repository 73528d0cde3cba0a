internal import Faults
package import OpenRouterAPI

extension Scenario {
    /// For lists.
    package var summary: JSON {
        [
            "name": .string(name), "description": .string(description), "file": .string(file),
            "rules": .integer(rules.count),
        ]
    }

    /// With its rules and its text.
    package var json: JSON {
        let rules = rules.map { rule -> JSON in
            [
                "line": .integer(rule.line), "responses": .integer(rule.responses.count),
                "then": .string(rule.exhausted.rawValue),
                "faults": .array(rule.faults.map { .string(type(of: $0).name) }),
                "requires": rule.requiredState.map { .string($0) } ?? .null,
                "becomes": rule.nextState.map { .string($0) } ?? .null,
            ]
        }
        return [
            "name": .string(name), "description": .string(description), "file": .string(file), "rules": .array(rules),
            "source": .string(source),
        ]
    }
}
