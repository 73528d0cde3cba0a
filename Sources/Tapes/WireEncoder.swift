internal import HTTPTypes
package import NIOCore

/// Lowers tapes to HTTP/1.1 bytes (RFC 9112).
///
/// Frames without a gap between them leave in one write, so an undelayed tape is one buffer.
package enum WireEncoder {
    /// Writes are cut at this many bytes, so that back-pressure works on large undelayed bodies.
    package static let writeByteLimit = 256 * 1024

    package static func lower(_ tape: Tape, for context: ExchangeContext) -> WireTape {
        var builder = WriteBuilder(capacity: tape.bodyByteCount + 1024 + 8 * tape.frames.count)
        guard let original = tape.head else {
            builder.wait(tape.headGap)
            for frame in tape.frames {
                builder.wait(frame.gap)
                builder.buffer.writeImmutableBuffer(frame.bytes)
            }
            return builder.finish(tape, ending: tape.ending, isPersistent: false)
        }
        let hop = HopHead(original, ending: tape.ending, context: context)
        builder.wait(tape.headGap)
        write(hop.head, into: &builder.buffer)
        guard !context.isHead, !original.forbidsBody else {
            return builder.finish(tape, ending: hop.ending, isPersistent: hop.isPersistent)
        }
        var chunks = ChunkWriter(isChunked: hop.isChunked)
        for frame in tape.frames {
            builder.wait(frame.gap)
            chunks.write(frame.bytes, frame.chunk, into: &builder.buffer)
        }
        if hop.isChunked, tape.ending == .complete {
            builder.wait(tape.endingGap)
            chunks.finish(tape.trailers, into: &builder.buffer)
        }
        return builder.finish(tape, ending: hop.ending, isPersistent: hop.isPersistent)
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

    private static func write(_ head: ResponseHead, into buffer: inout ByteBuffer) {
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

/// A head fitted to this hop: framing the client can read, and the `connection` field when we close.
private struct HopHead {
    var head: ResponseHead
    var isChunked: Bool
    var isPersistent: Bool

    /// The tape's ending, but ``Ending/complete`` where closing is how the framing completes the message: that close
    /// is a regular one and gets TLS's close_notify, a cut does not.
    var ending: Ending

    init(_ original: ResponseHead, ending: Ending, context: ExchangeContext) {
        head = original
        self.ending = ending == .close && original.framing == .untilClose ? .complete : ending
        var endsWithConnection = false
        switch original.framing {
        case .chunked where context.isHTTP10:
            head.fields[.transferEncoding] = nil
            isChunked = false
            endsWithConnection = true
        case .chunked:
            isChunked = true
        case .sized:
            isChunked = false
        case .unframed where !context.isHTTP10:
            isChunked = !original.forbidsBody
            if isChunked { head.fields[.transferEncoding] = "chunked" }
        case .unframed, .untilClose:
            isChunked = false
            endsWithConnection = !original.forbidsBody && !context.isHead
        }
        let announcesClose = original.fields[.connection]?.containsIgnoringCase("close") == true
        isPersistent = context.keepsAlive && ending == .complete && !endsWithConnection && !announcesClose
        guard ending == .complete, !announcesClose else { return }
        if !context.keepsAlive {
            // RFC 9112 §9.6: a server that closes after the answer says so.
            head.fields[.connection] = "close"
        } else if context.isHTTP10, isPersistent {
            // RFC 9112 §9.3: HTTP/1.0 clients stay only if told.
            head.fields[.connection] = "keep-alive"
        }
    }
}

/// Collects bytes into one buffer and remembers where gaps cut it into writes.
private struct WriteBuilder {
    var buffer = ByteBuffer()
    private var pendingGap = Duration.zero
    private var cuts: [(gap: Duration, start: Int)] = []

    init(capacity: Int) {
        buffer.reserveCapacity(capacity)
    }

    mutating func wait(_ gap: Duration) {
        guard gap > .zero else { return }
        if let last = cuts.last, last.start == buffer.writerIndex {
            cuts[cuts.count - 1].gap += gap
        } else {
            cuts.append((gap, buffer.writerIndex))
        }
    }

    func finish(_ tape: Tape, ending: Ending, isPersistent: Bool) -> WireTape {
        var writes: [WireTape.Write] = []
        writes.reserveCapacity(cuts.count + 1)
        if cuts.first?.start != 0, buffer.writerIndex > 0 {
            append(gap: .zero, from: 0, to: cuts.first?.start ?? buffer.writerIndex, to: &writes)
        }
        for (index, cut) in cuts.enumerated() {
            let end = index + 1 < cuts.count ? cuts[index + 1].start : buffer.writerIndex
            append(gap: cut.gap, from: cut.start, to: end, to: &writes)
        }
        // A complete message has ended with its last byte; the gap before its last chunk was a cut.
        let trailingGap = cuts.last.flatMap { $0.start == buffer.writerIndex ? $0.gap : nil } ?? .zero
        return WireTape(
            writes: writes,
            endingGap: trailingGap + (tape.ending == .complete ? .zero : tape.endingGap),
            ending: ending,
            isPersistent: isPersistent
        )
    }

    private func append(gap: Duration, from start: Int, to end: Int, to writes: inout [WireTape.Write]) {
        var gap = gap
        var start = start
        while start < end {
            let count = min(WireEncoder.writeByteLimit, end - start)
            guard let slice = buffer.getSlice(at: start, length: count) else { return }
            writes.append(WireTape.Write(gap: gap, bytes: slice))
            gap = .zero
            start += count
        }
    }
}
