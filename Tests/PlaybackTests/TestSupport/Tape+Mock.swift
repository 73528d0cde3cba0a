internal import HTTPTypes
internal import NIOCore
internal import Tapes

extension Tape {
    /// A sized answer.
    static func sized(_ body: String, status: Int = 200, ending: Ending = .complete) -> Tape {
        Tape(
            head: ResponseHead(
                status: HTTPResponse.Status(registered: status),
                fields: [.contentLength: "\(body.utf8.count)"]
            ),
            frames: body.isEmpty ? [] : [Frame(body)],
            ending: ending,
            origin: .server
        )
    }

    /// A chunked answer.
    static func chunked(_ frames: [Frame], ending: Ending = .complete) -> Tape {
        Tape(
            head: ResponseHead(status: .ok, fields: [.transferEncoding: "chunked"]),
            frames: frames,
            ending: ending,
            origin: .server
        )
    }

    /// What has come of a request: method, path, query and body.
    static func echo(_ request: Request) -> Tape {
        let query = request.target.query.isEmpty ? "" : "?" + request.target.query
        let body = String(buffer: request.body)
        return .sized("\(request.method.rawValue) \(request.target.path)\(query)\(body.isEmpty ? "" : " ")\(body)")
    }

    /// Bytes that differ from place to place, so that a lost or doubled piece shows.
    static func pattern(byteCount: Int) -> [UInt8] {
        // The length is prime, so that no buffer size is a multiple of it.
        let block = (0..<65_521).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount + block.count)
        while bytes.count < byteCount { bytes += block }
        bytes.removeLast(bytes.count - byteCount)
        return bytes
    }
}
