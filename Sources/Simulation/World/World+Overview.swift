package import OpenRouterAPI

/// What is in a world, for people who look at it.
extension World {
    /// The latest generations of all accounts, at most so many, from the newest to the oldest, each as
    /// `GET /generation` shows it.
    package func latestGenerations(_ count: Int) -> [JSON] {
        let (generations, keys) = withState { state in
            let generations = state.generations.latest(count)
            let labels = generations.map { state.platform.keys[$0.keyHash]?.label }
            return (generations, labels)
        }
        return zip(generations, keys).map { generation, label in
            var members = generation.members
            members.append("key", label.json)
            return .object(members)
        }
    }

    /// How many generations are known.
    package var generationCount: Int {
        withState { $0.generations.count }
    }

    /// The accounts with what they have and what they have spent, and their keys, in the order in which the first key of
    /// each was made; keys are told by label.
    package var accountOverviews: [JSON] {
        let (accounts, keys) = withState { ($0.platform.accounts, $0.platform.keys) }
        let time = CivilTime(microseconds: now)
        let keysByAccount = Dictionary(grouping: keys.values, by: \.accountID).mapValues { keys in
            keys.sorted { ($0.createdAt, $0.hash) < ($1.createdAt, $1.hash) }
        }
        return accounts.values.sorted { left, right in
            let first = { (account: Account) in keysByAccount[account.id]?.first?.createdAt ?? 0 }
            return (first(left), left.id) < (first(right), right.id)
        }
        .map { account in
            [
                "id": .string(account.id),
                "credits": account.credits.json,
                "spent": account.ledger.total.json,
                "remaining": (account.credits - account.ledger.total).json,
                "spent_today": account.ledger.spent(in: .daily, at: time).json,
                "spent_this_month": account.ledger.spent(in: .monthly, at: time).json,
                "keys": .array((keysByAccount[account.id] ?? []).map { $0.overview(at: time) }),
            ]
        }
    }
}

extension APIKey {
    fileprivate func overview(at time: CivilTime) -> JSON {
        [
            "label": .string(label),
            "name": .string(name),
            "kind": .string(kind.rawValue),
            "disabled": .bool(isDisabled),
            "spent": ledger.total.json,
            "limit": limit?.json ?? .null,
            "limit_remaining": limitRemaining(at: time)?.json ?? .null,
            "limit_reset": (limitReset?.rawValue).json,
            "expires_at": expiresAt.json,
            "last_used_at": lastUsedAt.json,
        ]
    }
}
