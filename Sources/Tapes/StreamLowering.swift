internal import HTTPTypes
internal import NIOCore

/// Lowers a tape to what HTTP/2 sends on a stream, in as many pieces as its frames come in.
///
/// The pieces, played one behind the other, are what ``StreamEncoder`` makes of the whole tape, but for DATA
/// frames that would go over from one into the next.
package struct StreamLowering: Sendable {
    /// Its frames do not matter.
    private let tape: Tape
    private let sendsBody: Bool
    private let boundaries: StreamEncoder.Boundaries
    /// Whether a stream that dies before its head was to get bytes, which are no HTTP.
    private var isMalformed = false

    /// - Parameters:
    ///   - tape: all but its frames counts.
    ///   - context: what the request says about the form of the answer.
    ///   - boundaries: what becomes of those between frames; pieces are never joined.
    package init(_ tape: Tape, for context: ExchangeContext, boundaries: StreamEncoder.Boundaries = .joined) {
        self.tape = tape
        self.boundaries = boundaries
        sendsBody = tape.head.map { StreamEncoder.sendsBody($0, for: context) } ?? false
    }

    /// What comes before the frames.
    package func opening() -> StreamTape {
        var builder = StreamWriteBuilder([], boundaries, headCount: 1)
        begin(&builder)
        return StreamTape(wire: builder.finish(ending: .complete), parts: StreamTape.Parts(heads: heads))
    }

    /// The next frames.
    package mutating func lower(_ frames: [Frame]) -> StreamTape {
        var builder = StreamWriteBuilder(frames, boundaries, headCount: 0)
        add(frames, to: &builder)
        return StreamTape(wire: builder.finish(ending: .complete), parts: StreamTape.Parts())
    }

    /// The last frames and the ending.
    package mutating func lower(last frames: [Frame]) -> StreamTape {
        var builder = StreamWriteBuilder(frames, boundaries, headCount: 0)
        add(frames, to: &builder)
        let wire = end(&builder)
        return StreamTape(wire: wire, parts: StreamTape.Parts(trailers: trailers, failure: failure))
    }
}

extension StreamLowering {
    /// Of the whole, once it has been lowered.
    var parts: StreamTape.Parts {
        StreamTape.Parts(heads: heads, trailers: trailers, failure: failure)
    }

    private var heads: [ResponseHead] { tape.head.map { [$0] } ?? [] }

    private var trailers: HTTPFields { sendsBody && tape.ending == .complete ? tape.trailers : [:] }

    private var failure: StreamTape.Failure { isMalformed ? .malformed : .broken }

    func begin(_ builder: inout StreamWriteBuilder) {
        builder.wait(tape.headGap)
        if tape.head != nil { builder.append(ByteBuffer()) }
    }

    mutating func add(_ frames: [Frame], to builder: inout StreamWriteBuilder) {
        for frame in frames {
            if sendsBody {
                builder.wait(frame.gap)
                builder.append(body: frame.bytes)
            } else if tape.head == nil {
                builder.wait(frame.gap)
                if frame.bytes.readableBytes > 0 { isMalformed = true }
            }
        }
    }

    func end(_ builder: inout StreamWriteBuilder) -> WireTape {
        builder.wait(tape.endingGap)
        guard let head = tape.head else {
            return builder.finish(ending: tape.ending == .complete ? .close : tape.ending)
        }
        if !trailers.isEmpty { builder.append(ByteBuffer()) }
        return builder.finish(ending: StreamEncoder.ending(of: head, tape.ending))
    }
}
