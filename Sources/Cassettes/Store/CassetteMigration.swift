internal import GRDB

/// One step from a version of the format to the next.
///
/// Steps are never changed once released; `Tests/CassettesTests/Fixtures` keeps a file of every version before.
struct CassetteMigration {
    /// For people: what the step brings.
    let name: String
    /// The version that the file has afterwards.
    let version: Int32
    let apply: (Database) throws -> Void

    /// From version 1 to 2: rules for matching; there are none yet.
    static var matchingRules: CassetteMigration {
        CassetteMigration(name: "matching rules", version: 2) { try MatchingRules.none.store(in: $0) }
    }

    /// From version 2 to 3: an index by which near misses are found among many recordings.
    static var outlineIndex: CassetteMigration {
        CassetteMigration(name: "index for near misses", version: 3) {
            try $0.execute(sql: CassetteFormat.outlineIndex.sql)
        }
    }

    /// In order, each one version above the one before.
    static var all: [CassetteMigration] { [matchingRules, outlineIndex] }

    /// Brings a cassette of any version up to this one, in one transaction; does nothing to one that is.
    static func migrate(_ db: Database) throws {
        let version = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard version < CassetteFormat.version else { return }
        try db.inTransaction(.immediate) {
            try apply(to: db)
            return .commit
        }
    }

    /// The same within a transaction.
    static func apply(to db: Database) throws {
        let version = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        for migration in all where migration.version > version {
            try migration.apply(db)
            try db.execute(sql: "PRAGMA user_version = \(migration.version)")
        }
    }
}
