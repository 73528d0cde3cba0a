package import OpenRouterAPI

/// What a key, a workspace or an account has spent, by day, so that daily, weekly and monthly sums always agree with
/// the total.
package struct Ledger: Sendable, Hashable, Codable {
    /// Amounts of one day, or of all.
    private struct Sums: Sendable, Hashable, Codable {
        /// Credits.
        var credits = USD.zero
        /// What providers charge to the account's own provider keys.
        var byok = USD.zero

        static func += (left: inout Sums, right: Sums) {
            left.credits += right.credits
            left.byok += right.byok
        }
    }

    private var all = Sums()
    /// By days since 1970-01-01.
    private var byDay: [Int: Sums] = [:]

    package init() {}

    /// - Parameters:
    ///   - amount: credits.
    ///   - byok: what a provider charges to a key of the account's own.
    ///   - time: when.
    package mutating func debit(_ amount: USD, byok: USD = .zero, at time: CivilTime) {
        let sums = Sums(credits: amount, byok: byok)
        all += sums
        byDay[time.dayNumber, default: Sums()] += sums
    }

    /// Credits ever spent.
    package var total: USD { all.credits }

    /// Credits spent in the current window of an interval; ever, without one.
    package func spent(
        in interval: ResetInterval? = nil,
        at time: CivilTime,
        includingBYOK: Bool = false
    ) -> USD {
        let sums = sums(in: interval, at: time)
        return includingBYOK ? sums.credits + sums.byok : sums.credits
    }

    /// What providers charged to keys of the account's own.
    package func byok(in interval: ResetInterval? = nil, at time: CivilTime) -> USD {
        sums(in: interval, at: time).byok
    }

    private func sums(in interval: ResetInterval?, at time: CivilTime) -> Sums {
        guard let firstDay = interval?.firstDay(at: time) else { return all }
        return byDay.reduce(into: Sums()) { if $1.key >= firstDay { $0 += $1.value } }
    }
}
