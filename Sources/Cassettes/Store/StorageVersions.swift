internal import CXXHash
internal import GRDB

/// The versions of the libraries that cassettes are kept with.
package enum StorageVersions {
    /// Of the SQLite that is linked, such as `3.46.1`; nil when it does not run.
    package static var sqlite: String? {
        try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }
    }

    /// Of the xxHash that is linked, such as `0.8.3`.
    package static var xxHash: String {
        // MAJOR * 100 * 100 + MINOR * 100 + RELEASE (xxhash.h).
        let number = XXH_versionNumber()
        return "\(number / 10_000).\(number / 100 % 100).\(number % 100)"
    }
}
