internal import HTTPTypes
internal import NIOCore

/// Lowers a tape to HTTP/1.1 bytes in as many pieces as its frames come in.
///
/// The pieces, played one behind the other, are what ``WireEncoder`` makes of the whole tape.
package struct WireLowering: Sendable {
    /// Its frames do not matter.
    private let tape: Tape
    /// Nil for an answer that has no head.
    private let hop: HopHead?
    private let sendsBody: Bool
    private var chunks: ChunkWriter

    /// - Parameters:
    ///   - tape: all but its frames counts.
    ///   - context: what the request says about the form of the answer.
    package init(_ tape: Tape, for context: ExchangeContext) {
        self.tape = tape
        hop = tape.head.map { HopHead($0, ending: tape.ending, context: context) }
        sendsBody = tape.head.map { !context.isHead && !$0.forbidsBody } ?? true
        chunks = ChunkWriter(isChunked: hop?.isChunked ?? false)
    }

    /// What comes before the frames.
    package func opening() -> WireTape {
        var builder = WriteBuilder(capacity: 1024)
        begin(&builder)
        return unfinished(builder)
    }

    /// The next frames.
    package mutating func lower(_ frames: [Frame]) -> WireTape {
        var builder = WriteBuilder(capacity: Self.capacity(for: frames))
        add(frames, to: &builder)
        return unfinished(builder)
    }

    /// The last frames and the ending.
    package mutating func lower(last frames: [Frame]) -> WireTape {
        var builder = WriteBuilder(capacity: Self.capacity(for: frames))
        add(frames, to: &builder)
        return end(&builder)
    }

    private func unfinished(_ builder: WriteBuilder) -> WireTape {
        builder.finish(endingGap: .zero, ending: .complete, isPersistent: true)
    }

    private static func capacity(for frames: [Frame]) -> Int {
        frames.reduce(64) { $0 + $1.bytes.readableBytes + 8 }
    }
}

extension WireLowering {
    func begin(_ builder: inout WriteBuilder) {
        builder.wait(tape.headGap)
        if let hop { WireEncoder.write(hop.head, into: &builder.buffer) }
    }

    mutating func add(_ frames: [Frame], to builder: inout WriteBuilder) {
        guard sendsBody else { return }
        for frame in frames {
            builder.wait(frame.gap)
            chunks.write(frame.bytes, frame.chunk, into: &builder.buffer)
        }
    }

    mutating func end(_ builder: inout WriteBuilder) -> WireTape {
        guard let hop else {
            let endingGap = tape.ending == .complete ? .zero : tape.endingGap
            return builder.finish(endingGap: endingGap, ending: tape.ending, isPersistent: false)
        }
        if sendsBody, hop.isChunked, tape.ending == .complete {
            builder.wait(tape.endingGap)
            chunks.finish(tape.trailers, into: &builder.buffer)
        }
        // A complete message has ended with its last byte; the gap before its last chunk was a cut.
        let endingGap = tape.ending == .complete ? .zero : tape.endingGap
        return builder.finish(endingGap: endingGap, ending: hop.ending, isPersistent: hop.isPersistent)
    }
}
