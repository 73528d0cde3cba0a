internal import OpenRouterAPI
internal import Simulation
internal import Tapes
internal import Testing

@Suite("Ledger")
struct LedgerTests {
    private static func time(_ text: String) throws -> CivilTime {
        CivilTime(microseconds: try #require(CivilTime.microseconds(rfc3339: text)))
    }

    /// A dollar is spent at the first time; the second asks for what counts then.
    static let borders: [(spent: String, asked: String, daily: Bool, weekly: Bool, monthly: Bool)] = [
        ("2026-09-21T00:00:00Z", "2026-09-21T23:59:59Z", true, true, true),
        // Sunday and Monday
        ("2026-09-20T23:59:59.999999Z", "2026-09-21T00:00:00Z", false, false, true),
        ("2026-09-21T00:00:00Z", "2026-09-27T23:59:59Z", false, true, true),
        ("2026-09-27T23:59:59Z", "2026-09-28T00:00:00Z", false, false, true),
        // month ends inside a week
        ("2026-09-30T23:59:59Z", "2026-10-01T00:00:00Z", false, true, false),
        ("2026-10-01T00:00:00Z", "2026-10-31T23:59:59Z", false, false, true),
        ("2026-12-31T23:59:59Z", "2027-01-01T00:00:00Z", false, true, false),
        // leap day, a Thursday, and a February without one, which ends with a week
        ("2024-02-29T12:00:00Z", "2024-02-29T12:00:00Z", true, true, true),
        ("2024-02-01T00:00:00Z", "2024-02-29T23:59:59Z", false, false, true),
        ("2024-02-29T23:59:59Z", "2024-03-01T00:00:00Z", false, true, false),
        ("2027-02-28T23:59:59Z", "2027-03-01T00:00:00Z", false, false, false),
        // the same month of another year
        ("2025-09-21T12:00:00Z", "2026-09-21T12:00:00Z", false, false, false),
        // before 1970
        ("1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z", false, true, false),
    ]

    @Test("Days and months roll at midnight UTC, weeks on Monday", arguments: borders)
    func rolling(spent: String, asked: String, daily: Bool, weekly: Bool, monthly: Bool) throws {
        var ledger = Ledger()
        ledger.debit(.dollars(1), at: try Self.time(spent))
        let now = try Self.time(asked)
        #expect(ledger.spent(in: .daily, at: now) == (daily ? .dollars(1) : .zero))
        #expect(ledger.spent(in: .weekly, at: now) == (weekly ? .dollars(1) : .zero))
        #expect(ledger.spent(in: .monthly, at: now) == (monthly ? .dollars(1) : .zero))
        #expect(ledger.total == .dollars(1))
    }

    @Test("A new ledger is empty")
    func empty() throws {
        let now = try Self.time("2026-09-21T12:00:00Z")
        let ledger = Ledger()
        #expect(ledger.total == .zero)
        #expect(ledger.spent(in: .daily, at: now) == .zero)
        #expect(ledger.spent(in: .weekly, at: now) == .zero)
        #expect(ledger.spent(in: .monthly, at: now) == .zero)
    }

    @Test("Sums agree with a list of all debits", arguments: [1, 2, 3] as [UInt64])
    func randomDebits(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let start = try #require(CivilTime.microseconds(rfc3339: "2023-12-25T00:00:00Z"))
        var ledger = Ledger()
        var debits: [(time: CivilTime, amount: USD)] = []
        var now = start
        for _ in 0..<400 {
            // Up to a day and a half on, so that days are skipped and shared.
            now += Int64(random.below(129_600)) * 1_000_000
            let time = CivilTime(microseconds: now)
            let amount = USD(picodollars: Int64(random.below(2_000_000_000)))
            ledger.debit(amount, at: time)
            debits.append((time, amount))
            func sum(_ isCounted: (CivilTime) -> Bool) -> USD {
                debits.reduce(.zero) { isCounted($1.time) ? $0 + $1.amount : $0 }
            }
            #expect(ledger.total == sum { _ in true })
            #expect(ledger.spent(in: .daily, at: time) == sum { $0.dateText == time.dateText })
            #expect(ledger.spent(in: .monthly, at: time) == sum { ($0.year, $0.month) == (time.year, time.month) })
            #expect(ledger.spent(in: .weekly, at: time) == sum { time.dayNumber - $0.dayNumber <= time.weekday })
        }
    }
}
