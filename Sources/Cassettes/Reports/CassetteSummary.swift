internal import GRDB
package import OpenRouterAPI
package import Tapes

/// One recording in a listing.
package struct CassetteSummary: Sendable, Hashable {
    package var id: Int64
    package var fingerprint: Fingerprint
    /// Microseconds since 1970-01-01T00:00:00Z.
    package var recordedAt: Int64
    package var method: String
    /// Path and query.
    package var target: String
    package var model: String?
    /// Nil where the answer has no head.
    package var status: Int?
    package var requestByteCount: Int
    package var responseByteCount: Int
    package var ending: Ending
    package var completion: Interaction.Completion
}

extension Cassette {
    /// Recordings in the order they were made, from the columns alone: contents are not checked.
    ///
    /// Those with numbers above `id`, at most `limit`.
    package func summaries(after id: Int64 = 0, limit: Int = .max) throws(CassetteError) -> [CassetteSummary] {
        let sql = """
            SELECT interaction.id, fingerprint, recorded_at, method, target, model, status,
                request.byte_count AS request_bytes, response.byte_count AS response_bytes, ending, completion
            FROM interaction
            LEFT JOIN body AS request ON request.id = request_body
            LEFT JOIN body AS response ON response.id = response_body
            WHERE interaction.id > ? ORDER BY interaction.id LIMIT ?
            """
        return try read { db in
            try Row.fetchAll(db, sql: sql, arguments: [id, limit]).map { row in
                let id: Int64 = row["id"]
                let text = { (column: String) in String.fromDatabaseValue(row[column]) }
                guard let hash = FingerprintColumn.hash(row["fingerprint"]), let method = text("method"),
                    let target = text("target"), let ending = text("ending").flatMap(Ending.init(rawValue:)),
                    let completion = text("completion").flatMap(Interaction.Completion.init(rawValue:))
                else {
                    throw damaged("interaction \(id)", .column("fingerprint, method, target, ending or completion"))
                }
                return CassetteSummary(
                    id: id,
                    fingerprint: Fingerprint(hash: hash),
                    recordedAt: Int64.fromDatabaseValue(row["recorded_at"]) ?? 0,
                    method: method,
                    target: target,
                    model: text("model"),
                    status: Int.fromDatabaseValue(row["status"]),
                    requestByteCount: Int.fromDatabaseValue(row["request_bytes"]) ?? 0,
                    responseByteCount: Int.fromDatabaseValue(row["response_bytes"]) ?? 0,
                    ending: ending,
                    completion: completion
                )
            }
        }
    }
}

extension CassetteSummary {
    package var json: JSON {
        [
            "id": .integer(Int(id)),
            "fingerprint": .string(fingerprint.description),
            "recorded_at": .string(Timestamp.text(microseconds: recordedAt)),
            "method": .string(method),
            "target": .string(target),
            "model": model.map { .string($0) } ?? .null,
            "status": status.map { .integer($0) } ?? .null,
            "request_bytes": .integer(requestByteCount),
            "response_bytes": .integer(responseByteCount),
            "ending": .string(ending.rawValue),
            "completion": .string(completion.rawValue),
        ]
    }

    /// A table with a heading, for people.
    package static func text(_ summaries: [CassetteSummary]) -> String {
        var widths: [Int] = []
        return text(summaries, widths: &widths)
    }

    /// The same for a page of many: the first one has the heading, later ones its columns.
    ///
    /// `widths` of columns begin empty, and grow where a page needs it.
    package static func text(_ summaries: [CassetteSummary], widths: inout [Int]) -> String {
        let heading = ["id", "recorded", "request", "model", "status", "bytes", "ending"]
        let isFirst = widths.isEmpty
        let rows = summaries.map { summary in
            [
                "\(summary.id)",
                Timestamp.text(microseconds: summary.recordedAt),
                TextTable.printable("\(summary.method) \(summary.target)"),
                TextTable.printable(summary.model ?? "-"),
                summary.status.map(String.init) ?? "-",
                "\(summary.responseByteCount)",
                summary.completion == .finished
                    ? summary.ending.rawValue : "\(summary.ending.rawValue) (\(summary.completion.rawValue))",
            ]
        }
        return TextTable.text((isFirst ? [heading] : []) + rows, rightAligned: [0, 4, 5], widths: &widths)
    }
}
