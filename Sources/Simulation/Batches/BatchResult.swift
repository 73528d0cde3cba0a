internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// What became of a line (reference: platform §5.11): either a response or an error.
struct BatchResult: Sendable, Codable {
    /// As served in `results`.
    let json: [UInt8]
    let hasFailed: Bool

    /// - Parameters:
    ///   - id: `batch_req_…`.
    ///   - line: which was asked.
    ///   - answer: as the endpoint gave it.
    ///   - status: the answer's.
    init(id: String, _ line: BatchRequest.Line, _ answer: OperationAnswer, status: Int) {
        let response: JSONObject = [
            "status_code": .integer(status),
            // As `/generation` says it.
            "request_id": .string("req" + (answer.generationID ?? "").dropFirst(3)),
        ]
        var bytes = Self.beginning(id, line)
        bytes += #","response":"#.utf8
        bytes += response.serialized().dropLast()
        bytes += #","body":"#.utf8
        for frame in answer.frames { bytes += frame.bytes.readableBytesView }
        bytes += #"},"error":null}"#.utf8
        json = bytes
        hasFailed = false
    }

    /// The members of the error are those of OpenRouter's SDK (model `BatchObject`, November 2026).
    init(id: String, _ line: BatchRequest.Line, _ error: APIError) {
        let error: JSON = [
            "message": .string(error.message),
            "type": .string(error.type.rawValue),
            "param": error.metadata?["field"] ?? .null,
        ]
        var bytes = Self.beginning(id, line)
        bytes += #","response":null,"error":"#.utf8
        bytes += error.serialized()
        bytes += "}".utf8
        json = bytes
        hasFailed = true
    }

    /// The object without its end.
    private static func beginning(_ id: String, _ line: BatchRequest.Line) -> [UInt8] {
        let members: JSONObject = ["id": .string(id), "custom_id": .string(line.customID)]
        return Array(members.serialized().dropLast())
    }
}
