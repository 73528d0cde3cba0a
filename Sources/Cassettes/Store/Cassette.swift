internal import Foundation
internal import GRDB
internal import NIOCore
internal import Synchronization
package import Tapes

/// A cassette opened for reading: a file, or a folder in text form, which is read into memory.
///
/// The file is not trusted and never changed.
///
/// Calls block on the disk: not for event loops. What a recorder left behind when it was killed is read as well; only
/// then does SQLite make a `-shm` file beside it.
package final class Cassette: Sendable {
    package let path: String
    /// Nil once closed.
    ///
    /// Whoever is reading then keeps the connection until they are done: GRDB's own `close` would leave them a null
    /// pointer.
    private let queue: Mutex<DatabaseQueue?>

    /// - Throws: ``CassetteError`` if there is no cassette that this build can read.
    package init(path: String) throws(CassetteError) {
        self.path = path
        if TextFolder.exists(at: path) {
            do {
                queue = Mutex(try TextDatabase(reading: TextFolder(path: path)).queue)
            } catch {
                throw CassetteError(error, path: path, action: .read)
            }
            return
        }
        try CassetteFile.requireReadable(path)
        do {
            let queue = try DatabaseQueue(path: path, configuration: CassetteConnection.configuration(readonly: true))
            try queue.read { try CassetteConnection.requireCassette($0, path: path) }
            self.queue = Mutex(queue)
        } catch {
            throw CassetteError(error, path: path, action: .read)
        }
    }

    /// Reads what somebody else has opened, without a look at what it is.
    init(path: String, queue: DatabaseQueue) {
        self.path = path
        self.queue = Mutex(queue)
    }

    /// Closes the file as soon as nobody is reading.
    ///
    /// Later calls throw ``CassetteError/closed(path:)``.
    package func close() {
        queue.withLock { $0 = nil }
    }

    /// The connection, for whoever reads longer than a call takes.
    func connection() throws(CassetteError) -> DatabaseQueue {
        guard let queue = queue.withLock({ $0 }) else { throw .closed(path: path) }
        return queue
    }

    /// Reads in one snapshot, so that a recorder beside us does not matter.
    func read<Value>(_ body: (Database) throws -> Value) throws(CassetteError) -> Value {
        let queue = try connection()
        do {
            return try queue.read(body)
        } catch {
            throw CassetteError(error, path: path, action: .read)
        }
    }
}

extension Cassette {
    /// What is needed to find recordings, without their content.
    package struct IndexEntry: Sendable, Hashable {
        package let id: Int64
        package let fingerprint: Fingerprint
        package let completion: Interaction.Completion

        package init(id: Int64, fingerprint: Fingerprint, completion: Interaction.Completion) {
            self.id = id
            self.fingerprint = fingerprint
            self.completion = completion
        }
    }

    /// All recordings in the order they were made.
    ///
    /// Read from an index of the database alone, which is checked where that is cheap; see
    /// ``checkIndex(_:in:)``. What a recording holds is checked when it is read.
    package func index() throws(CassetteError) -> [IndexEntry] {
        var entries = try read { db in
            let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM interaction") ?? 0
            var entries: [IndexEntry] = []
            entries.reserveCapacity(count)
            let sql = "SELECT id, fingerprint, completion FROM interaction INDEXED BY interaction_by_fingerprint"
            let rows = try Row.fetchCursor(db, sql: sql)
            while let row = try rows.next() {
                let hash = try row.withUnsafeData(atIndex: 1) { $0.flatMap { Hash128(bytes: $0) } }
                guard let id = Int64.fromDatabaseValue(row[0]), let hash,
                    let completion = String.fromDatabaseValue(row[2]).flatMap(Interaction.Completion.init(rawValue:))
                else { throw damaged("the index", .column("fingerprint")) }
                entries.append(IndexEntry(id: id, fingerprint: Fingerprint(hash: hash), completion: completion))
            }
            try checkIndex(entries, in: db)
            return entries
        }
        entries.sort { $0.id < $1.id }
        return entries
    }

    /// How many recordings there are.
    package func count() throws(CassetteError) -> Int {
        try read { try Int.fetchOne($0, sql: "SELECT count(*) FROM interaction") ?? 0 }
    }

    /// The version of ``Fingerprint`` that the recordings were indexed by, or nil if the file does not say.
    package func fingerprintVersion() throws(CassetteError) -> Int? {
        let sql = "SELECT value FROM metadata WHERE key = 'fingerprint_version'"
        return try read { try String.fetchOne($0, sql: sql).flatMap { Int($0) } }
    }

    /// What the cassette says of itself and hands on to its copies, by key: its rules.
    package func metadata() throws(CassetteError) -> [String: String] {
        try read { try MetadataTable(db: $0).read() }
    }

    /// One recording, all checks done.
    ///
    /// - Throws: ``CassetteError/noSuchInteraction(path:id:)``, ``CassetteError/damaged(path:place:check:)`` and what
    ///   reading a file can end with.
    package func interaction(_ id: Int64) throws(CassetteError) -> StoredInteraction {
        try read { try interaction(id, in: $0) }
    }

    func interaction(_ id: Int64, in db: Database) throws -> StoredInteraction {
        try contents(of: id, in: db).stored
    }

    /// A recording decoded, and as it is stored.
    func contents(of id: Int64, in db: Database) throws -> (stored: StoredInteraction, record: InteractionRecord) {
        guard case .whole(let stored, let record) = try contents(of: id, wholeUpTo: .max, in: db) else {
            preconditionFailure("no body is larger than that")
        }
        return (stored, record)
    }

    /// What is found under a number.
    enum Contents {
        case whole(StoredInteraction, InteractionRecord)
        /// Its answer's body is larger than was asked for whole, and has not been looked at.
        case large(LargeInteraction)
    }

    /// A recording decoded, without the body of its answer where that has more than so many bytes.
    func contents(of id: Int64, wholeUpTo byteLimit: Int, in db: Database) throws -> Contents {
        let statement = try db.cachedStatement(sql: InteractionRecord.selectSQL)
        guard let row = try Row.fetchOne(statement, arguments: [id]) else {
            throw CassetteError.noSuchInteraction(path: path, id: id)
        }
        do throws(RecordDamage) {
            let record = try InteractionRecord(row: row)
            let requestBody = try body(row["request_body"], hash: record.requestBody, in: db)
            let bodyID: Int64? = row["response_body"]
            let byteCount = try bodyByteCount(bodyID, in: db)
            guard byteCount <= byteLimit else {
                return .large(try LargeInteraction(id, record, requestBody, bodyID ?? 0, byteCount, self))
            }
            let responseBody = try body(bodyID, byteCount: byteCount, hash: record.responseBody, in: db)
            guard let frames = FrameList.decode(record.frames, body: responseBody) else { throw .frames }
            let stored = try StoredInteraction(
                id: id,
                record: record,
                requestBody: requestBody,
                frames: frames,
                file: path
            )
            return .whole(stored, record)
        } catch {
            throw damaged("interaction \(id)", error)
        }
    }

    /// Checks the length before the bytes are fetched, and the hash after.
    func body(_ id: Int64?, hash: Hash128?, in db: Database) throws(RecordDamage) -> ByteBuffer {
        try body(id, byteCount: try bodyByteCount(id, in: db), hash: hash, in: db)
    }

    private func bodyByteCount(_ id: Int64?, in db: Database) throws(RecordDamage) -> Int {
        let count: Int?
        do {
            let statement = try db.cachedStatement(sql: "SELECT length(bytes) FROM body WHERE id = ?")
            count = try Int.fetchOne(statement, arguments: [id])
        } catch {
            throw .column("bytes")
        }
        guard let count else { throw .missingBody }
        guard count <= CassetteFormat.bodyByteLimit else { throw .tooLong }
        return count
    }

    private func body(
        _ id: Int64?,
        byteCount: Int,
        hash: Hash128?,
        in db: Database
    ) throws(RecordDamage) -> ByteBuffer {
        let buffer: ByteBuffer?
        do {
            let bytes = try db.cachedStatement(sql: "SELECT bytes FROM body WHERE id = ?")
            let rows = try Row.fetchCursor(bytes, arguments: [id])
            buffer = try rows.next()?.withUnsafeData(atIndex: 0) { data in
                data.map { ByteBuffer(bytes: $0) } ?? ByteBuffer()
            }
        } catch {
            throw .column("bytes")
        }
        guard let buffer, buffer.readableBytes == byteCount else { throw .missingBody }
        if let hash, buffer.hash128 != hash { throw .bodyHash }
        return buffer
    }

    func damaged(_ place: String, _ damage: RecordDamage) -> CassetteError {
        .damaged(path: path, place: place, check: damage.check)
    }
}

extension Cassette {
    /// Whether there is a cassette to read.
    ///
    /// - Parameter path: where it would be.
    /// - Returns: false for no file, and for an empty one, which a recorder takes over.
    /// - Throws: ``CassetteError`` for what can never be one, such as a folder.
    package static func exists(at path: String) throws(CassetteError) -> Bool {
        if isTextForm(path) { return true }
        if TextFolder.canBegin(at: path) { return false }
        return switch try CassetteFile.status(of: path) {
        case .missing, .empty: false
        case .present: true
        }
    }

    /// Whether a path is a folder that holds a cassette in text form.
    package static func isTextForm(_ path: String) -> Bool {
        TextFolder.exists(at: path)
    }
}
