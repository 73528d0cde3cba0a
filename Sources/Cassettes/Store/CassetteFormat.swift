internal import GRDB

/// What a cassette is on disk: an SQLite database of this application id, version and schema.
///
/// All numbers are integers, times are microseconds. Nothing in it is ever run: no views, no triggers, no expressions.
enum CassetteFormat {
    /// `ORSC` in ASCII, at offset 68 of the file (sqlite.org/fileformat2.html#application_id).
    static let applicationID: Int32 = 0x4F52_5343

    /// At offset 60 of the file, `PRAGMA user_version`: that of the last of ``CassetteMigration/all``.
    static let version: Int32 = CassetteMigration.all.last?.version ?? firstVersion

    /// What ``firstSchema`` makes.
    static let firstVersion: Int32 = 1

    /// Changes whenever the same row would get another checksum.
    static let checksumVersion = 1

    /// In bytes; what SQLite takes when not told otherwise (sqlite.org/pgszchng2016.html).
    static let pageByteCount = 4096

    /// The first pages of the tables `body` and `interaction`, which ``firstSchema`` makes in this order, and how many columns
    /// their rows have.
    static let tableRoots: [(page: UInt32, columnCount: Int)] = [(3, 4), (5, 23)]

    /// The largest body that is written or read, in bytes.
    ///
    /// SQLite itself takes 1,000,000,000.
    static let bodyByteLimit = 512 << 20

    /// The largest list of frames or header fields that is read, in bytes.
    static let listByteLimit = 32 << 20

    /// The longest gap that is read, in microseconds: a century.
    static let gapLimit: Int64 = 3_155_760_000_000_000

    /// The statements of a version: ``firstSchema`` and what migrations have added.
    ///
    /// A file whose schema differs by a letter is not opened.
    static func schema(ofVersion version: Int32) -> [(name: String, sql: String)] {
        version < CassetteMigration.outlineIndex.version ? firstSchema : firstSchema + [outlineIndex]
    }

    /// Whether near misses can be found by ``outlineIndex``.
    static func hasOutlineIndex(_ db: Database) throws -> Bool {
        try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0 >= CassetteMigration.outlineIndex.version
    }

    /// For near misses.
    static let outlineIndex = (
        name: "interaction_by_outline",
        sql: "CREATE INDEX interaction_by_outline ON interaction (path, model, message_count)"
    )

    /// The statements that make version 1; no migration has changed a table since.
    static let firstSchema: [(name: String, sql: String)] = [
        (
            "metadata",
            """
            CREATE TABLE metadata (
                key TEXT PRIMARY KEY,
                value TEXT NOT NULL
            ) STRICT, WITHOUT ROWID
            """
        ),
        (
            "body",
            """
            CREATE TABLE body (
                id INTEGER PRIMARY KEY,
                hash BLOB NOT NULL UNIQUE,
                byte_count INTEGER NOT NULL,
                bytes BLOB NOT NULL
            ) STRICT
            """
        ),
        (
            "interaction",
            """
            CREATE TABLE interaction (
                id INTEGER PRIMARY KEY,
                fingerprint BLOB NOT NULL,
                completion TEXT NOT NULL,
                recorded_at INTEGER NOT NULL,
                method TEXT NOT NULL,
                target TEXT NOT NULL,
                path TEXT NOT NULL,
                model TEXT,
                message_count INTEGER,
                request_fields BLOB NOT NULL,
                request_body INTEGER NOT NULL REFERENCES body (id),
                http_version TEXT,
                status INTEGER,
                reason TEXT,
                response_fields BLOB,
                trailers BLOB NOT NULL,
                response_body INTEGER NOT NULL REFERENCES body (id),
                frames BLOB NOT NULL,
                head_gap INTEGER NOT NULL,
                ending TEXT NOT NULL,
                ending_gap INTEGER NOT NULL,
                upstream TEXT,
                checksum BLOB NOT NULL
            ) STRICT
            """
        ),
        (
            "interaction_by_fingerprint",
            "CREATE INDEX interaction_by_fingerprint ON interaction (fingerprint, completion)"
        ),
    ]
}
