/// A frame of HTTP/2 as it came (RFC 9113 §4.1).
struct RawFrame: Sendable, Hashable {
    var type: UInt8
    var flags: UInt8
    var stream: Int
    var payload: [UInt8]
}

extension RawClient {
    /// Reads frames up to one that meets a condition.
    func receiveFrame(_ isWanted: (RawFrame) -> Bool) async throws -> RawFrame {
        while true {
            let header = try await receive(count: 9).map(Int.init)
            let frame = RawFrame(
                type: UInt8(header[3]),
                flags: UInt8(header[4]),
                stream: header[5] << 24 | header[6] << 16 | header[7] << 8 | header[8],
                payload: try await receive(count: header[0] << 16 | header[1] << 8 | header[2])
            )
            if isWanted(frame) { return frame }
        }
    }
}
