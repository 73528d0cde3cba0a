internal import Foundation
internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Usage log")
struct UsageLogTests {
    private static let start = World.mockTime - World.mockTime % UsageLog.day

    private static func record(day: Int, minute: Int, user: String? = nil) -> GenerationRecord {
        var record = GenerationRecord.make(
            at: start + Int64(day) * UsageLog.day + Int64(minute) * UsageLog.minute,
            cost: USD(yoctodollars: 7)
        )
        record.externalUser = user
        return record
    }

    private static func total(_ log: UsageLog, byMinute: Bool) -> (requests: Int, credits: USD) {
        var (requests, credits) = (0, USD.zero)
        log.forEach(from: start, to: start + 100_000 * UsageLog.day, isByMinute: byMinute) { entry in
            requests += entry.sums.requests
            credits += entry.sums.credits
        }
        return (requests, credits)
    }

    @Test("However much is booked, the sums are bounded and exact", arguments: [false, true], [1, 40, 5000])
    func bounds(hasUsers: Bool, days: Int) {
        var log = UsageLog(limit: 1000)
        for number in 0..<20_000 {
            log.add(
                Self.record(day: number * days / 20_000, minute: number % 1440, user: hasUsers ? "\(number)" : nil)
            )
        }
        #expect(log.sumCount.days <= 1000)
        #expect(log.sumCount.minutes <= 1000)
        for byMinute in [false, true] {
            let total = Self.total(log, byMinute: byMinute)
            #expect(total.requests == 20_000)
            #expect(total.credits == USD(yoctodollars: 140_000))
        }
        var kept = (days: 0, minutes: 0)
        log.forEachDay(in: Int.min...Int.max) { _, _, _ in kept.days += 1 }
        #expect(kept.days == log.sumCount.days, "the count of sums is right")
    }

    @Test("The newest minutes are kept, the oldest days are merged into whole days")
    func merging() {
        var log = UsageLog(limit: 100)
        for day in 0..<3 { for minute in 0..<50 { log.add(Self.record(day: day, minute: minute)) } }
        var times: [Int64] = []
        log.forEach(from: Self.start, to: Self.start + 3 * UsageLog.day, isByMinute: true) { times.append($0.time) }
        #expect(times.filter { $0 == Self.start }.count == 1)
        #expect(times.count == 1 + 100, "one day less makes room enough")
        #expect(times.contains(Self.start + 2 * UsageLog.day + 49 * UsageLog.minute))
    }

    @Test("What came late is counted on its day, also where the minutes are gone")
    func late() {
        var log = UsageLog(limit: 100)
        for day in 0..<3 { for minute in 0..<50 { log.add(Self.record(day: day, minute: minute)) } }
        log.add(Self.record(day: 0, minute: 700))
        var ofFirstDay = 0
        let first = CivilTime(microseconds: Self.start).dayNumber
        log.forEachDay(in: first...first) { _, _, sums in ofFirstDay += sums.requests }
        #expect(ofFirstDay == 51)
    }

    @Test("A part of a day is told by its minutes")
    func partOfDay() {
        var log = UsageLog()
        for minute in 0..<60 { log.add(Self.record(day: 0, minute: minute)) }
        var requests = 0
        let minute = UsageLog.minute
        // From the middle of a minute, which counts whole.
        log.forEach(from: Self.start + 10 * minute + 30_000_000, to: Self.start + 20 * minute, isByMinute: false) {
            requests += $0.sums.requests
        }
        #expect(requests == 10)
    }

    @Test("A log can be written down and read again")
    func coding() throws {
        var log = UsageLog(limit: 100)
        for day in 0..<3 {
            for minute in 0..<50 { log.add(Self.record(day: day, minute: minute, user: "\(minute % 3)")) }
        }
        let copy = try JSONDecoder().decode(UsageLog.self, from: JSONEncoder().encode(log))
        #expect(copy.sumCount == log.sumCount)
        #expect(Self.total(copy, byMinute: true) == Self.total(log, byMinute: true))
        var next = copy
        next.add(Self.record(day: 2, minute: 49, user: "1"))
        #expect(next.sumCount == copy.sumCount, "known dimensions are found again")
    }
}

extension UsageLog {
    fileprivate mutating func add(_ record: GenerationRecord) {
        add(record.usageAddition())
    }
}
