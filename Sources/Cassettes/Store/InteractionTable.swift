internal import GRDB
internal import Tapes

/// Puts interactions into their table and their bodies beside it.
struct InteractionTable {
    /// For errors.
    let path: String
    let db: Database

    func insert(_ redacted: RedactedInteraction, id: Int64) throws {
        let interaction = redacted.interaction
        let requestBody = BodyParts([interaction.request.body])
        let responseBody = BodyParts(interaction.tape)
        let bodies = BodyTable(path: path, db: db)
        let record = InteractionRecord(redacted, requestBody: requestBody.hash, responseBody: responseBody.hash)
        let arguments = record.arguments(
            id: id,
            requestBodyID: try bodies.id(of: requestBody),
            responseBodyID: try bodies.id(of: responseBody)
        )
        try db.cachedStatement(sql: InteractionRecord.insertSQL).execute(arguments: arguments)
    }
}
