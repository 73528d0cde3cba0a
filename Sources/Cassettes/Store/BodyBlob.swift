internal import GRDB
internal import GRDBSQLite
internal import NIOCore

/// A handle on the bytes of a body, to read a part of them (sqlite.org/c3ref/blob_open.html).
///
/// SQLite walks from page to page of a body, and remembers the way as long as the handle is open: opening one for each
/// piece would take time for all that comes before it.
final class BodyBlob: Sendable {
    let queue: DatabaseQueue
    /// Only used on the queue.
    private let handle: Handle

    /// The pointer, which may cross threads: a connection of GRDB's is used by one at a time, on its queue.
    private struct Handle: @unchecked Sendable {
        var pointer: OpaquePointer
    }

    init(_ bodyID: Int64, _ db: Database, _ queue: DatabaseQueue) throws {
        self.queue = queue
        var pointer: OpaquePointer?
        let code = sqlite3_blob_open(db.sqliteConnection, "main", "body", "bytes", bodyID, 0, &pointer)
        guard code == SQLITE_OK, let pointer else { throw DatabaseError(code, db) }
        handle = Handle(pointer: pointer)
    }

    deinit {
        queue.asyncUnsafeRead { [handle, queue] _ in
            sqlite3_blob_close(handle.pointer)
            // The connection goes after its handles.
            withExtendedLifetime(queue) {}
        }
    }

    func read(_ byteCount: Int, at offset: Int, _ db: Database) throws -> ByteBuffer {
        var buffer = ByteBuffer()
        guard byteCount > 0 else { return buffer }
        guard offset + byteCount <= Int(sqlite3_blob_bytes(handle.pointer)) else { throw RecordDamage.missingBody }
        try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: byteCount) { target in
            let code = sqlite3_blob_read(handle.pointer, target.baseAddress, Int32(byteCount), Int32(offset))
            guard code == SQLITE_OK else { throw DatabaseError(code, db) }
            return byteCount
        }
        return buffer
    }
}

extension BodyBlob {
    /// Fills a body that was added with zeros.
    ///
    /// - Parameters:
    ///   - parts: as many bytes together as it has.
    ///   - bodyID: whose it is.
    ///   - db: in a transaction.
    /// - Throws: what SQLite says.
    static func write(_ parts: [ByteBuffer], to bodyID: Int64, _ db: Database) throws {
        var pointer: OpaquePointer?
        let code = sqlite3_blob_open(db.sqliteConnection, "main", "body", "bytes", bodyID, 1, &pointer)
        guard code == SQLITE_OK, let pointer else { throw DatabaseError(code, db) }
        defer { sqlite3_blob_close(pointer) }
        var offset: Int32 = 0
        for part in parts where part.readableBytes > 0 {
            let code = part.withUnsafeReadableBytes { bytes in
                sqlite3_blob_write(pointer, bytes.baseAddress, Int32(bytes.count), offset)
            }
            guard code == SQLITE_OK else { throw DatabaseError(code, db) }
            offset += Int32(part.readableBytes)
        }
    }
}

extension DatabaseError {
    fileprivate init(_ code: Int32, _ db: Database) {
        self.init(resultCode: ResultCode(rawValue: code), message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
    }
}
