internal import Foundation
internal import GRDB

/// How SQLite is opened and how a file proves to be a cassette.
enum CassetteConnection {
    /// Long enough for a reader to finish its look, in seconds.
    private static let busyTimeout: TimeInterval = 5

    /// Settings for a file that nobody vouches for (sqlite.org/security.html, section 1.2).
    static func configuration(readonly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = readonly
        configuration.label = "cassette"
        configuration.busyMode = .timeout(busyTimeout)
        // A body is only removed once no recording has it; to prove that again, SQLite would go through all recordings
        // for each body, since none of its indices leads from a body to them (sqlite.org/foreignkeys.html, section 3).
        configuration.foreignKeysEnabled = false
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA trusted_schema = OFF")
            try db.execute(sql: "PRAGMA cell_size_check = ON")
            // Reading through a map would turn a truncated file into SIGBUS.
            try db.execute(sql: "PRAGMA mmap_size = 0")
            // What is deleted is overwritten, and sorting and VACUUM leave no files: sqlite.org/pragma.html.
            try db.execute(sql: "PRAGMA secure_delete = ON")
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        return configuration
    }

    /// - Throws: ``CassetteError`` for other people's databases, later versions, and a schema that is not ours.
    static func requireCassette(_ db: Database, path: String) throws {
        let applicationID = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        guard applicationID == CassetteFormat.applicationID else {
            throw CassetteError.notACassette(path: path, found: "an SQLite database of another application")
        }
        let version = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard version <= CassetteFormat.version else {
            throw CassetteError.newerVersion(path: path, version: Int(version))
        }
        guard version >= CassetteFormat.firstVersion else {
            throw CassetteError.damaged(path: path, place: "the file", check: "format version \(version) never existed")
        }
        let rows = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL LIMIT 100")
        let found = rows.map { "\($0["name"] as String? ?? "") \($0["sql"] as String? ?? "")" }
        let expected = CassetteFormat.schema(ofVersion: version).map { "\($0.name) \($0.sql)" }
        guard found.sorted() == expected.sorted() else {
            throw CassetteError.damaged(path: path, place: "the file", check: "its tables are not those of a cassette")
        }
    }

    /// Turns an empty file into a cassette without interactions, by the way that older files take.
    static func createSchema(_ db: Database) throws {
        try db.inTransaction(.immediate) {
            try db.execute(sql: "PRAGMA application_id = \(CassetteFormat.applicationID)")
            try db.execute(sql: "PRAGMA user_version = \(CassetteFormat.firstVersion)")
            for (_, sql) in CassetteFormat.firstSchema {
                try db.execute(sql: sql)
            }
            try db.execute(
                sql: "INSERT INTO metadata (key, value) VALUES ('fingerprint_version', ?)",
                arguments: [String(Fingerprint.version)]
            )
            try CassetteMigration.apply(to: db)
            return .commit
        }
    }

    /// SQLite answers with the mode that it is in, without an error if that is another one.
    static func setJournal(_ db: Database, mode: String) throws {
        let actual = try String.fetchOne(db, sql: "PRAGMA journal_mode = \(mode)")
        guard actual == mode else {
            throw DatabaseError(resultCode: .SQLITE_BUSY, message: "the journal mode stays \(actual ?? "unknown")")
        }
    }
}
