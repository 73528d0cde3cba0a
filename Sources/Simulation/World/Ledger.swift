package import OpenRouterAPI

/// What one key has spent, by day, so that daily, weekly and monthly sums always agree with the total.
///
/// Weeks are Monday to Sunday, days and months roll at 00:00 UTC (reference: POST /keys).
package struct Ledger: Sendable, Hashable {
    package private(set) var total = USD.zero
    private var byDay: [Int: USD] = [:]

    package init() {}

    package mutating func debit(_ amount: USD, at time: CivilTime) {
        total += amount
        byDay[time.dayNumber, default: .zero] += amount
    }

    package func daily(at time: CivilTime) -> USD {
        byDay[time.dayNumber] ?? .zero
    }

    package func weekly(at time: CivilTime) -> USD {
        sum(from: time.dayNumber - time.weekday)
    }

    package func monthly(at time: CivilTime) -> USD {
        sum(from: time.dayNumber - time.day + 1)
    }

    private func sum(from firstDay: Int) -> USD {
        byDay.reduce(.zero) { $1.key >= firstDay ? $0 + $1.value : $0 }
    }
}
