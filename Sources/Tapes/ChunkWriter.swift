package import HTTPTypes
package import NIOCore

/// Writes a body in its framing: as it is, or in chunks (RFC 9112 §7.1).
package struct ChunkWriter: Sendable {
    private let isChunked: Bool
    /// Bytes that the chunk under way still lacks.
    private var missingByteCount = 0

    package init(isChunked: Bool) {
        self.isChunked = isChunked
    }

    package mutating func write(_ bytes: ByteBuffer, _ chunk: Frame.Chunk, into buffer: inout ByteBuffer) {
        // An empty chunk would end the body.
        guard bytes.readableBytes > 0 else { return }
        guard isChunked else {
            buffer.writeImmutableBuffer(bytes)
            return
        }
        if missingByteCount == 0 {
            let announced: Int
            switch chunk {
            case .start(let byteCount): announced = max(byteCount, bytes.readableBytes)
            case .whole, .rest: announced = bytes.readableBytes
            }
            buffer.writeString(String(announced, radix: 16))
            buffer.writeStaticString("\r\n")
            missingByteCount = announced
        }
        buffer.writeImmutableBuffer(bytes)
        missingByteCount = max(0, missingByteCount - bytes.readableBytes)
        if missingByteCount == 0 { buffer.writeStaticString("\r\n") }
    }

    /// Ends a complete body; does nothing without chunks.
    package func finish(_ trailers: HTTPFields, into buffer: inout ByteBuffer) {
        guard isChunked else { return }
        buffer.writeStaticString("0\r\n")
        WireEncoder.write(trailers, into: &buffer)
        buffer.writeStaticString("\r\n")
    }
}
