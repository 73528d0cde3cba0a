internal import Foundation
internal import GRDB
internal import Synchronization
internal import Tapes

/// What is done to the database and the folder.
extension CassetteWriter {
    /// All changes in one transaction; files of a folder are what they were where that fails.
    ///
    /// - Returns: For each the number of the recording that is there now, or how many are gone.
    func carryOut(_ operations: [Operation], in db: Database) throws -> [Int64] {
        let before = folder.withLock { $0 }
        do {
            return try change(operations, in: db)
        } catch {
            folder.withLock { $0 = before }
            throw error
        }
    }

    private func change(_ operations: [Operation], in db: Database) throws -> [Int64] {
        var numbers: [Int64] = []
        var next = lastID.withLock { $0 }
        try db.inTransaction(.immediate) {
            for operation in operations {
                switch operation {
                case .append(let interactions):
                    for interaction in interactions {
                        next += 1
                        try insert(interaction, id: next, in: db)
                    }
                    numbers.append(next)
                case .replace(let id, let interaction):
                    try replace(id, interaction, in: db)
                    numbers.append(id)
                case .replaceAll(let interactions):
                    for (id, interaction) in interactions {
                        try replace(id, interaction, in: db)
                    }
                    try BodyTable(path: path, db: db).removeUnused()
                    numbers.append(Int64(interactions.count))
                case .delete(let fingerprint):
                    numbers.append(try delete(fingerprint, upTo: .max, in: db))
                case .deleteNumbers(let ids):
                    numbers.append(try delete(ids, in: db))
                }
            }
            try folder.withLock { try $0?.commit() }
            return .commit
        }
        lastID.withLock { $0 = next }
        return numbers
    }

    private func replace(_ id: Int64, _ interaction: RedactedInteraction, in db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM interaction WHERE id = ?").execute(arguments: [id])
        guard db.changesCount == 1 else { throw CassetteError.noSuchInteraction(path: path, id: id) }
        mayHoldUnused.withLock { $0 = true }
        try insert(interaction, id: id, in: db)
    }

    private func insert(_ redacted: RedactedInteraction, id: Int64, in db: Database) throws {
        if let body = redacted.unsearchable { throw CassetteError.unsearchable(path: path, coding: body.coding) }
        if older == .replaced, redacted.interaction.completion == .finished {
            _ = try delete(redacted.fingerprint, upTo: baseline, in: db)
        }
        try InteractionTable(path: path, db: db).insert(redacted, id: id)
        folder.withLock { $0?.store(redacted, id: id) }
    }

    private func delete(_ fingerprint: Fingerprint, upTo id: Int64, in db: Database) throws -> Int64 {
        let sql = "SELECT id FROM interaction WHERE fingerprint = ? AND id <= ?"
        return try delete(Int64.fetchAll(db, sql: sql, arguments: [Data(fingerprint.hash.bytes), id]), in: db)
    }

    private func delete(_ ids: [Int64], in db: Database) throws -> Int64 {
        var count = 0
        for id in ids {
            try db.cachedStatement(sql: "DELETE FROM interaction WHERE id = ?").execute(arguments: [id])
            count += db.changesCount
        }
        if count > 0 { mayHoldUnused.withLock { $0 = true } }
        folder.withLock { $0?.leave(ids) }
        return Int64(count)
    }

    /// Drops bodies that nothing refers to any more and turns the log and the database into one file.
    func finish(_ db: Database, compacting: Bool) throws {
        if folder.withLock({ $0 != nil }) { return }
        if mayHoldUnused.withLock({ $0 }) {
            try db.inTransaction(.immediate) {
                try BodyTable(path: path, db: db).removeUnused()
                return .commit
            }
        }
        if compacting { try db.execute(sql: "VACUUM") }
        try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        try CassetteConnection.setJournal(db, mode: "delete")
    }
}
