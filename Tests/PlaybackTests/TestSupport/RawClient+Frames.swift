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

extension RawClient {
    /// The preface, empty SETTINGS, and the acknowledgement of the server's once they have come.
    func beginHTTP2() async throws {
        try await send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        try await send(bytes: [0, 0, 0, 4, 0, 0, 0, 0, 0])
        _ = try await receiveFrame { $0.type == 4 && $0.flags == 0 }
        try await send(bytes: [0, 0, 0, 4, 1, 0, 0, 0, 0])
    }

    /// The head of `GET http://h/` on each stream: three fields of the static table and an authority (RFC 7541).
    func request(streams: [UInt8]) async throws {
        let block: [UInt8] = [0x82, 0x86, 0x84, 0x41, 1, 0x68]
        try await send(bytes: streams.flatMap { [0, 0, UInt8(block.count), 1, 5, 0, 0, 0, $0] + block })
    }

    /// The frames up to the end of the connection, which comes between two of them.
    func receiveFramesToEnd() async throws -> (frames: [RawFrame], end: End) {
        var frames: [RawFrame] = []
        while true {
            let (bytes, end) = try await receive(atMost: 1)
            if let end { return (frames, end) }
            unreceive(bytes)
            frames.append(try await receiveFrame { _ in true })
        }
    }
}
