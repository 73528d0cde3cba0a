internal import Foundation
internal import GRDB
internal import NIOCore
internal import Synchronization
internal import Tapes

/// A cassette opened for recording: a file, or a folder in text form.
///
/// What `append` and `replace` return from is committed: it survives a SIGKILL of this process (not a power cut, for
/// which each commit would wait for the disk). A folder is held in memory and gets a file for each recording before the
/// call returns. Calls that come while a commit is under way are committed together by the next. All SQLite work runs on
/// one queue of its own, in the order of the calls.
package final class CassetteWriter: Sendable {
    /// What happens to older recordings of a request that is recorded again.
    package enum Older: Sendable, Hashable {
        /// They stay: identical requests replay in recorded order.
        case kept
        /// Those from before this writer was opened go, in the same transaction, once the new one is finished.
        case replaced
    }

    package let path: String
    let older: Older
    private let lock: CassetteLock
    private let queue: DatabaseQueue
    private let state = Mutex(State())
    /// The highest number from before this session; the next ones are counted from it.
    let baseline: Int64
    let lastID: Mutex<Int64>
    /// Whether bodies may be left that no recording has: finding them takes a look at all recordings.
    let mayHoldUnused: Mutex<Bool>
    /// Nil for a cassette in a file.
    let folder: Mutex<TextFolderWriter?>
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

    /// One change, done whole or not at all.
    enum Operation {
        case append([RedactedInteraction])
        case replace(Int64, RedactedInteraction)
        case delete(Fingerprint)
        case replaceAll([(id: Int64, interaction: RedactedInteraction)])
        case deleteNumbers([Int64])
    }

    /// Opens the cassette, or makes one that only its owner can read.
    ///
    /// Blocks on the disk. A file of an older version becomes one of this version.
    ///
    /// - Parameters:
    ///   - path: of a file or of a folder; a new one is a folder if the path ends with a slash.
    ///   - older: what happens to older recordings of a request.
    ///   - metadata: what else the cassette is to say of itself, see ``Cassette/metadata()``.
    ///   - redaction: rules that are kept in the cassette, beside those that it has.
    ///   - rules: for a cassette without recordings; one that has some must have the same rules. Nil for what is there.
    /// - Throws: ``CassetteError``; a file that is no cassette is not touched.
    package init(
        path: String,
        older: Older = .kept,
        metadata: [String: String] = [:],
        redaction: RedactionRules = RedactionRules(),
        rules: MatchingRules? = nil
    ) throws(CassetteError) {
        self.path = path
        self.older = older
        if TextFolder.exists(at: path) || TextFolder.canBegin(at: path) {
            let text = TextFolder(path: path)
            try CassetteFile.createFolder(text.path)
            lock = try CassetteLock(cassette: text.path)
            do {
                let database = try TextDatabase(reading: text)
                queue = database.queue
                (baseline, self.rules) = try queue.writeWithoutTransaction { db in
                    let kept = try Self.keep(metadata, redaction, rules, in: db, path: path)
                    try text.write(metadata: try MetadataTable(db: db).read())
                    return kept
                }
                folder = Mutex(TextFolderWriter(folder: text, database: database))
            } catch {
                throw CassetteError(error, path: path, action: .write)
            }
            lastID = Mutex(baseline)
            mayHoldUnused = Mutex(false)
            return
        }
        folder = Mutex(nil)
        // Before the lock, so that none is left beside what cannot be a cassette, and again under it.
        _ = try CassetteFile.status(of: path)
        lock = try CassetteLock(cassette: path)
        if try CassetteFile.status(of: path) == .missing { try CassetteFile.create(path) }
        // One that was killed may have replaced recordings.
        mayHoldUnused = Mutex((CassetteFile.byteCount(of: path + "-wal") ?? 0) > 0)
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
                let (baseline, rules) = try Self.keep(metadata, redaction, rules, in: db, path: path)
                try CassetteConnection.setJournal(db, mode: "wal")
                try db.execute(sql: "PRAGMA synchronous = NORMAL")
                return (baseline, rules)
            }
        } catch {
            throw CassetteError(error, path: path, action: .write)
        }
        lastID = Mutex(baseline)
    }

    /// Writes down what a cassette says of itself.
    ///
    /// - Returns: The highest number in use, and the rules that are in force.
    private static func keep(
        _ metadata: [String: String],
        _ redaction: RedactionRules,
        _ asked: MatchingRules?,
        in db: Database,
        path: String
    ) throws -> (baseline: Int64, rules: MatchingRules) {
        try MetadataTable(db: db).write(metadata)
        try RedactionRules.keep(redaction, in: db, path: path)
        let baseline = try Int64.fetchOne(db, sql: "SELECT max(id) FROM interaction") ?? 0
        let stored = try MatchingRules(storedIn: db, path: path)
        let rules = asked ?? stored
        if rules != stored {
            guard baseline == 0 else { throw CassetteError.otherRules(path: path, stored: stored, asked: rules) }
            try rules.store(in: db)
        }
        return (baseline, rules)
    }

    /// Adds a recording.
    ///
    /// - Returns: Its number, once it is committed.
    package func append(_ interaction: RedactedInteraction) async throws(CassetteError) -> Int64 {
        try await append([interaction])
    }

    /// Adds recordings in one transaction, all or none.
    ///
    /// - Returns: The number of the last one, once they are committed; 0 for none.
    @discardableResult
    package func append(_ interactions: [RedactedInteraction]) async throws(CassetteError) -> Int64 {
        if interactions.isEmpty { return 0 }
        return try await perform(.append(interactions.map { $0.matched(by: rules) }))
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

    /// Puts other recordings in the place of these, all or none, and leaves nothing of them in the file.
    ///
    /// - Returns: Once that is committed.
    package func replaceAll(_ interactions: [(id: Int64, interaction: RedactedInteraction)]) async throws(CassetteError)
    {
        _ = try await perform(.replaceAll(interactions.map { ($0.id, $0.interaction.matched(by: rules)) }))
    }

    /// Writes the whole file anew, without what earlier versions left in free pages.
    package func vacuum() async throws(CassetteError) {
        let result = await withCheckedContinuation { continuation in
            queue.asyncWriteWithoutTransaction { db in
                continuation.resume(returning: Result { try db.execute(sql: "VACUUM") })
            }
        }
        if case .failure(let error) = result { throw CassetteError(error, path: path, action: .write) }
    }

    /// Removes recordings by their numbers; those that are not there do not matter.
    ///
    /// - Returns: How many there were.
    @discardableResult
    package func delete(_ ids: [Int64]) async throws(CassetteError) -> Int {
        Int(try await perform(.deleteNumbers(ids)))
    }

    /// Commits what waits and leaves one file that needs no other.
    ///
    /// Later calls do nothing.
    ///
    /// - Parameter compacting: whether to write the file anew, so that nothing of what was removed is left in it.
    /// - Throws: ``CassetteError/busy(path:)`` if somebody still reads: everything is safe, but stays in two files
    /// until the next recorder closes it.
    package func close(compacting: Bool = false) async throws(CassetteError) {
        let wasClosed = state.withLock { state in
            defer { state.isClosed = true }
            return state.isClosed
        }
        if wasClosed { return }
        let result = await withCheckedContinuation { continuation in
            queue.asyncWriteWithoutTransaction { db in
                self.drain(db)
                continuation.resume(returning: Result { try self.finish(db, compacting: compacting) })
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
        let results = Result { try carryOut(jobs.map(\.operation), in: db) }
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
}
