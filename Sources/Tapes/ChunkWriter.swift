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
        var announced: Int?
        if missingByteCount == 0 {
            switch chunk {
            case .start(let byteCount): missingByteCount = max(byteCount, bytes.readableBytes)
            case .whole, .rest: missingByteCount = bytes.readableBytes
            }
            announced = missingByteCount
        }
        missingByteCount = max(0, missingByteCount - bytes.readableBytes)
        write(bytes, announced: announced, into: &buffer)
    }

    /// In one go: a stream has a chunk for each token, and the single writes cost more than the bytes.
    ///
    /// - Parameters:
    ///   - bytes: what is sent of the chunk.
    ///   - size: of the chunk that begins; nil when one goes on.
    ///   - buffer: where they go.
    private func write(_ bytes: ByteBuffer, announced size: Int?, into buffer: inout ByteBuffer) {
        let digitCount = size.map { (Int.bitWidth - $0.leadingZeroBitCount + 3) / 4 } ?? 0
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: digitCount + 4 + bytes.readableBytes) { target in
            var end = 0
            func append(_ byte: UInt8) {
                target[end] = byte
                end += 1
            }
            func appendLineEnd() {
                append(UInt8(ascii: "\r"))
                append(UInt8(ascii: "\n"))
            }
            if let size {
                for place in (0..<digitCount).reversed() {
                    let digit = UInt8(truncatingIfNeeded: size >> (4 * place) & 0xF)
                    append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
                }
                appendLineEnd()
            }
            bytes.withUnsafeReadableBytes { source in
                UnsafeMutableRawBufferPointer(rebasing: target[end...]).copyMemory(from: source)
                end += source.count
            }
            if missingByteCount == 0 { appendLineEnd() }
            return end
        }
    }

    /// Ends a complete body; does nothing without chunks.
    package func finish(_ trailers: HTTPFields, into buffer: inout ByteBuffer) {
        guard isChunked else { return }
        buffer.writeStaticString("0\r\n")
        WireEncoder.write(trailers, into: &buffer)
        buffer.writeStaticString("\r\n")
    }
}
