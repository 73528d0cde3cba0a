internal import Foundation

/// The machine's wall clock.
///
/// Read through Foundation: which clang module owns `timespec` differs between builds on Linux, so that under
/// `MemberImportVisibility` a direct clock_gettime(2) compiles in one configuration and not in another.
enum SystemTime {
    /// Whole microseconds since 1970-01-01T00:00:00Z.
    @Sendable
    static func microsecondsSince1970() -> Int64 {
        Int64((Date().timeIntervalSince1970 * 1_000_000).rounded(.down))
    }
}
