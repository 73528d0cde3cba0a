internal import HTTPTypes
internal import NIOCore
internal import Tapes
internal import Testing

@Suite("Stream encoder")
struct StreamEncoderTests {
    private static func sized(_ body: String, ending: Ending = .complete) -> Tape {
        let head = ResponseHead(status: .ok, fields: [.contentLength: "\(body.utf8.count)"])
        return Tape(head: head, frames: [Frame(body)], ending: ending, origin: .server)
    }

    @Test("A write for the head, one for each frame, with their gaps")
    func gaps() {
        var tape = Self.sized("ab")
        tape.headGap = .seconds(1)
        tape.frames = [Frame(gap: .seconds(2), "a"), Frame(gap: .seconds(3), ""), Frame(gap: .seconds(4), "b")]
        tape.endingGap = .seconds(5)
        let stream = StreamEncoder.lower(tape, for: .usual)
        #expect(stream.wire.writes.map(\.gap) == [.seconds(1), .seconds(2), .seconds(7)])
        #expect(stream.wire.endingGap == .seconds(5))
        #expect(stream.bodyRange == 1..<3)
        #expect(stream.wire.byteCount == 2)
    }

    @Test("Trailers are the last write, after the gap before the end, and only of a complete answer")
    func trailers() throws {
        var tape = Self.sized("a")
        tape.trailers = [.eTag: "x"]
        tape.endingGap = .seconds(5)
        let stream = StreamEncoder.lower(tape, for: .usual)
        #expect(stream.wire.writes.map(\.gap) == [.zero, .zero, .seconds(5)])
        #expect(stream.wire.endingGap == .zero)
        #expect(stream.bodyRange == 1..<2)
        tape.ending = .close
        #expect(StreamEncoder.lower(tape, for: .usual).parts.trailers.isEmpty)
    }

    @Test("Long frames are cut to what every client takes")
    func longFrames() {
        let tape = Self.sized(String(repeating: "x", count: 40_000))
        let counts = StreamEncoder.lower(tape, for: .usual).wire.writes.map(\.bytes.readableBytes)
        #expect(counts == [0, 16_384, 16_384, 7232])
    }

    @Test(
        "Endings: closing after a body without framing is regular, nothing follows an informational head",
        arguments: [
            (ResponseHead(status: .ok), Ending.close, Ending.complete),
            (ResponseHead(status: .ok, fields: [.contentLength: "1"]), .close, .close),
            (ResponseHead(status: .ok), .reset, .reset),
            (ResponseHead(status: .earlyHints), .complete, .stall),
            (ResponseHead(status: .noContent), .complete, .complete),
        ]
    )
    func endings(head: ResponseHead, ending: Ending, expected: Ending) {
        let tape = Tape(head: head, frames: [Frame("a")], ending: ending, origin: .server)
        let stream = StreamEncoder.lower(tape, for: .usual)
        #expect(stream.wire.ending == expected)
        #expect(stream.bodyRange.count == (head.forbidsBody ? 0 : 1))
    }

    @Test("Without a head there is nothing but the ending, when it is due")
    func headless() {
        let frames = [Frame(gap: .seconds(2), "garbage")]
        let tape = Tape(
            headGap: .seconds(1),
            head: nil,
            frames: frames,
            endingGap: .seconds(3),
            ending: .complete,
            origin: .server
        )
        let stream = StreamEncoder.lower(tape, for: .usual)
        #expect(stream.wire.writes.isEmpty)
        #expect(stream.wire.endingGap == .seconds(6))
        #expect(stream.wire.ending == .close)
        #expect(stream.parts.failure == .malformed)
    }

    @Test("HEAD is answered by a head alone")
    func head() {
        let stream = StreamEncoder.lower(Self.sized("abc"), for: ExchangeContext(isHead: true))
        #expect(stream.wire.writes.count == 1)
        #expect(stream.bodyRange.isEmpty)
    }
}
