internal import GRDB

/// What a cassette says of itself, by key, and hands on to its copies: rules, not the version of its fingerprints,
/// which a copy gets anew.
struct MetadataTable {
    private static let versionKey = "fingerprint_version"

    let db: Database

    func read() throws -> [String: String] {
        var metadata: [String: String] = [:]
        let sql = "SELECT key, value FROM metadata WHERE key <> ?"
        for row in try Row.fetchAll(db, sql: sql, arguments: [Self.versionKey]) {
            guard let key = String.fromDatabaseValue(row[0]), let value = String.fromDatabaseValue(row[1]) else {
                throw RecordDamage.column("metadata")
            }
            metadata[key] = value
        }
        return metadata
    }

    /// Adds entries or replaces those of the same keys.
    func write(_ metadata: [String: String]) throws {
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) where key != Self.versionKey {
            try db.cachedStatement(sql: "INSERT OR REPLACE INTO metadata (key, value) VALUES (?, ?)")
                .execute(arguments: [key, value])
        }
    }
}
