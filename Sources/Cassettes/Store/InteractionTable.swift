internal import GRDB
internal import Tapes

/// Puts interactions into their table and their bodies beside it.
struct InteractionTable {
    /// For errors.
    let path: String
    let db: Database

    func insert(_ redacted: RedactedInteraction, id: Int64) throws {
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
}
