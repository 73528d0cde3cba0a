internal import GRDB

/// The rules of a cassette: one row of its metadata.
extension RedactionRules {
    private static let key = "redaction"

    /// None for a cassette without such a row.
    ///
    /// - Throws: ``CassetteError/damaged(path:place:check:)`` if the row cannot be understood: the fingerprints would
    ///   be others.
    init(in db: Database, path: String) throws {
        let text = try String.fetchOne(db, sql: "SELECT value FROM metadata WHERE key = ?", arguments: [Self.key])
        guard let text else {
            self.init()
            return
        }
        guard let rules = RedactionRules(text: text) else {
            throw CassetteError.damaged(
                path: path,
                place: "the redaction rules",
                check: "they are not those of this version"
            )
        }
        self = rules
    }

    /// Adds rules to those that a cassette has.
    static func keep(_ new: RedactionRules, in db: Database, path: String) throws {
        let kept = try RedactionRules(in: db, path: path)
        let rules = kept.adding(new)
        guard rules != kept else { return }
        try db.execute(
            sql:
                "INSERT INTO metadata (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            arguments: [key, rules.text]
        )
    }
}

extension Cassette {
    /// What the user said is secret when this was recorded.
    package func redactionRules() throws(CassetteError) -> RedactionRules {
        try read { try RedactionRules(in: $0, path: path) }
    }

    /// What a server that plays these cassettes, or records into one of them, has to redact by.
    ///
    /// - Parameters:
    ///   - paths: cassettes, some of which may not exist yet.
    ///   - given: rules of the command line.
    /// - Returns: the rules of all cassettes, and the given ones.
    /// - Throws: ``CassetteError`` if one is there and cannot be read.
    package static func redactionRules(
        at paths: [String],
        adding given: RedactionRules
    ) throws(CassetteError) -> RedactionRules {
        var rules = RedactionRules()
        for path in paths where try exists(at: path) {
            rules = rules.adding(try Cassette(path: path).redactionRules())
        }
        return rules.adding(given)
    }
}
