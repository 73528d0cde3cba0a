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

    @Test("Frames of one moment share writes, and one with a gap before it begins another")
    func joining() {
        var tape = Self.sized("")
        tape.frames = [Frame(gap: .seconds(2), "a"), Frame("b"), Frame(""), Frame("c"), Frame(gap: .seconds(3), "d")]
        tape.frames += [Frame("e")]
        func form(_ stream: StreamTape) -> [String] {
            stream.wire.writes.map { "\($0.gap.nanoseconds / 1_000_000_000) \(String(buffer: $0.bytes))" }
        }
        #expect(form(StreamEncoder.lower(tape, for: .usual)) == ["0 ", "2 abc", "3 de"])
        #expect(
            form(StreamEncoder.lower(tape, for: .usual, boundaries: .kept)) == [
                "0 ", "2 a", "0 b", "0 c", "3 d", "0 e",
            ]
        )
        #expect(AlteredTape(tape).loweredToStream(for: .usual).bodyRange == 1..<6)
        // The frames that were joined are still what they were.
        #expect(tape.frames.map { String(buffer: $0.bytes) } == ["a", "b", "", "c", "d", "e"])
    }

    @Test("Joined frames fill a write as far as none of them is split")
    func fullWrites() {
        var tape = Self.sized("")
        tape.frames = [5000, 6000, 6000, 16_384, 1, 40_000, 10, 16_380].map {
            Frame(bytes: ByteBuffer(repeating: 0x78, count: $0))
        }
        let counts = StreamEncoder.lower(tape, for: .usual).wire.writes.map(\.bytes.readableBytes)
        #expect(counts == [0, 11_000, 6000, 16_384, 1, 16_384, 16_384, 7242, 16_380])
    }

    @Test("What is played often is joined once, and for HEAD never")
    func often() throws {
        var tape = Self.sized("ab")
        tape.frames = [Frame("a"), Frame("b")]
        let answer = Answer.lowered(LoweredTape(tape))
        func body(_ context: ExchangeContext = .usual) -> [ByteBuffer]? {
            answer.loweredToStream(for: context).map { $0.wire.writes[$0.bodyRange].map(\.bytes) }
        }
        let first = try #require(body())
        #expect(first == [ByteBuffer(string: "ab")])
        func address(_ bytes: ByteBuffer?) -> UnsafeRawPointer? { bytes?.withUnsafeReadableBytes { $0.baseAddress } }
        #expect(address(first.first) == address(body()?.first))
        #expect(body(ExchangeContext(isHead: true)) == [])
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
