internal import OpenRouterAPI

/// A limit that requests with a key are checked against (`KeyBudget` of openrouter-python 1.3.84).
struct KeyBudget: Sendable {
    /// Whose limit it is.
    enum Scope: Sendable {
        case guardrail(GuardrailScope, id: String)
        case workspace(WorkspaceBudget)
        case keyLimit
    }

    /// What a guardrail limits, as in schema `KeyBudgetScope`.
    enum GuardrailScope: String, Sendable {
        case workspaceDefaultMember = "workspace_default_member"
        case workspaceDefaultKey = "workspace_default_key"
        case member
        case key = "api_key"
    }

    let scope: Scope
    let limit: USD
    /// In the current window.
    let spent: USD
    /// Nil for one that never starts anew.
    let interval: ResetInterval?
    let includesBYOK: Bool

    /// Below zero where the last request went beyond the limit.
    var remaining: USD { limit - spent }
    var isSpent: Bool { remaining <= .zero }
}

extension Caller {
    /// Every limit on the caller's requests, in the order in which they are checked: guardrails, then the workspace's
    /// budgets, then the key's own limit.
    func budgets(at time: CivilTime) -> [KeyBudget] {
        var budgets = guardrails.budgets(of: key, at: time)
        for budget in workspace.budgets {
            budgets.append(
                KeyBudget(
                    scope: .workspace(budget),
                    limit: budget.limit,
                    spent: workspace.spent(in: budget, at: time),
                    interval: budget.interval.reset,
                    includesBYOK: workspace.includesBYOKInBudgets
                )
            )
        }
        if let limit = key.limit {
            budgets.append(
                KeyBudget(
                    scope: .keyLimit,
                    limit: limit,
                    spent: key.spentInLimit(at: time),
                    interval: key.limitReset,
                    includesBYOK: key.includesBYOKInLimit
                )
            )
        }
        return budgets
    }
}

extension Collection<KeyBudget> {
    /// The limit that stops requests first: the first one that is spent, otherwise the one with least left.
    var effective: KeyBudget? {
        first(where: \.isSpent) ?? self.min { $0.remaining < $1.remaining }
    }
}

extension KeyBudget {
    /// What a request is told that comes once the limit is used up; the status at the key's own limit is a setting.
    func exceeded(keyLimitStatus: Int) -> APIError {
        switch scope {
        case .guardrail(let scope, let id):
            .guardrailBudgetExceeded(
                interval: interval?.rawValue,
                limit: limit,
                spent: spent,
                scope: scope.rawValue,
                guardrailID: id
            )
        case .workspace(let budget):
            .workspaceBudgetExceeded(interval: budget.interval.rawValue, limit: limit)
        case .keyLimit:
            .keyLimitExceeded(window: interval?.rawValue ?? "total", status: keyLimitStatus)
        }
    }

    /// As `GET /key` shows it.
    func json(at time: CivilTime) -> JSON {
        let (name, budgetID, guardrailID): (String, String?, String?) =
            switch scope {
            case .guardrail(let scope, let id): (scope.rawValue, nil, id)
            case .workspace(let budget): ("workspace", budget.id, nil)
            case .keyLimit: ("key_limit", nil, nil)
            }
        return [
            "scope": .string(name),
            "budget_id": budgetID.json,
            "guardrail_id": guardrailID.json,
            "limit_usd": limit.json,
            "spend_usd": spent.json,
            "remaining_usd": remaining.json,
            "reset_interval": (interval?.rawValue).json,
            "resets_at": (interval?.end(at: time)).json,
            "include_byok": .bool(includesBYOK),
        ]
    }
}
