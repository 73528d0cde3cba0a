internal import Foundation

/// The time of this machine.
enum WallClock {
    /// Microseconds since 1970-01-01T00:00:00Z.
    static var microseconds: Int64 {
        Int64(Date().timeIntervalSince1970 * 1_000_000)
    }
}
