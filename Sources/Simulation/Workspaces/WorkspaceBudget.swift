package import OpenRouterAPI

/// What the keys of a workspace may spend together in a day, a week, a month, or ever (schema `WorkspaceBudget`).
package struct WorkspaceBudget: Sendable, Codable {
    /// From the narrowest to the widest.
    package enum Interval: String, Sendable, Codable, CaseIterable {
        case daily, weekly, monthly
        /// Never starts anew.
        case lifetime
    }

    /// A UUID.
    package let id: String
    package let interval: Interval
    package var limit: USD
    /// Microseconds since 1970, as ``updatedAt``.
    package let createdAt: Int64
    package var updatedAt: Int64
}

extension WorkspaceBudget.Interval {
    var reset: ResetInterval? { ResetInterval(rawValue: rawValue) }

    fileprivate var width: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension Workspace {
    func budget(for interval: WorkspaceBudget.Interval) -> WorkspaceBudget? {
        budgets.first { $0.interval == interval }
    }

    /// What counts against a budget, in its current window.
    func spent(in budget: WorkspaceBudget, at time: CivilTime) -> USD {
        ledger.spent(in: budget.interval.reset, at: time, includingBYOK: includesBYOKInBudgets)
    }

    /// Sets the budget of an interval.
    ///
    /// - Parameters:
    ///   - limit: more than zero.
    ///   - interval: whose budget is changed, or made.
    ///   - identifiers: give a new budget its id.
    ///   - now: microseconds since 1970.
    /// - Returns: the budget.
    /// - Throws: ``APIError`` 400 where a narrower interval would have as much as a wider one, or more.
    mutating func setBudget(
        _ limit: USD,
        for interval: WorkspaceBudget.Interval,
        identifiers: inout IdentifierSource,
        at now: Int64
    ) throws(APIError) -> WorkspaceBudget {
        for other in budgets where other.interval != interval {
            let isWider = other.interval.width > interval.width
            guard isWider ? limit < other.limit : limit > other.limit else {
                throw .invalidField(
                    "limit_usd",
                    expected: "\(isWider ? "less" : "more") than the \(other.interval.rawValue) budget of "
                        + "$\(other.limit.decimalText) (lifetime > monthly > weekly > daily)",
                    found: limit.json.text
                )
            }
        }
        var budget =
            self.budget(for: interval)
            ?? WorkspaceBudget(
                id: identifiers.uuid(),
                interval: interval,
                limit: limit,
                createdAt: now,
                updatedAt: now
            )
        budget.limit = limit
        budget.updatedAt = now
        budgets = budgets.filter { $0.interval != interval } + [budget]
        budgets.sort { $0.interval.width < $1.interval.width }
        return budget
    }
}
