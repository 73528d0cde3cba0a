internal import OpenRouterAPI

/// The guardrails that count for a call, as they are when it comes; for most calls there are none.
struct GuardrailPolicy: Sendable {
    /// Why a guardrail counts.
    enum Scope: String, Sendable {
        case workspaceDefault = "workspace"
        case member
        /// As in the schema's example of a blocked request.
        case key = "api-key"
    }

    struct Layer: Sendable {
        let guardrail: Guardrail
        let scope: Scope
    }

    static let none = GuardrailPolicy(layers: [], memberSpending: Ledger())

    /// In the order in which they are checked.
    let layers: [Layer]

    /// What all keys of the key's creator have spent.
    let memberSpending: Ledger

    var isEmpty: Bool { layers.isEmpty }

    /// What the guardrails say about who may serve; all of them have to admit an endpoint.
    var restrictions: [RouteRestriction] {
        layers.compactMap { RouteRestriction($0.guardrail) }
    }

    /// Whether requests are searched for what they must not say.
    var screensContent: Bool {
        layers.contains {
            $0.guardrail.contentFilters?.isEmpty == false || $0.guardrail.builtinFilters?.isEmpty == false
        }
    }
}

// MARK: - Budgets

extension GuardrailPolicy {
    /// The limits of guardrails, in the order in which they are checked.
    ///
    /// They are a key's or a member's own, and not shared by all who have the same guardrail; the workspace's default one
    /// limits both (guide "Spend controls", October 2026).
    func budgets(of key: APIKey, at time: CivilTime) -> [KeyBudget] {
        layers.flatMap { layer -> [KeyBudget] in
            let guardrail = layer.guardrail
            guard let limit = guardrail.limit else { return [] }
            let scopes: [(KeyBudget.GuardrailScope, Ledger)] =
                switch layer.scope {
                case .workspaceDefault:
                    [(.workspaceDefaultMember, memberSpending), (.workspaceDefaultKey, key.ledger)]
                case .member: [(.member, memberSpending)]
                case .key: [(.key, key.ledger)]
                }
            return scopes.map { scope, ledger in
                KeyBudget(
                    scope: .guardrail(scope, id: guardrail.id),
                    limit: limit,
                    spent: ledger.spent(
                        in: guardrail.resetInterval,
                        at: time,
                        includingBYOK: guardrail.includesBYOKInLimit
                    ),
                    interval: guardrail.resetInterval,
                    includesBYOK: guardrail.includesBYOKInLimit
                )
            }
        }
    }
}
