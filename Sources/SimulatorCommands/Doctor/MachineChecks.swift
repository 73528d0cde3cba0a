internal import Cassettes
internal import Foundation
internal import OpenRouterAPI

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// What runs here, and whether the machine lets a server run.
enum MachineChecks {
    /// Below this many open files a server of many streams has too few.
    static let usualOpenFiles = 1024

    static func versions() -> [Finding] {
        let sqlite = StorageVersions.sqlite
        return [
            .fine("version", "openrouter-sim \(Version.text), \(compiler), \(architecture)"),
            sqlite.map { .fine("sqlite", "SQLite \($0)") } ?? .failure("sqlite", "SQLite does not run"),
            .fine("xxhash", "xxHash \(StorageVersions.xxHash)"),
            .fine("system", ProcessInfo.processInfo.operatingSystemVersionString),
        ]
    }

    /// Whether it is anywhere near the time when this runs.
    ///
    /// - Parameter seconds: since 1970.
    /// - Returns: what to say of it.
    static func clock(_ seconds: Double) -> Finding {
        let time = Date(timeIntervalSince1970: seconds).formatted(.iso8601)
        // When this was written, and a lifetime later.
        guard (1_767_225_600..<4_000_000_000).contains(seconds) else {
            return .warning(
                "clock",
                "the system's clock says \(time)",
                "Set it, or give the simulator one of its own: --clock fixed:2026-08-30T09:15:00Z"
            )
        }
        return .fine("clock", "the system's clock says \(time)")
    }

    static func openFiles() -> Finding {
        var limit = rlimit()
        #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
        let resource = RLIMIT_NOFILE
        #endif
        guard getrlimit(resource, &limit) == 0 else { return .warning("open-files", "the limit cannot be read") }
        return openFiles(soft: UInt64(limit.rlim_cur), hard: UInt64(limit.rlim_max))
    }

    static func openFiles(soft: UInt64, hard: UInt64) -> Finding {
        let text = soft > UInt64(Int32.max) ? "any number of" : "\(soft)"
        guard soft < usualOpenFiles else {
            return .fine("open-files", "\(text) files and connections may be open")
        }
        let most = hard > soft ? "ulimit -n \(min(hard, 65_536))" : "a higher hard limit"
        return .warning(
            "open-files",
            "only \(text) files and connections may be open",
            "Raise it for many streams at the same time: \(most)"
        )
    }

    private static var compiler: String {
        #if compiler(>=6.4)
        "Swift 6.4 or later"
        #elseif compiler(>=6.3)
        "Swift 6.3"
        #else
        "Swift 6.2"
        #endif
    }

    private static var architecture: String {
        #if arch(x86_64)
        "x86_64"
        #elseif arch(arm64)
        "arm64"
        #else
        "another architecture"
        #endif
    }
}
