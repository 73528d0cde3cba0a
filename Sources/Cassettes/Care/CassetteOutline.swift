internal import GRDB
internal import Tapes

/// What merging and comparing need of each recording, without its bodies.
struct RecordingOutline: Hashable {
    var id: Int64
    var fingerprint: Fingerprint
    /// Of everything the recording says; the same in two files for copies of one recording.
    var identity: Hash128
    /// Of what a client gets: status line, fields, body, trailers, ending.
    ///
    /// Not when, nor in which chunks.
    var answer: Hash128
    var method: String
    var target: String
    var recordedAt: Int64
    var model: String?
    var completion: Interaction.Completion

    /// Method and target, such as `POST /api/v1/models?a=1`.
    var request: String { "\(method) \(target)" }
}

extension Cassette {
    /// All recordings in their order, from the columns alone.
    func outlines() throws(CassetteError) -> [RecordingOutline] {
        var outlines: [RecordingOutline] = []
        try forEachOutline { outlines.append($0) }
        return outlines
    }

    /// The same one by one, for what does not need them together.
    func forEachOutline(_ body: (RecordingOutline) -> Void) throws(CassetteError) {
        let sql = """
            SELECT interaction.id, fingerprint, checksum, method, target, recorded_at, model, completion,
                http_version, status, reason, response_fields, trailers, ending, response.hash AS response_hash
            FROM interaction LEFT JOIN body AS response ON response.id = response_body
            ORDER BY interaction.id
            """
        try read { db in
            let rows = try Row.fetchCursor(db, sql: sql)
            while let row = try rows.next() { body(try outline(row)) }
        }
    }

    private func outline(_ row: Row) throws -> RecordingOutline {
        let id: Int64 = row["id"]
        let text = { (column: String) in String.fromDatabaseValue(row[column]) }
        guard let fingerprint = FingerprintColumn.hash(row["fingerprint"]),
            let identity = FingerprintColumn.hash(row["checksum"]),
            let body = FingerprintColumn.hash(row["response_hash"]), let method = text("method"),
            let target = text("target"), let recordedAt = Int64.fromDatabaseValue(row["recorded_at"]),
            let completion = text("completion").flatMap(Interaction.Completion.init(rawValue:)),
            let ending = text("ending")
        else { throw damaged("interaction \(id)", .column("fingerprint, checksum, method, target or ending")) }
        var answer = HashStream(domain: "answer")
        answer.add(optional: text("http_version"))
        answer.add(optional: Int.fromDatabaseValue(row["status"]).map(String.init))
        answer.add(optional: text("reason"))
        answer.add([UInt8].column(row["response_fields"]))
        answer.add([UInt8].column(row["trailers"]))
        answer.add(body)
        answer.add(ending)
        answer.add(completion.rawValue)
        return RecordingOutline(
            id: id,
            fingerprint: Fingerprint(hash: fingerprint),
            identity: identity,
            answer: answer.finish(),
            method: method,
            target: target,
            recordedAt: recordedAt,
            model: text("model"),
            completion: completion
        )
    }
}

extension [UInt8] {
    /// A blob; empty for anything else.
    fileprivate static func column(_ value: DatabaseValue) -> [UInt8] {
        if case .blob(let data) = value.storage { Array(data) } else { [] }
    }
}
