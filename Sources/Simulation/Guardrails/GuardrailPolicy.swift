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
    /// A guardrail's limit, and what counts against it.
    ///
    /// Budgets are a key's or a member's own, and not shared by all who have the same guardrail; the workspace's default
    /// one limits both (guide "Spend controls", October 2026).
    struct Budget: Sendable {
        /// As in schema `KeyBudgetScope`.
        enum Scope: String, Sendable {
            case workspaceDefaultMember = "workspace_default_member"
            case workspaceDefaultKey = "workspace_default_key"
            case member
            case key = "api_key"
        }

        let scope: Scope
        let guardrail: Guardrail
        let limit: USD
        let spent: USD
    }

    /// In the order in which they are checked.
    func budgets(of key: APIKey, at time: CivilTime) -> [Budget] {
        layers.flatMap { layer -> [Budget] in
            let guardrail = layer.guardrail
            guard let limit = guardrail.limit else { return [] }
            let scopes: [(Budget.Scope, Ledger)] =
                switch layer.scope {
                case .workspaceDefault:
                    [(.workspaceDefaultMember, memberSpending), (.workspaceDefaultKey, key.ledger)]
                case .member: [(.member, memberSpending)]
                case .key: [(.key, key.ledger)]
                }
            return scopes.map { scope, ledger in
                let spent = ledger.spent(
                    in: guardrail.resetInterval,
                    at: time,
                    includingBYOK: guardrail.includesBYOKInLimit
                )
                return Budget(scope: scope, guardrail: guardrail, limit: limit, spent: spent)
            }
        }
    }

    /// - Parameters:
    ///   - key: the key that calls.
    ///   - time: when.
    /// - Throws: ``APIError`` 403 at the first budget that is used up.
    func checkBudgets(of key: APIKey, at time: CivilTime) throws(APIError) {
        guard !layers.isEmpty else { return }
        for budget in budgets(of: key, at: time) where budget.spent >= budget.limit {
            throw .guardrailBudgetExceeded(
                interval: budget.guardrail.resetInterval?.rawValue,
                limit: budget.limit,
                spent: budget.spent,
                scope: budget.scope.rawValue,
                guardrailID: budget.guardrail.id
            )
        }
    }
}
