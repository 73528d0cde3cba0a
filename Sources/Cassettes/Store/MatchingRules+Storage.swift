internal import GRDB
internal import OpenRouterAPI

/// Rules as two rows of the table `metadata`: their JSON, and its hash, so that a flipped bit is noticed.
extension MatchingRules {
    static let metadataKey = "matching_rules"
    static let hashMetadataKey = "matching_rules_hash"

    /// - Throws: ``CassetteError`` if the rows are not there where they must be, or damaged.
    init(storedIn db: Database, path: String) throws {
        let value = { (key: String) in
            try String.fetchOne(db, sql: "SELECT value FROM metadata WHERE key = ?", arguments: [key])
        }
        let (text, hash) = (try value(Self.metadataKey), try value(Self.hashMetadataKey))
        guard let text, let hash else {
            let version = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
            // Files of version 1 have no rules.
            guard text == nil, hash == nil, version < CassetteMigration.matchingRules.version else {
                throw Self.damaged(path, "they are missing")
            }
            self = .none
            return
        }
        guard Hash128(of: Array(text.utf8)).description == hash else {
            throw Self.damaged(path, "their hash does not match")
        }
        do throws(MatchingRulesError) {
            try self.init(parsing: Array(text.utf8))
        } catch {
            throw Self.damaged(path, error.description)
        }
    }

    /// Rules that people may have edited: the hash of what is there now takes the place of the kept one.
    ///
    /// - Throws: ``CassetteError`` for rules that cannot be read.
    init(kept metadata: [String: String], in db: Database, path: String) throws {
        if let text = metadata[Self.metadataKey] {
            do throws(MatchingRulesError) {
                self = try MatchingRules(parsing: Array(text.utf8))
            } catch {
                throw Self.damaged(path, error.description)
            }
        } else {
            self = .none
        }
        try store(in: db)
    }

    /// Whether an entry of the metadata says nothing to people: the hash of the rules, and that there are none.
    static func isImplied(_ key: String, _ value: String) -> Bool {
        key == hashMetadataKey || key == metadataKey && Array(value.utf8) == MatchingRules.none.json.serialized()
    }

    private static func damaged(_ path: String, _ check: String) -> CassetteError {
        .damaged(path: path, place: "the list of matching rules", check: check)
    }

    func store(in db: Database) throws {
        let text = json.serialized()
        let rows = [
            (Self.metadataKey, String(decoding: text, as: UTF8.self)), (Self.hashMetadataKey, "\(Hash128(of: text))"),
        ]
        for (key, value) in rows {
            try db.execute(sql: "INSERT OR REPLACE INTO metadata (key, value) VALUES (?, ?)", arguments: [key, value])
        }
    }
}

extension Cassette {
    /// By which the cassette's fingerprints were made.
    package func matchingRules() throws(CassetteError) -> MatchingRules {
        try read { try MatchingRules(storedIn: $0, path: path) }
    }
}
