internal import HTTPTypes
package import NIOCore

/// Lowers tapes to HTTP/1.1 bytes (RFC 9112).
///
/// Frames without a gap between them leave in one write, so an undelayed tape is one buffer.
package enum WireEncoder {
    /// Writes are cut at this many bytes, so that back-pressure works on large undelayed bodies.
    package static let writeByteLimit = 256 * 1024

    package static func lower(_ tape: Tape, for context: ExchangeContext) -> WireTape {
        var lowering = WireLowering(tape, for: context)
        var builder = WriteBuilder(capacity: tape.bodyByteCount + 1024 + 8 * tape.frames.count)
        lowering.begin(&builder)
        lowering.add(tape.frames, to: &builder)
        return lowering.end(&builder)
    }

    /// The head of a live tape and how its frames are framed.
    package static func lowerHead(
        _ head: ResponseHead,
        for context: ExchangeContext
    ) -> (bytes: ByteBuffer, isChunked: Bool, sendsBody: Bool, isPersistent: Bool) {
        let hop = HopHead(head, ending: .complete, context: context)
        var buffer = ByteBuffer()
        write(hop.head, into: &buffer)
        return (buffer, hop.isChunked, !context.isHead && !head.forbidsBody, hop.isPersistent)
    }

    static func write(_ head: ResponseHead, into buffer: inout ByteBuffer) {
        buffer.writeString(head.version == .http10 ? "HTTP/1.0 " : "HTTP/1.1 ")
        buffer.writeString(String(head.status.code))
        buffer.writeStaticString(" ")
        buffer.writeString(head.status.reasonPhrase)
        buffer.writeStaticString("\r\n")
        write(head.fields, into: &buffer)
        buffer.writeStaticString("\r\n")
    }

    static func write(_ fields: HTTPFields, into buffer: inout ByteBuffer) {
        for field in fields {
            buffer.writeString(field.name.rawName)
            buffer.writeStaticString(": ")
            field.withUnsafeBytesOfValue { value in
                _ = buffer.writeBytes(value)
            }
            buffer.writeStaticString("\r\n")
        }
    }
}
