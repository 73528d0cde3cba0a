internal import Foundation
internal import GRDB
internal import NIOCore

/// The bodies, each stored once however many interactions have it.
struct BodyTable {
    let path: String
    let db: Database

    /// The number of the body, which is added if it is new.
    func id(of body: ByteBuffer, hash: Hash128) throws -> Int64 {
        let statement = try db.cachedStatement(sql: "SELECT id FROM body WHERE hash = ?")
        if let id = try Int64.fetchOne(statement, arguments: [Data(hash.bytes)]) { return id }
        guard body.readableBytes <= CassetteFormat.bodyByteLimit else {
            throw CassetteError.bodyTooLarge(
                path: path,
                byteCount: body.readableBytes,
                limit: CassetteFormat.bodyByteLimit
            )
        }
        try db.cachedStatement(sql: "INSERT INTO body (hash, byte_count, bytes) VALUES (?, ?, ?)")
            .execute(arguments: [Data(hash.bytes), body.readableBytes, Data(body.readableBytesView)])
        return db.lastInsertedRowID
    }

    /// Removes what replaced and deleted interactions left.
    func removeUnused() throws {
        try db.execute(
            sql: """
                DELETE FROM body WHERE id NOT IN (
                    SELECT request_body FROM interaction UNION SELECT response_body FROM interaction
                )
                """
        )
    }
}
