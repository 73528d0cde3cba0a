/// Durations in nanoseconds.
struct Samples: Sendable {
    private var values: [Int64] = []

    init(capacity: Int) {
        values.reserveCapacity(capacity)
    }

    var count: Int { values.count }

    mutating func add(_ nanoseconds: Int64) {
        values.append(nanoseconds)
    }

    /// `"p50_us":…,"p90_us":…` and so on: members of a JSON object, in microseconds.
    func members(prefix: String = "") -> [(String, Double)] {
        guard !values.isEmpty else { return [] }
        let sorted = values.sorted()
        let microseconds = { (share: Double) in
            Double(sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]) / 1000
        }
        return [
            (prefix + "min_us", microseconds(0)),
            (prefix + "p50_us", microseconds(0.5)),
            (prefix + "p90_us", microseconds(0.9)),
            (prefix + "p99_us", microseconds(0.99)),
            (prefix + "max_us", microseconds(1)),
        ]
    }
}
