internal import Foundation
internal import GRDB

/// The SQL of the table `interaction`, in one place.
extension InteractionRecord {
    static let insertSQL = """
        INSERT INTO interaction (
            id, fingerprint, completion, recorded_at, method, target, path, model, message_count,
            request_fields, request_body, http_version, status, reason, response_fields, trailers, response_body,
            frames, head_gap, ending, ending_gap, upstream, checksum
        ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    static let selectSQL = """
        SELECT interaction.*, request.hash AS request_hash, response.hash AS response_hash,
            length(frames) + length(request_fields) + ifnull(length(response_fields), 0) + length(trailers) AS list_bytes
        FROM interaction
        LEFT JOIN body AS request ON request.id = request_body
        LEFT JOIN body AS response ON response.id = response_body
        WHERE interaction.id = ?
        """

    /// In the order of the columns in ``insertSQL``.
    func arguments(id: Int64, requestBodyID: Int64, responseBodyID: Int64) -> StatementArguments {
        let values: [(any DatabaseValueConvertible)?] = [
            id, Data(fingerprint.bytes), completion, recordedAt, method, target, path, model, messageCount,
            Data(requestFields), requestBodyID, httpVersion, status, reason, responseFields.map { Data($0) },
            Data(trailers), responseBodyID, Data(frames), headGap, ending, endingGap, upstream, Data(checksum.bytes),
        ]
        return StatementArguments(values)
    }

    /// - Throws: ``RecordDamage`` if a value is missing, too long or of another type.
    init(row: Row) throws(RecordDamage) {
        let listBytes: Int = try Self.value(row, "list_bytes")
        guard listBytes <= CassetteFormat.listByteLimit else { throw .tooLong }
        self.init(
            fingerprint: try Self.hash(row, "fingerprint"),
            completion: try Self.value(row, "completion"),
            recordedAt: try Self.value(row, "recorded_at"),
            method: try Self.value(row, "method"),
            target: try Self.value(row, "target"),
            path: try Self.value(row, "path"),
            model: row["model"],
            messageCount: row["message_count"],
            requestFields: try Self.bytes(row, "request_fields"),
            requestBody: try Self.hash(row, "request_hash"),
            httpVersion: row["http_version"],
            status: row["status"],
            reason: row["reason"],
            responseFields: Data.fromDatabaseValue(row["response_fields"]).map { Array($0) },
            trailers: try Self.bytes(row, "trailers"),
            responseBody: try Self.hash(row, "response_hash"),
            frames: try Self.bytes(row, "frames"),
            headGap: try Self.value(row, "head_gap"),
            ending: try Self.value(row, "ending"),
            endingGap: try Self.value(row, "ending_gap"),
            upstream: row["upstream"]
        )
        guard try Self.hash(row, "checksum") == checksum else { throw .checksum }
    }

    private static func value<Value: DatabaseValueConvertible>(
        _ row: Row,
        _ column: String
    ) throws(RecordDamage) -> Value {
        let stored: DatabaseValue = row[column]
        guard let value = Value.fromDatabaseValue(stored) else { throw .column(column) }
        return value
    }

    private static func bytes(_ row: Row, _ column: String) throws(RecordDamage) -> [UInt8] {
        let data: Data = try value(row, column)
        return Array(data)
    }

    private static func hash(_ row: Row, _ column: String) throws(RecordDamage) -> Hash128 {
        guard let hash = Hash128(bytes: try bytes(row, column)) else { throw .column(column) }
        return hash
    }
}

/// Which check a row or a body failed, in words that go on with "interaction 7: ".
enum RecordDamage: Error, Hashable {
    case checksum
    case column(String)
    case tooLong
    case missingBody
    case bodyHash
    case frames
    case fields(String)
    case indexMismatch

    var check: String {
        switch self {
        case .checksum: "the checksum does not match"
        case .column(let name): "column \(name) is missing or of the wrong type"
        case .tooLong: "it is larger than a cassette may hold"
        case .missingBody: "a body it refers to is not there"
        case .bodyHash: "the hash of a body does not match its bytes"
        case .frames: "the list of frames does not fit the body"
        case .fields(let name): "\(name) holds what no message can hold"
        case .indexMismatch: "it does not lead to the recordings that there are"
        }
    }
}
