internal import HTTPTypes
internal import NIOCore
internal import Tapes
internal import TestSupport
internal import Testing

@Suite("Lowering tapes to bytes")
struct WireEncoderTests {
    /// What the head says of the body's length.
    enum Framing: String, CaseIterable {
        case chunked
        case sized
        case untilClose
        case unframed

        func head(_ code: Int = 200) -> ResponseHead {
            let status = HTTPResponse.Status(registered: code)
            return switch self {
            case .chunked: ResponseHead(status: status, fields: [.transferEncoding: "chunked"])
            case .sized: ResponseHead(status: status, fields: [.contentLength: "3"])
            case .untilClose: ResponseHead(status: status)
            case .unframed: ResponseHead(version: .http2, status: status)
            }
        }
    }

    private static let usual = ExchangeContext.usual
    private static let closing = ExchangeContext(keepsAlive: false)
    private static let head = ExchangeContext(isHead: true)
    private static let old = ExchangeContext(isHTTP10: true, keepsAlive: false)
    private static let oldStaying = ExchangeContext(isHTTP10: true)
    private static let oldHead = ExchangeContext(isHead: true, isHTTP10: true, keepsAlive: false)

    private static func tape(_ framing: Framing, _ ending: Ending = .complete) -> Tape {
        Tape(head: framing.head(), frames: [Frame("a"), Frame("bc")], ending: ending, origin: .server)
    }

    @Test(
        "A complete answer is framed as the client can read it",
        arguments: [
            (
                .chunked, usual,
                "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶1¶a¶2¶bc¶0¶¶\ncomplete, persistent"
            ),
            (
                .chunked, closing,
                "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶Connection: close¶¶1¶a¶2¶bc¶0¶¶\n"
                    + "complete, not persistent"
            ),
            (.chunked, head, "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶\ncomplete, persistent"),
            (.chunked, old, "HTTP/1.1 200 OK¶Connection: close¶¶abc\ncomplete, not persistent"),
            (.chunked, oldStaying, "HTTP/1.1 200 OK¶¶abc\ncomplete, not persistent"),
            (.chunked, oldHead, "HTTP/1.1 200 OK¶Connection: close¶¶\ncomplete, not persistent"),
            (.sized, usual, "HTTP/1.1 200 OK¶Content-Length: 3¶¶abc\ncomplete, persistent"),
            (.sized, closing, "HTTP/1.1 200 OK¶Content-Length: 3¶Connection: close¶¶abc\ncomplete, not persistent"),
            (.sized, head, "HTTP/1.1 200 OK¶Content-Length: 3¶¶\ncomplete, persistent"),
            (.sized, old, "HTTP/1.1 200 OK¶Content-Length: 3¶Connection: close¶¶abc\ncomplete, not persistent"),
            (.sized, oldStaying, "HTTP/1.1 200 OK¶Content-Length: 3¶Connection: keep-alive¶¶abc\ncomplete, persistent"),
            (.sized, oldHead, "HTTP/1.1 200 OK¶Content-Length: 3¶Connection: close¶¶\ncomplete, not persistent"),
            (.untilClose, usual, "HTTP/1.1 200 OK¶¶abc\ncomplete, not persistent"),
            (.untilClose, closing, "HTTP/1.1 200 OK¶Connection: close¶¶abc\ncomplete, not persistent"),
            (.untilClose, head, "HTTP/1.1 200 OK¶¶\ncomplete, persistent"),
            (.untilClose, old, "HTTP/1.1 200 OK¶Connection: close¶¶abc\ncomplete, not persistent"),
            (.untilClose, oldStaying, "HTTP/1.1 200 OK¶¶abc\ncomplete, not persistent"),
            (.untilClose, oldHead, "HTTP/1.1 200 OK¶Connection: close¶¶\ncomplete, not persistent"),
            (
                .unframed, usual,
                "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶1¶a¶2¶bc¶0¶¶\ncomplete, persistent"
            ),
            (
                .unframed, closing,
                "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶Connection: close¶¶1¶a¶2¶bc¶0¶¶\n"
                    + "complete, not persistent"
            ),
            (.unframed, head, "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶\ncomplete, persistent"),
            (.unframed, old, "HTTP/1.1 200 OK¶Connection: close¶¶abc\ncomplete, not persistent"),
            (.unframed, oldStaying, "HTTP/1.1 200 OK¶¶abc\ncomplete, not persistent"),
            (.unframed, oldHead, "HTTP/1.1 200 OK¶Connection: close¶¶\ncomplete, not persistent"),
        ] as [(Framing, ExchangeContext, String)]
    )
    func framing(framing: Framing, context: ExchangeContext, expected: String) {
        #expect(WireEncoder.lower(Self.tape(framing), for: context).transcript == expected)
    }

    @Test(
        "Another ending leaves the message unfinished and never promises another exchange",
        arguments: [
            (.chunked, .close, "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶1¶a¶2¶bc¶\nclose, not persistent"),
            (.chunked, .reset, "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶1¶a¶2¶bc¶\nreset, not persistent"),
            (.chunked, .stall, "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶1¶a¶2¶bc¶\nstall, not persistent"),
            (.sized, .close, "HTTP/1.1 200 OK¶Content-Length: 3¶¶abc\nclose, not persistent"),
            (.sized, .reset, "HTTP/1.1 200 OK¶Content-Length: 3¶¶abc\nreset, not persistent"),
            (.sized, .stall, "HTTP/1.1 200 OK¶Content-Length: 3¶¶abc\nstall, not persistent"),
            // Closing is how this framing completes a message.
            (.untilClose, .close, "HTTP/1.1 200 OK¶¶abc\ncomplete, not persistent"),
            (.untilClose, .reset, "HTTP/1.1 200 OK¶¶abc\nreset, not persistent"),
            (.untilClose, .stall, "HTTP/1.1 200 OK¶¶abc\nstall, not persistent"),
            (.unframed, .close, "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶1¶a¶2¶bc¶\nclose, not persistent"),
            (.unframed, .reset, "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶1¶a¶2¶bc¶\nreset, not persistent"),
            (.unframed, .stall, "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶1¶a¶2¶bc¶\nstall, not persistent"),
        ] as [(Framing, Ending, String)]
    )
    func endings(framing: Framing, ending: Ending, expected: String) {
        #expect(WireEncoder.lower(Self.tape(framing, ending), for: .usual).transcript == expected)
    }

    @Test(
        "HEAD sends the head of the answer and its ending",
        arguments: Framing.allCases,
        [Ending.close, .reset, .stall]
    )
    func headRequests(framing: Framing, ending: Ending) {
        let wire = WireEncoder.lower(Self.tape(framing, ending), for: Self.head)
        let isRegular = framing == .untilClose && ending == .close
        #expect(String(buffer: wire.writes[0].bytes).hasSuffix("\r\n\r\n"))
        #expect(wire.writes.count == 1)
        #expect(wire.ending == (isRegular ? .complete : ending))
        #expect(!wire.isPersistent)
    }

    @Test(
        "204, 304 and 1xx have no body, whatever the tape holds",
        arguments: [
            (204, .untilClose, "HTTP/1.1 204 No Content¶¶\ncomplete, persistent"),
            (304, .untilClose, "HTTP/1.1 304 Not Modified¶¶\ncomplete, persistent"),
            (204, .unframed, "HTTP/1.1 204 No Content¶¶\ncomplete, persistent"),
            (304, .sized, "HTTP/1.1 304 Not Modified¶Content-Length: 3¶¶\ncomplete, persistent"),
            (103, .untilClose, "HTTP/1.1 103 Early Hints¶¶\ncomplete, persistent"),
        ] as [(Int, Framing, String)]
    )
    func bodiless(code: Int, framing: Framing, expected: String) {
        let tape = Tape(head: framing.head(code), frames: [Frame("abc")], origin: .server)
        #expect(WireEncoder.lower(tape, for: .usual).transcript == expected)
    }

    @Test("Trailers follow the last chunk of a complete chunked body, and nothing else")
    func trailers() {
        let name = HTTPField.Name("x-usage")
        #expect(name != nil)
        guard let name else { return }
        var tape = Self.tape(.chunked)
        tape.trailers = [name: "7"]
        let complete = WireEncoder.lower(tape, for: .usual).transcript
        #expect(
            complete
                == "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶1¶a¶2¶bc¶0¶x-usage: 7¶¶\ncomplete, persistent"
        )
        for (framing, ending, context) in [
            (.chunked, .close, Self.usual), (.chunked, .complete, Self.old), (.chunked, .complete, Self.head),
            (.sized, .complete, Self.usual), (.untilClose, .complete, Self.usual),
        ] as [(Framing, Ending, ExchangeContext)] {
            var tape = Self.tape(framing, ending)
            tape.trailers = [name: "7"]
            #expect(!WireEncoder.lower(tape, for: context).transcript.contains("x-usage"))
        }
    }

    @Test(
        "Gaps cut the bytes into writes",
        arguments: [
            // An undelayed tape is one buffer.
            ("200 abc|", "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶1¶a¶1¶b¶1¶c¶0¶¶\ncomplete, persistent"),
            // Frames without a gap between them leave together.
            (
                "200 ab-cd--e|",
                "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶1¶a¶1¶b¶\n+10ms 1¶c¶1¶d¶\n+20ms 1¶e¶0¶¶\n"
                    + "complete, persistent"
            ),
            // The head waits for itself, the first frame for the head.
            (
                "-200 --a|",
                "+10ms HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶\n+20ms 1¶a¶0¶¶\ncomplete, persistent"
            ),
            // The gap before the ending is the gap before the last chunk.
            (
                "200 a-|",
                "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶1¶a¶\n+10ms 0¶¶\ncomplete, persistent"
            ),
            // Without a last chunk it is a gap of the ending.
            ("200 a-^", "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶1¶a¶\n+10ms reset, not persistent"),
            // Empty frames send nothing, but they take their time.
            (
                "200 a-''-b|",
                "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶1¶a¶\n+20ms 1¶b¶0¶¶\ncomplete, persistent"
            ),
            ("200 a-''--^", "HTTP/1.1 200 OK¶Transfer-Encoding: chunked¶¶1¶a¶\n+30ms reset, not persistent"),
            // Without a head, frames are bytes as they are.
            ("'HTTP/1.1 nonsense\\r\\n'--b^", "HTTP/1.1 nonsense¶\n+20ms b\nreset, not persistent"),
            ("---a|", "+30ms a\ncomplete, not persistent"),
            ("--^", "+20ms reset, not persistent"),
            ("~", "stall, not persistent"),
        ]
    )
    func gaps(diagram: String, expected: String) throws {
        let tape = try Tape(diagram: diagram, tick: .milliseconds(10))
        #expect(WireEncoder.lower(tape, for: .usual).transcript == expected)
    }

    @Test("A sized body is over with its last byte, so no gap is left before its end")
    func sizedEnd() {
        var tape = Self.tape(.sized)
        tape.endingGap = .seconds(1)
        #expect(WireEncoder.lower(tape, for: .usual).endingGap == .zero)
        tape.ending = .close
        #expect(WireEncoder.lower(tape, for: .usual).endingGap == .seconds(1))
    }

    @Test("No time is lost between a tape and its wire form", arguments: 0..<20 as Range<UInt64>)
    func durations(seed: UInt64) {
        var generator = SplitMix(seed: seed)
        for round in 0..<50 {
            var tape = Tape.random(tick: .milliseconds(10), using: &generator)
            if tape.head?.forbidsBody == true { tape.head = nil }
            if tape.ending == .complete, tape.head == nil { tape.endingGap = .zero }
            let wire = WireEncoder.lower(tape, for: .usual)
            let duration = wire.writes.reduce(wire.endingGap) { $0 + $1.gap }
            #expect(duration == tape.duration, "seed \(seed), round \(round): \(tape.diagram(tick: .milliseconds(10)))")
        }
    }

    @Test(
        "Big bodies are cut at the write limit, and only the first piece waits",
        arguments: [0, 1, WireEncoder.writeByteLimit, WireEncoder.writeByteLimit + 1, 3 * WireEncoder.writeByteLimit]
    )
    func writeLimit(byteCount: Int) {
        let body = ByteBuffer(bytes: (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let tape = Tape(
            head: ResponseHead(status: .ok, fields: [.contentLength: "\(byteCount)"]),
            frames: [Frame(gap: .milliseconds(10), bytes: body)],
            origin: .server
        )
        let wire = WireEncoder.lower(tape, for: .usual)
        #expect(wire.writes.allSatisfy { $0.bytes.readableBytes <= WireEncoder.writeByteLimit })
        #expect(wire.writes.dropFirst(2).allSatisfy { $0.gap == .zero })
        #expect(wire.writes.count == 1 + (byteCount + WireEncoder.writeByteLimit - 1) / WireEncoder.writeByteLimit)
        var bytes = ByteBuffer()
        for write in wire.writes.dropFirst() { bytes.writeImmutableBuffer(write.bytes) }
        #expect(bytes == body)
        #expect(wire.byteCount == byteCount + wire.writes[0].bytes.readableBytes)
    }

    @Test("A recorded Connection: close is kept, said once, and obeyed")
    func announcedClose() {
        var tape = Self.tape(.sized)
        tape.head?.fields[.connection] = "Close"
        let expected = "HTTP/1.1 200 OK¶Content-Length: 3¶Connection: Close¶¶abc\ncomplete, not persistent"
        #expect(WireEncoder.lower(tape, for: Self.usual).transcript == expected)
        #expect(WireEncoder.lower(tape, for: Self.closing).transcript == expected)
    }

    @Test("Order and letter case of header fields, repeated ones included, are those of the tape")
    func fieldOrder() throws {
        let names = try ["X-Second", "date", "x-FIRST"].map { try #require(HTTPField.Name($0)) }
        var fields = HTTPFields()
        for name in names { fields.append(HTTPField(name: name, value: "1")) }
        fields.append(HTTPField(name: names[0], value: "2"))
        fields[.contentLength] = "0"
        let tape = Tape(head: ResponseHead(status: .ok, fields: fields), origin: .server)
        #expect(
            WireEncoder.lower(tape, for: .usual).transcript
                == "HTTP/1.1 200 OK¶X-Second: 1¶date: 1¶x-FIRST: 1¶X-Second: 2¶Content-Length: 0¶¶\n"
                + "complete, persistent"
        )
    }

    @Test("Version and reason phrase are those of the tape, also unusual ones")
    func statusLine() {
        var head = Framing.sized.head()
        head.version = .http10
        head.status = HTTPResponse.Status(code: 299, reasonPhrase: "")
        let tape = Tape(head: head, frames: [Frame("abc")], origin: .server)
        #expect(WireEncoder.lower(tape, for: .usual).transcript.hasPrefix("HTTP/1.0 299 ¶"))
    }

    @Test("The head of a live tape is framed like that of a tape", arguments: Framing.allCases)
    func liveHeads(framing: Framing) {
        for context in [Self.usual, Self.closing, Self.head, Self.old, Self.oldStaying] {
            let live = WireEncoder.lowerHead(framing.head(), for: context)
            let tape = Tape(head: framing.head(), ending: .complete, origin: .server)
            let wire = WireEncoder.lower(tape, for: context)
            let isChunked = framing == .chunked || framing == .unframed
            #expect(live.isChunked == (isChunked && !context.isHTTP10))
            #expect(live.sendsBody == !context.isHead)
            #expect(live.isPersistent == wire.isPersistent)
            let end = live.isChunked && live.sendsBody ? "0\r\n\r\n" : ""
            #expect(String(buffer: live.bytes) + end == wire.writes.map { String(buffer: $0.bytes) }.joined())
        }
    }

    @Test("A lowered tape carries its usual wire form")
    func loweredTape() {
        let tape = Self.tape(.chunked)
        let lowered = LoweredTape(tape)
        #expect(lowered.tape == tape)
        #expect(lowered.wire.transcript == WireEncoder.lower(tape, for: .usual).transcript)
        #expect(Answer.lowered(lowered).status == 200)
        #expect(Answer.lowered(lowered).origin == .server)
        #expect(Answer.tape(Tape(head: nil, origin: .control)).status == nil)
        #expect(Answer.tape(Tape(head: nil, origin: .control)).origin == .control)
    }
}

extension WireEncoderTests.Framing: CustomTestStringConvertible {
    var testDescription: String { rawValue }
}
