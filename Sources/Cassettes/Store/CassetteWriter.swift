internal import Foundation
internal import GRDB
internal import NIOCore
internal import Synchronization
internal import Tapes

/// A cassette opened for recording.
///
/// What `append` and `replace` return from is committed: it survives a SIGKILL of this process (not a power cut, for
/// which each commit would wait for the disk). Calls that come while a commit is under way are committed together by
/// the next. All SQLite work runs on one queue of its own, in the order of the calls.
package final class CassetteWriter: Sendable {
    /// What happens to older recordings of a request that is recorded again.
    package enum Older: Sendable, Hashable {
        /// They stay: identical requests replay in recorded order.
        case kept
        /// Those from before this writer was opened go, in the same transaction, once the new one is finished.
        case replaced
    }

    package let path: String
    private let older: Older
    private let lock: CassetteLock
    private let queue: DatabaseQueue
    private let state = Mutex(State())
    /// The highest number from before this session; the next ones are counted from it.
    private let baseline: Int64
    private let lastID: Mutex<Int64>
    /// The cassette's, by which what is written gets its fingerprint.
    private let rules: MatchingRules

    private struct State {
        var pending: [Job] = []
        var isScheduled = false
        var isClosed = false
    }

    private struct Job {
        var operation: Operation
        var continuation: CheckedContinuation<Result<Int64, CassetteError>, Never>
    }

    private enum Operation {
        case append(RedactedInteraction)
        case replace(Int64, RedactedInteraction)
        case delete(Fingerprint)
    }

    /// Opens the cassette, or makes one that only its owner can read.
    ///
    /// Blocks on the disk. A file of an older version becomes one of this version.
    ///
    /// - Parameters:
    ///   - path: where the file is or will be.
    ///   - older: what happens to older recordings of a request.
    ///   - rules: for a cassette without recordings; one that has some must have the same rules. Nil for what is there.
    /// - Throws: ``CassetteError``; a file that is no cassette is not touched.
    package init(path: String, older: Older = .kept, rules: MatchingRules? = nil) throws(CassetteError) {
        self.path = path
        self.older = older
        // Before the lock, so that none is left beside what cannot be a cassette, and again under it.
        _ = try CassetteFile.status(of: path)
        lock = try CassetteLock(cassette: path)
        if try CassetteFile.status(of: path) == .missing { try CassetteFile.create(path) }
        do {
            queue = try DatabaseQueue(path: path, configuration: CassetteConnection.configuration(readonly: false))
            (baseline, self.rules) = try queue.writeWithoutTransaction { db in
                // Also what a recorder left that was killed before it could write a schema.
                if try Int.fetchOne(db, sql: "PRAGMA page_count") == 0 {
                    try CassetteConnection.createSchema(db)
                } else {
                    try CassetteConnection.requireCassette(db, path: path)
                    try CassetteMigration.migrate(db)
                }
                let baseline = try Int64.fetchOne(db, sql: "SELECT max(id) FROM interaction") ?? 0
                let stored = try MatchingRules(storedIn: db, path: path)
                let rules = rules ?? stored
                if rules != stored {
                    guard baseline == 0 else {
                        throw CassetteError.otherRules(path: path, stored: stored, asked: rules)
                    }
                    try rules.store(in: db)
                }
                try CassetteConnection.setJournal(db, mode: "wal")
                try db.execute(sql: "PRAGMA synchronous = NORMAL")
                return (baseline, rules)
            }
        } catch {
            throw CassetteError(error, path: path, action: .write)
        }
        lastID = Mutex(baseline)
    }

    /// Adds a recording.
    ///
    /// - Returns: Its number, once it is committed.
    package func append(_ interaction: RedactedInteraction) async throws(CassetteError) -> Int64 {
        try await perform(.append(interaction.matched(by: rules)))
    }

    /// Puts a recording in the place of one that this writer appended: the same request, with more of its answer.
    package func replace(_ id: Int64, with interaction: RedactedInteraction) async throws(CassetteError) {
        _ = try await perform(.replace(id, interaction.matched(by: rules)))
    }

    /// Removes all recordings of a request, this session's too.
    ///
    /// - Returns: How many there were.
    @discardableResult
    package func delete(_ fingerprint: Fingerprint) async throws(CassetteError) -> Int {
        Int(try await perform(.delete(fingerprint)))
    }

    /// Commits what waits and leaves one file that needs no other.
    ///
    /// Later calls do nothing.
    ///
    /// - Throws: ``CassetteError/busy(path:)`` if somebody still reads: everything is safe, but stays in two files
    /// until the next recorder closes it.
    package func close() async throws(CassetteError) {
        let wasClosed = state.withLock { state in
            defer { state.isClosed = true }
            return state.isClosed
        }
        if wasClosed { return }
        let result = await withCheckedContinuation { continuation in
            queue.asyncWriteWithoutTransaction { db in
                self.drain(db)
                continuation.resume(returning: Result { try self.finish(db) })
            }
        }
        try? queue.close()
        lock.release()
        if case .failure(let error) = result { throw CassetteError(error, path: path, action: .write) }
    }
}

extension CassetteWriter {
    private func perform(_ operation: Operation) async throws(CassetteError) -> Int64 {
        let result = await withCheckedContinuation { continuation in
            enqueue(Job(operation: operation, continuation: continuation))
        }
        return try result.get()
    }

    private func enqueue(_ job: Job) {
        let isAccepted = state.withLock { state in
            if state.isClosed { return false }
            state.pending.append(job)
            if !state.isScheduled {
                state.isScheduled = true
                // Within the lock, so that closing comes behind it on the queue.
                queue.asyncWriteWithoutTransaction { self.drain($0) }
            }
            return true
        }
        if !isAccepted { job.continuation.resume(returning: .failure(.closed(path: path))) }
    }

    /// Commits all that waits, round by round, until nothing does.
    private func drain(_ db: Database) {
        while true {
            let jobs = state.withLock { state in
                defer { state.pending = [] }
                if state.pending.isEmpty { state.isScheduled = false }
                return state.pending
            }
            if jobs.isEmpty { return }
            commit(jobs, in: db)
        }
    }

    /// One transaction for all; where that fails, one each, so that a bad one does not take the others along.
    private func commit(_ jobs: [Job], in db: Database) {
        let results = Result { try transaction(jobs, in: db) }
        switch results {
        case .success(let numbers):
            for (job, number) in zip(jobs, numbers) {
                job.continuation.resume(returning: .success(number))
            }
        case .failure(let error) where jobs.count == 1:
            jobs[0].continuation.resume(returning: .failure(CassetteError(error, path: path, action: .write)))
        case .failure:
            for job in jobs {
                commit([job], in: db)
            }
        }
    }

    private func transaction(_ jobs: [Job], in db: Database) throws -> [Int64] {
        var numbers: [Int64] = []
        let highest = lastID.withLock { $0 }
        var next = highest
        try db.inTransaction(.immediate) {
            for job in jobs {
                switch job.operation {
                case .append(let interaction):
                    next += 1
                    try insert(interaction, id: next, in: db)
                    numbers.append(next)
                case .replace(let id, let interaction):
                    try db.cachedStatement(sql: "DELETE FROM interaction WHERE id = ?").execute(arguments: [id])
                    guard db.changesCount == 1 else { throw CassetteError.noSuchInteraction(path: path, id: id) }
                    try insert(interaction, id: id, in: db)
                    numbers.append(id)
                case .delete(let fingerprint):
                    try delete(fingerprint, upTo: .max, in: db)
                    numbers.append(Int64(db.changesCount))
                }
            }
            return .commit
        }
        lastID.withLock { $0 = next }
        return numbers
    }

    private func insert(_ redacted: RedactedInteraction, id: Int64, in db: Database) throws {
        if older == .replaced, redacted.interaction.completion == .finished {
            try delete(redacted.fingerprint, upTo: baseline, in: db)
        }
        let responseBody = redacted.interaction.tape.body
        let record = InteractionRecord(redacted, responseBody: responseBody)
        let bodies = BodyTable(path: path, db: db)
        let arguments = record.arguments(
            id: id,
            requestBodyID: try bodies.id(of: redacted.interaction.request.body, hash: record.requestBody),
            responseBodyID: try bodies.id(of: responseBody, hash: record.responseBody)
        )
        try db.cachedStatement(sql: InteractionRecord.insertSQL).execute(arguments: arguments)
    }

    private func delete(_ fingerprint: Fingerprint, upTo id: Int64, in db: Database) throws {
        try db.cachedStatement(sql: "DELETE FROM interaction WHERE fingerprint = ? AND id <= ?")
            .execute(arguments: [Data(fingerprint.hash.bytes), id])
    }

    /// Drops bodies that nothing refers to any more and turns the log and the database into one file.
    private func finish(_ db: Database) throws {
        try db.inTransaction(.immediate) {
            try BodyTable(path: path, db: db).removeUnused()
            return .commit
        }
        try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        try CassetteConnection.setJournal(db, mode: "delete")
    }
}
