internal import Cassettes
internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Simulation
internal import Tapes

extension Journal.Entry {
    /// Without credentials: header fields other than these are not shown.
    private static let shownFields: Set<String> = [
        "accept", "accept-encoding", "content-encoding", "content-length", "content-type", "http-referer", "user-agent",
        "x-openrouter-title", "x-session-id", "x-title",
    ]

    /// As the control API shows it, without secrets.
    func json(_ redactor: Redactor) -> JSON {
        let request = redactor.redact(request)
        var object: JSONObject = [
            "id": .integer(id),
            "time": .string(CivilTime(microseconds: time).iso8601),
            "method": .string(request.method.rawValue),
            "path": .string(request.target.path),
            "query": .string(request.target.query),
            "headers": .array(
                request.fields.filter { Self.shownFields.contains($0.name.canonicalName) }
                    .map { [.string($0.name.rawName), .string($0.value)] }
            ),
            "body": .string(String(decoding: request.body.readableBytesView, as: UTF8.self)),
            "body_bytes": .integer(bodyByteCount),
        ]
        object.append("model", model.map { .string($0) } ?? .null)
        object.append("generation_id", generationID.map { .string($0) } ?? .null)
        object.append("status", status.map { .integer($0) } ?? .null)
        object.append("origin", origin.map { .string($0.description) } ?? .null)
        object.append("ending", ending.map { .string($0.rawValue) } ?? .null)
        object.append("miss", miss.map { .string($0) })
        object.append("played", played?.json ?? .null)
        return .object(object)
    }
}

extension Journal.Entry.Played {
    fileprivate var json: JSON {
        [
            "outcome": .string(outcome),
            "bytes": .integer(sends.reduce(0) { $0 + $1.byteCount }),
            "duration_us": .integer(Int(duration.microseconds)),
            "sends": .array(
                sends.map { ["at_us": .integer(Int($0.at.microseconds)), "bytes": .integer($0.byteCount)] }
            ),
        ]
    }
}
