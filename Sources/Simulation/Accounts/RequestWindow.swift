/// Requests counted in the current one of windows of equal length, which are numbered from 1970 on.
struct RequestWindow: Sendable, Hashable, Codable {
    static let minute = RequestWindow(length: 60_000_000)
    /// Of UTC.
    static let day = RequestWindow(length: 86_400_000_000)

    /// In microseconds.
    private let length: Int64
    private var number: Int64 = -1
    private var count = 0

    private init(length: Int64) {
        self.length = length
    }

    /// Requests in the window of a time in microseconds since 1970.
    func used(at now: Int64) -> Int { now / length == number ? count : 0 }

    mutating func add(at now: Int64) {
        count = used(at: now) + 1
        number = now / length
    }

    /// When the window of a time ends, in microseconds since 1970.
    func end(at now: Int64) -> Int64 { (now / length + 1) * length }

    /// Whole seconds until the window ends.
    func retryAfter(at now: Int64) -> Int { Int((end(at: now) - now + 999_999) / 1_000_000) }
}
