internal import Foundation
internal import GRDB

/// A hash as a column holds it.
enum FingerprintColumn {
    /// Nil unless it is a blob of 16 bytes.
    static func hash(_ value: DatabaseValue) -> Hash128? {
        Data.fromDatabaseValue(value).flatMap { Hash128(bytes: $0) }
    }
}
