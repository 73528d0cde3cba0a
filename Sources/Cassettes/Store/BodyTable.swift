internal import Foundation
internal import GRDB
internal import NIOCore

/// The bodies, each stored once however many interactions have it.
struct BodyTable {
    let path: String
    let db: Database

    /// Larger bodies are written part by part: SQLite copies what it is given as a whole, twice.
    private static let boundByteLimit = 1 << 20

    /// The number of the body, which is added if it is new.
    func id(of body: BodyParts) throws -> Int64 {
        let statement = try db.cachedStatement(sql: "SELECT id FROM body WHERE hash = ?")
        let hash = Data(body.hash.bytes)
        if let id = try Int64.fetchOne(statement, arguments: [hash]) { return id }
        guard body.byteCount <= CassetteFormat.bodyByteLimit else {
            throw CassetteError.bodyTooLarge(path: path, byteCount: body.byteCount, limit: CassetteFormat.bodyByteLimit)
        }
        guard body.byteCount > Self.boundByteLimit else {
            try db.cachedStatement(sql: "INSERT INTO body (hash, byte_count, bytes) VALUES (?, ?, ?)")
                .execute(arguments: [hash, body.byteCount, Data(body.joined.readableBytesView)])
            return db.lastInsertedRowID
        }
        try db.cachedStatement(sql: "INSERT INTO body (hash, byte_count, bytes) VALUES (?1, ?2, zeroblob(?2))")
            .execute(arguments: [hash, body.byteCount])
        let id = db.lastInsertedRowID
        try BodyBlob.write(body.parts, to: id, db)
        return id
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
