internal import Foundation
internal import GRDB
package import OpenRouterAPI
internal import Tapes

/// What came of giving a cassette other rules.
package struct CassetteRematch: Sendable, Hashable {
    /// Recordings of requests that differed and no longer do: they replay in this order.
    package struct Collision: Sendable, Hashable {
        package var fingerprint: Fingerprint
        /// In recorded order.
        package var ids: [Int64]
    }

    package var path: String
    package var rules: MatchingRules
    package var recordingCount: Int
    /// How many recordings have another fingerprint now.
    package var changedCount: Int
    /// By their first recording.
    package var collisions: [Collision]

    /// How many collisions the text writes out, and how many recordings of one.
    private static let textLimit = 20
}

extension CassetteRematch {
    /// Gives all recordings of a cassette the fingerprints that other rules give them, in one transaction.
    ///
    /// Requests and answers stay as they are. Blocks on the disk.
    ///
    /// - Parameters:
    ///   - path: the cassette, a file or a folder; a file of an older version becomes one of this version.
    ///   - rules: what to match by, given the rules that the cassette has.
    /// - Throws: ``CassetteError``, among it ``CassetteError/damaged(path:place:check:)`` if a recording is damaged;
    ///   then nothing has changed.
    package init(of path: String, rules: (MatchingRules) -> MatchingRules) throws(CassetteError) {
        if TextFolder.exists(at: path) {
            try self.init(ofFolder: TextFolder(path: path), rules: rules)
            return
        }
        try CassetteFile.requireReadable(path)
        let lock = try CassetteLock(cassette: path)
        defer { lock.release() }
        do {
            let queue = try DatabaseQueue(path: path, configuration: CassetteConnection.configuration(readonly: false))
            defer { try? queue.close() }
            self = try queue.writeWithoutTransaction { db in
                try CassetteConnection.requireCassette(db, path: path)
                try CassetteMigration.migrate(db)
                var result: CassetteRematch?
                try db.inTransaction(.immediate) {
                    let rules = rules(try MatchingRules(storedIn: db, path: path))
                    result = try Self.rematch(Cassette(path: path, queue: queue), in: db, rules)
                    try rules.store(in: db)
                    return .commit
                }
                // What a killed recorder has left beside the file goes into it.
                try CassetteConnection.setJournal(db, mode: "delete")
                guard let result else { preconditionFailure("the transaction has run") }
                return result
            }
        } catch {
            throw CassetteError(error, path: path, action: .write)
        }
    }

    static func rematch(
        _ cassette: Cassette,
        in db: Database,
        _ rules: MatchingRules
    ) throws -> CassetteRematch {
        let ids = try Int64.fetchAll(db, sql: "SELECT id FROM interaction ORDER BY id")
        var groups: [Hash128: (ids: [Int64], earlier: Set<Hash128>)] = [:]
        var changedCount = 0
        for id in ids {
            var (stored, record) = try cassette.contents(of: id, in: db)
            let fingerprint = Fingerprint(redacted: stored.interaction.request, rules: rules).hash
            groups[fingerprint, default: ([], [])].ids.append(id)
            groups[fingerprint]?.earlier.insert(record.fingerprint)
            guard fingerprint != record.fingerprint else { continue }
            changedCount += 1
            record.fingerprint = fingerprint
            try db.cachedStatement(sql: "UPDATE interaction SET fingerprint = ?, checksum = ? WHERE id = ?")
                .execute(arguments: [Data(fingerprint.bytes), Data(record.checksum.bytes), id])
        }
        try db.execute(
            sql: "INSERT OR REPLACE INTO metadata (key, value) VALUES ('fingerprint_version', ?)",
            arguments: [String(Fingerprint.version)]
        )
        let collisions = groups.filter { $0.value.earlier.count > 1 }
            .map { Collision(fingerprint: Fingerprint(hash: $0.key), ids: $0.value.ids) }
            .sorted { $0.ids.first ?? 0 < $1.ids.first ?? 0 }
        return CassetteRematch(
            path: cassette.path,
            rules: rules,
            recordingCount: ids.count,
            changedCount: changedCount,
            collisions: collisions
        )
    }
}

extension CassetteRematch {
    package var json: JSON {
        [
            "path": .string(path),
            "rules": rules.json,
            "recordings": .integer(recordingCount),
            "changed": .integer(changedCount),
            "collisions": .array(
                collisions.map { collision in
                    [
                        "fingerprint": .string(collision.fingerprint.description),
                        "interactions": .array(collision.ids.map { .integer(Int($0)) }),
                    ]
                }
            ),
        ]
    }

    /// A line for the whole, and one for each collision.
    package var text: String {
        let recordings = recordingCount == 1 ? "1 recording" : "\(recordingCount) recordings"
        var lines = [
            "\(path): \(changedCount) of \(recordings) \(changedCount == 1 ? "has" : "have") another fingerprint now "
                + "(\(rules))"
        ]
        for collision in collisions.prefix(Self.textLimit) {
            let ids = collision.ids.prefix(Self.textLimit).map { "#\($0)" }.joined(separator: ", ")
            let rest = collision.ids.count - Self.textLimit
            lines.append(
                "  \(ids)\(rest > 0 ? " and \(rest) more" : "") are one request now, and replay in this order"
            )
        }
        let rest = collisions.count - Self.textLimit
        if rest > 0 { lines.append("  and \(rest) more that fall together; --json lists all") }
        return lines.joined(separator: "\n")
    }
}
