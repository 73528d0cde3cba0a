/// What an account has used, by day and by minute: what `/activity` and analytics are sums of.
///
/// It counts every generation that is booked, and so more of them than ``GenerationLog`` remembers. Each is added to a
/// sum of its day and, as long as there is room, to one of its minute: days are always whole, minutes are detail.
///
/// Bounded: beyond a number of sums the oldest day's minutes go, then texts that clients choose (the app, the external
/// user) are given up from the oldest day on, then the oldest days are merged. What all of it adds up to stays exact.
struct UsageLog: Sendable, Codable {
    struct Day: Sendable, Codable {
        /// By index into the log's dimensions.
        var sums: [Int: UsageSums] = [:]
        /// The same by minute of the day; nil once that detail was given up.
        var minutes: [Int: [Int: UsageSums]]? = [:]

        var minuteSumCount: Int { minutes?.reduce(0) { $0 + $1.value.count } ?? 0 }

        /// - Returns: how many sums are new: one or none of each.
        mutating func add(_ value: UsageSums, _ index: Int, minute: Int) -> (days: Int, minutes: Int) {
            (sums.add(value, at: index), minutes?[minute, default: [:]].add(value, at: index) ?? 0)
        }
    }

    /// The most sums by minute, and the most by day.
    private let limit: Int
    /// By days since 1970-01-01.
    private var days: [Int: Day] = [:]
    private var dimensions: [UsageDimensions] = []
    private var indices: [UsageDimensions: Int] = [:]
    /// The index of the last addition: many generations agree with the one before.
    private var lastIndex: Int?
    private var minuteSumCount = 0
    private var daySumCount = 0

    /// - Parameter limit: the most sums by minute, and the most by day.
    init(limit: Int = 50_000) {
        self.limit = limit
    }

    static let minute: Int64 = 60_000_000
    static let day: Int64 = 86_400_000_000

    /// One generation, or several that are equal, ready to be added.
    struct Addition {
        fileprivate let dimensions: UsageDimensions
        fileprivate let sums: UsageSums
        fileprivate let dayNumber: Int
        fileprivate let minute: Int
    }

    mutating func add(_ addition: Addition) {
        let index = index(of: addition.dimensions)
        let new = days[addition.dayNumber, default: Day()].add(addition.sums, index, minute: addition.minute)
        daySumCount += new.days
        minuteSumCount += new.minutes
        if minuteSumCount > limit { dropMinutes() }
        if daySumCount > limit { shorten() }
    }

    private mutating func index(of dimensions: UsageDimensions) -> Int {
        if let lastIndex, self.dimensions[lastIndex] == dimensions { return lastIndex }
        if let index = indices[dimensions] {
            lastIndex = index
            return index
        }
        let index = self.dimensions.count
        self.dimensions.append(dimensions)
        indices[dimensions] = index
        lastIndex = index
        return index
    }
}

extension GenerationRecord {
    /// What the usage log adds for so many equal ones.
    func usageAddition(count: Int = 1) -> UsageLog.Addition {
        addition(UsageSums(self).times(count))
    }

    /// What it adds to a generation that was added before.
    var usageCorrection: UsageLog.Addition {
        var sums = UsageSums(self)
        sums.requests = 0
        return addition(sums)
    }

    private func addition(_ sums: UsageSums) -> UsageLog.Addition {
        let dayNumber = CivilTime(microseconds: createdAt).dayNumber
        return UsageLog.Addition(
            dimensions: usageDimensions,
            sums: sums,
            dayNumber: dayNumber,
            minute: Int((createdAt - Int64(dayNumber) * UsageLog.day) / UsageLog.minute)
        )
    }
}

extension [Int: UsageSums] {
    /// - Returns: 1 where there was no sum of this index.
    fileprivate mutating func add(_ sums: UsageSums, at index: Int) -> Int {
        let count = count
        self[index, default: UsageSums()] += sums
        return self.count - count
    }
}

// MARK: - Reading

extension UsageLog {
    /// Sums of a stretch of time.
    struct Entry {
        /// When the stretch begins, in microseconds since 1970.
        let time: Int64
        let dimensions: UsageDimensions
        let sums: UsageSums
    }

    /// Calls `body` with the sums of whole days, in no particular order.
    ///
    /// - Parameters:
    ///   - numbers: days since 1970-01-01.
    ///   - body: gets a day's number as well.
    func forEachDay(in numbers: ClosedRange<Int>, _ body: (Int, UsageDimensions, UsageSums) -> Void) {
        for (number, day) in days where numbers.contains(number) {
            for (index, sums) in day.sums { body(number, dimensions[index], sums) }
        }
    }

    /// Calls `body` with sums between two times, in no particular order.
    ///
    /// A day whose minutes were given up counts whole, as of its beginning.
    ///
    /// - Parameters:
    ///   - start: in microseconds since 1970; its minute counts whole.
    ///   - end: the first moment that does not count.
    ///   - isByMinute: whether the sums have to be those of minutes, also of days that lie within the two times.
    ///   - body: gets each sum.
    func forEach(from start: Int64, to end: Int64, isByMinute: Bool, _ body: (Entry) -> Void) {
        let start = start - start % Self.minute
        for (number, day) in days {
            let dayStart = Int64(number) * Self.day
            guard dayStart < end, dayStart + Self.day > start else { continue }
            let isWhole = dayStart >= start && dayStart + Self.day <= end
            if let minutes = day.minutes, isByMinute || !isWhole {
                for (minute, sums) in minutes {
                    let time = dayStart + Int64(minute) * Self.minute
                    guard time >= start, time < end else { continue }
                    for (index, sums) in sums { body(Entry(time: time, dimensions: dimensions[index], sums: sums)) }
                }
            } else if dayStart >= start {
                for (index, sums) in day.sums { body(Entry(time: dayStart, dimensions: dimensions[index], sums: sums)) }
            }
        }
    }

    /// How many sums are kept.
    var sumCount: (days: Int, minutes: Int) { (daySumCount, minuteSumCount) }
}

// MARK: - Bounds

extension UsageLog {
    /// Gives up minutes from the oldest day on, until a quarter is free.
    private mutating func dropMinutes() {
        for number in days.keys.sorted() where minuteSumCount > limit * 3 / 4 {
            minuteSumCount -= days[number]?.minuteSumCount ?? 0
            days[number]?.minutes = nil
        }
    }

    /// Gives up clients' texts and then days from the oldest on, until a quarter is free.
    private mutating func shorten() {
        for number in days.keys.sorted() where daySumCount > limit * 3 / 4 {
            guard let day = days[number] else { continue }
            var sums: [Int: UsageSums] = [:]
            for (index, value) in day.sums {
                sums[self.index(of: dimensions[index].withoutClientTexts), default: UsageSums()] += value
            }
            replace(number, with: sums)
        }
        let oldest = days.keys.min() ?? 0
        for number in days.keys.sorted().dropFirst() where daySumCount > limit * 3 / 4 {
            var sums = days[oldest]?.sums ?? [:]
            for (index, value) in days[number]?.sums ?? [:] { sums[index, default: UsageSums()] += value }
            replace(number, with: nil)
            replace(oldest, with: sums)
        }
        forgetUnusedDimensions()
    }

    /// Gives a day other sums, without minutes; removes it with nil.
    private mutating func replace(_ number: Int, with sums: [Int: UsageSums]?) {
        daySumCount += (sums?.count ?? 0) - (days[number]?.sums.count ?? 0)
        minuteSumCount -= days[number]?.minuteSumCount ?? 0
        days[number] = sums.map { Day(sums: $0, minutes: nil) }
    }

    private mutating func forgetUnusedDimensions() {
        let used = Set(days.values.flatMap(\.sums.keys)).sorted()
        let renumbered = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
        func renumber(_ sums: [Int: UsageSums]) -> [Int: UsageSums] {
            Dictionary(uniqueKeysWithValues: sums.map { (renumbered[$0.key, default: 0], $0.value) })
        }
        lastIndex = nil
        dimensions = used.map { dimensions[$0] }
        indices = Dictionary(uniqueKeysWithValues: dimensions.enumerated().map { ($1, $0) })
        days = days.mapValues { day in
            Day(sums: renumber(day.sums), minutes: day.minutes?.mapValues(renumber))
        }
    }
}
