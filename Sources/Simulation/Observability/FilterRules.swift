internal import OpenRouterAPI

/// Which traces a destination gets (schema `ObservabilityFilterRulesConfig`).
struct FilterRules: Sendable, Codable {
    enum Logic: String, Sendable, Codable, CaseIterable {
        case and, or
    }

    /// What of a generation is looked at.
    enum Field: String, Sendable, Codable, CaseIterable {
        case model, provider
        case sessionID = "session_id"
        case userID = "user_id"
        case keyName = "api_key_name"
        case finishReason = "finish_reason"
        case input, output
        case totalCost = "total_cost"
        case totalTokens = "total_tokens"
        case promptTokens = "prompt_tokens"
        case completionTokens = "completion_tokens"
    }

    enum Operator: String, Sendable, Codable, CaseIterable {
        case equals
        case notEquals = "not_equals"
        case contains
        case notContains = "not_contains"
        case regex
        case startsWith = "starts_with"
        case endsWith = "ends_with"
        case gt, lt, gte, lte, exists
        case notExists = "not_exists"
    }

    enum Value: Sendable, Hashable, Codable {
        case text(String)
        case number(Double)
    }

    struct Rule: Sendable, Codable {
        let field: Field
        let comparison: Operator
        /// Nil where the comparison needs none.
        let value: Value?
    }

    struct Group: Sendable, Codable {
        let logic: Logic
        let rules: [Rule]
    }

    let isEnabled: Bool
    let groups: [Group]
}

// MARK: - Reading and showing

extension FilterRules {
    /// The numbers of groups and rules are ours; none are published.
    static let shape = ObjectShape(
        .optional("enabled", .bool),
        .required("groups", .array(of: .object(groupShape), count: 0...100))
    )

    private static let groupShape = ObjectShape(
        .optional("logic", .choice(of: Logic.self)),
        .required("rules", .array(of: .object(ruleShape), count: 0...100))
    )

    private static let ruleShape = ObjectShape(
        .required("field", .choice(of: Field.self)),
        .required("operator", .choice(of: Operator.self)),
        .optional("value", .either([.string(), .number()]))
    )

    /// Reads what has the declared shape.
    ///
    /// - Throws: ``APIError`` 400 for a regular expression that is none.
    init(reading value: JSONValue) throws(APIError) {
        isEnabled = value["enabled"]?.bool ?? true
        var groups: [Group] = []
        for (groupIndex, group) in (value["groups"].map { Array($0.elements) } ?? []).enumerated() {
            var rules: [Rule] = []
            for (index, rule) in (group["rules"].map { Array($0.elements) } ?? []).enumerated() {
                guard let field = Field(rawValue: rule["field"]?.string ?? ""),
                    let comparison = Operator(rawValue: rule["operator"]?.string ?? "")
                else { continue }
                let wanted = rule["value"].flatMap { $0.string.map(Value.text) ?? $0.double.map(Value.number) }
                if comparison == .regex, (try? Regex(wanted?.text ?? "")) == nil {
                    throw .invalidField(
                        "filter_rules.groups[\(groupIndex)].rules[\(index)].value",
                        expected: "a regular expression",
                        found: rule["value"]?.excerpt ?? "nothing"
                    )
                }
                rules.append(Rule(field: field, comparison: comparison, value: wanted))
            }
            groups.append(Group(logic: group["logic"]?.string.flatMap(Logic.init(rawValue:)) ?? .and, rules: rules))
        }
        self.groups = groups
    }

    var json: JSON {
        [
            "enabled": .bool(isEnabled),
            "groups": .array(
                groups.map { group in
                    ["logic": .string(group.logic.rawValue), "rules": .array(group.rules.map(\.json))]
                }
            ),
        ]
    }
}

extension FilterRules.Rule {
    fileprivate var json: JSON {
        var members: JSONObject = ["field": .string(field.rawValue), "operator": .string(comparison.rawValue)]
        switch value {
        case .text(let text): members.append("value", .string(text))
        case .number(let number): members.append("value", .number(number))
        case nil: break
        }
        return .object(members)
    }
}

extension FilterRules.Value {
    /// As text; a number as JSON has it.
    var text: String {
        switch self {
        case .text(let text): text
        case .number(let number): JSON.number(number).text
        }
    }

    /// As a number; nil for a text that is none.
    var number: Double? {
        switch self {
        case .text(let text): Double(text)
        case .number(let number): number
        }
    }
}
