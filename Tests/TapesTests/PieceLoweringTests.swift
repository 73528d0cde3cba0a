internal import HTTPTypes
internal import NIOCore
internal import Tapes
internal import TestSupport
internal import Testing

/// What tapes become whose frames come in pieces: the same as tapes that are lowered whole.
@Suite("Lowering tapes in pieces")
struct PieceLoweringTests {
    private static let contexts = [
        ExchangeContext.usual, ExchangeContext(isHead: true), ExchangeContext(isHTTP10: true, keepsAlive: false),
    ]

    /// What leaves when, however it was cut into writes.
    private struct Timeline: Equatable {
        var bytes: [UInt8] = []
        /// Since the beginning, of each byte.
        var times: [Duration] = []
        var now = Duration.zero
        var ending = Ending.complete
        var isPersistent = true

        mutating func add(_ wire: WireTape) {
            for write in wire.writes {
                now += write.gap
                bytes += write.bytes.readableBytesView
                times += write.bytes.readableBytesView.map { _ in now }
            }
            now += wire.endingGap
            ending = wire.ending
            isPersistent = wire.isPersistent
        }
    }

    /// A tape of a seed, and its frames in pieces.
    private static func tape(_ seed: UInt64) -> (tape: Tape, pieces: [[Frame]]) {
        var random = SplitMix(seed: seed)
        var tape = Tape.random(tick: .milliseconds(10), using: &random)
        if Bool.random(using: &random), tape.head != nil, let trailer = HTTPField.Name("x-usage") {
            tape.trailers = [trailer: "7"]
        }
        if Bool.random(using: &random) {
            tape.frames.append(Frame(bytes: ByteBuffer(repeating: 7, count: 3), chunk: .start(byteCount: 5)))
            tape.frames.append(Frame(gap: .milliseconds(10), bytes: ByteBuffer(repeating: 8, count: 2), chunk: .rest))
        }
        var pieces: [[Frame]] = [[]]
        for frame in tape.frames {
            pieces[pieces.count - 1].append(frame)
            if Bool.random(using: &random) { pieces.append([]) }
        }
        return (tape, pieces)
    }

    @Test("the bytes, their times and the end are those of the whole on HTTP/1", arguments: contexts)
    func wire(_ context: ExchangeContext) {
        for seed in 0..<500 as Range<UInt64> {
            let (tape, pieces) = Self.tape(seed)
            var whole = Timeline()
            whole.add(WireEncoder.lower(tape, for: context))
            var outline = tape
            outline.frames = []
            var lowering = WireLowering(outline, for: context)
            var joined = Timeline()
            joined.add(lowering.opening())
            for piece in pieces.dropLast() { joined.add(lowering.lower(piece)) }
            joined.add(lowering.lower(last: pieces.last ?? []))
            #expect(joined == whole, "seed \(seed)")
        }
    }

    @Test("the frames, their times, the trailers and the end are those of the whole on HTTP/2", arguments: contexts)
    func stream(_ context: ExchangeContext) {
        for seed in 0..<500 as Range<UInt64> {
            let (tape, pieces) = Self.tape(seed)
            let expected = StreamEncoder.lower(tape, for: context, boundaries: .kept)
            var whole = Timeline()
            whole.add(expected.wire)
            var outline = tape
            outline.frames = []
            var lowering = StreamLowering(outline, for: context, boundaries: .kept)
            let opening = lowering.opening()
            var joined = Timeline()
            joined.add(opening.wire)
            var writeCount = opening.wire.writes.count
            for piece in pieces.dropLast() {
                let lowered = lowering.lower(piece)
                joined.add(lowered.wire)
                writeCount += lowered.wire.writes.count
                #expect(lowered.parts.heads.isEmpty && lowered.parts.trailers.isEmpty)
            }
            let last = lowering.lower(last: pieces.last ?? [])
            joined.add(last.wire)
            #expect(joined == whole, "seed \(seed)")
            #expect(writeCount + last.wire.writes.count == expected.wire.writes.count, "seed \(seed)")
            #expect(opening.parts.heads == expected.parts.heads)
            #expect(last.parts.trailers == expected.parts.trailers)
            #expect(last.parts.failure == expected.parts.failure)
        }
    }
}
