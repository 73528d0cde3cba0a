extension FilterRules {
    /// Whether a generation passes: all groups have to hold, each by its own logic.
    ///
    /// - Parameter value: a field's value; nil where the generation has none.
    /// - Returns: true without rules.
    func admit(_ value: (Field) -> Value?) -> Bool {
        !isEnabled || groups.allSatisfy { $0.holds(value) }
    }
}

extension FilterRules.Group {
    /// A group without rules holds.
    fileprivate func holds(_ value: (FilterRules.Field) -> FilterRules.Value?) -> Bool {
        switch logic {
        case .and: rules.allSatisfy { $0.holds(for: value($0.field)) }
        case .or: rules.isEmpty || rules.contains { $0.holds(for: value($0.field)) }
        }
    }
}

extension FilterRules.Rule {
    /// What a generation does not have neither equals nor contains anything.
    func holds(for found: FilterRules.Value?) -> Bool {
        guard let found else { return [.notExists, .notEquals, .notContains].contains(comparison) }
        let wanted = value?.text ?? ""
        switch comparison {
        case .exists: return true
        case .notExists: return false
        case .equals: return equals(found)
        case .notEquals: return !equals(found)
        case .contains: return found.text.contains(wanted)
        case .notContains: return !found.text.contains(wanted)
        case .regex: return (try? Regex(wanted)).map { found.text.contains($0) } ?? false
        case .startsWith: return found.text.hasPrefix(wanted)
        case .endsWith: return found.text.hasSuffix(wanted)
        case .gt: return compares(found, by: >)
        case .lt: return compares(found, by: <)
        case .gte: return compares(found, by: >=)
        case .lte: return compares(found, by: <=)
        }
    }

    /// Numbers by their value, however written.
    private func equals(_ found: FilterRules.Value) -> Bool {
        if let left = found.number, let right = value?.number { return left == right }
        return found.text == value?.text
    }

    /// Only numbers are more or less.
    private func compares(_ found: FilterRules.Value, by holds: (Double, Double) -> Bool) -> Bool {
        guard let left = found.number, let right = value?.number else { return false }
        return holds(left, right)
    }
}
