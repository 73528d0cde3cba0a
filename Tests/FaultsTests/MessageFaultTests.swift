internal import Faults
internal import HTTPTypes
internal import NIOCore
internal import Tapes
internal import Testing

/// Faults of the message, seen in its lowered bytes; each row is what comes of a body `ab`, `0123456789`.
@Suite("Faults of messages")
struct MessageFaultTests {
    /// Its last character is CR LF.
    private static let usualHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain\r\n"
    private static let chunkedBody = "2\r\nab\r\na\r\n0123456789\r\n0\r\n\r\n"

    private static func wire(_ name: String, _ arguments: [String: FaultValue] = [:]) throws -> String {
        try Tape.make("200 'ab''0123456789'|", type: "text/plain").altered(name, arguments).wireText
    }

    @Test(
        "Chunks are written wrongly, or as few write them",
        arguments: [
            ("malformed_chunk", [:], "2\r\nab\r\nxyz\r\n0123456789\r\n0\r\n\r\n"),
            ("malformed_chunk", ["index": 0, "form": "empty"], "\r\nab\r\na\r\n0123456789\r\n0\r\n\r\n"),
            ("malformed_chunk", ["index": -1, "form": "negative"], "2\r\nab\r\na\r\n0123456789\r\n-5\r\n\r\n"),
            ("malformed_chunk", ["form": "prefixed"], "2\r\nab\r\n0x10\r\n0123456789\r\n0\r\n\r\n"),
            ("malformed_chunk", ["form": "too_large"], "2\r\nab\r\n10000000000000000\r\n0123456789\r\n0\r\n\r\n"),
            ("malformed_chunk", ["index": 3], chunkedBody),
            ("malformed_chunk", ["index": -4], chunkedBody),
            (
                "chunk_syntax", ["variant": "extensions"],
                "2;sim;note=\"a;b c\"\r\nab\r\na;sim;note=\"a;b c\"\r\n0123456789\r\n"
                    + "0;sim;note=\"a;b c\"\r\n\r\n"
            ),
            ("chunk_syntax", ["variant": "upper_case"], "2\r\nab\r\nA\r\n0123456789\r\n0\r\n\r\n"),
            ("chunk_syntax", ["variant": "leading_zeros"], "0002\r\nab\r\n000a\r\n0123456789\r\n0000\r\n\r\n"),
            ("chunk_syntax", ["variant": "trailers"], "2\r\nab\r\na\r\n0123456789\r\n0\r\nx-sim-trailer: 1\r\n\r\n"),
            (
                "chunk_syntax", [:],
                "0002;sim;note=\"a;b c\"\r\nab\r\n000A;sim;note=\"a;b c\"\r\n0123456789\r\n"
                    + "0000;sim;note=\"a;b c\"\r\nx-sim-trailer: 1\r\n\r\n"
            ),
            ("missing_terminator", [:], "2\r\nab\r\na\r\n0123456789\r\n"),
            ("trailing_bytes", ["text": "zzz"], chunkedBody + "zzz"),
        ] as [(String, [String: FaultValue], String)]
    )
    func chunkSyntax(name: String, arguments: [String: FaultValue], body: String) throws {
        #expect(try Self.wire(name, arguments) == Self.usualHead + "\r\n" + body)
    }

    @Test(
        "Heads change",
        arguments: [
            ("status", [:], "HTTP/1.1 503 Service Unavailable\r\n"),
            ("status", ["code": 999], "HTTP/1.1 999 \r\n"),
            ("status", ["code": 200, "reason": "Fine"], "HTTP/1.1 200 Fine\r\n"),
            ("header", [:], usualHead + "x-fault: 1\r\n\r\n"),
            (
                "header", ["name": "Content-TYPE", "value": "b", "change": "replace"],
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-TYPE: b\r\n\r\n"
            ),
            (
                "header", ["name": "transfer-encoding", "change": "drop"],
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n2\r\nab"
            ),
            ("header", ["change": "no_colon"], usualHead + "x-fault 1\r\n\r\n"),
            ("header", ["change": "blank_before_colon"], usualHead + "x-fault : 1\r\n\r\n"),
            ("header", ["change": "folded"], usualHead + "x-fault: 1\r\n folded\r\n\r\n"),
            ("header", ["change": "control_character"], usualHead + "x-fault: 1\u{1}\0\r\n\r\n"),
            ("content_type", [:], usualHead.dropLast() + "; charset=UTF-8; note=\"a;b\"\r\n\r\n"),
            ("content_type", ["variant": "upper_case"], usualHead.dropLast(11) + "TEXT/PLAIN\r\n\r\n"),
            ("content_type", ["variant": "other", "value": "a/b"], usualHead.dropLast(11) + "a/b\r\n\r\n"),
            ("content_type", ["variant": "missing"], "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
            ("early_response", [:], "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n"),
            (
                "early_response", ["status": 100, "count": 2],
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"
            ),
        ] as [(String, [String: FaultValue], String)]
    )
    func changedHeads(name: String, arguments: [String: FaultValue], start: String) throws {
        #expect(try Self.wire(name, arguments).hasPrefix(start))
    }

    @Test(
        "The body is framed another way",
        arguments: [
            ("framing", [:], "Content-Length: 12", "complete"),
            ("framing", ["kind": "until_close"], "", "complete"),
            ("framing", ["kind": "chunked"], "Transfer-Encoding: chunked", "complete"),
            ("content_length", [:], "Content-Length: 13", "close"),
            ("content_length", ["difference": -2], "Content-Length: 10", "close"),
            ("content_length", ["difference": -1_000_000_000], "Content-Length: 0", "close"),
            ("content_length", ["difference": 1_000_000_000], "Content-Length: 1000000012", "close"),
            ("content_length", ["difference": 0], "Content-Length: 12", "complete"),
        ] as [(String, [String: FaultValue], String, String)]
    )
    func framing(name: String, arguments: [String: FaultValue], field: String, ending: String) throws {
        let tape = try Tape.make("200 'ab''0123456789'|", type: "text/plain")
        let wire = try tape.altered(name, arguments)
        let fields = wire.wireText.split(separator: "\r\n").filter {
            $0.hasPrefix("Content-L") || $0.hasPrefix("Transfer")
        }
        #expect(fields.joined() == field)
        #expect(wire.lowered(for: .usual).ending.rawValue == ending)
    }

    @Test("A wrong length stays as wrong when the body changes after it")
    func wrongLength() throws {
        let tape = try Tape.stream(#"200 'data: a\n\n'|"#)
        let answer = try tape.altered([("content_length", ["difference": 5]), ("comments", ["text": "c"])])
        #expect(answer.tape.head?.framing == .sized(9 + 5 + 5))
    }

    @Test("Garbage comes before the head, in its place, or instead of everything")
    func garbage() throws {
        let tape = try Tape.make("-200 'ab'|", type: "text/plain")
        let plain = AlteredTape(tape).wireBytes
        #expect(try Array(tape.altered("garbage", ["count": 5]).wireBytes.dropFirst(5)) == plain)
        let replaced = try tape.altered("garbage", ["where": "instead_of_head"]).wireBytes
        #expect(Array(replaced.dropFirst(64)) == Array("2\r\nab\r\n0\r\n\r\n".utf8))
        let whole = try tape.altered("garbage", ["where": "instead_of_answer", "count": 1])
        #expect(whole.wireBytes.count == 1)
        #expect(whole.lowered(for: .usual).ending == .close)
        #expect(try tape.altered("garbage").wireBytes != tape.altered("garbage", seed: 2).wireBytes)
    }

    @Test("Faults of bytes find the message behind garbage and early responses")
    func behindGarbage() throws {
        let tape = try Tape.make("200 'ab'|", type: "text/plain")
        let answer = try tape.altered([
            ("early_response", [:]), ("garbage", ["count": 3]), ("header", [:]), ("malformed_chunk", ["index": 0]),
        ])
        let expected =
            "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
            + "Content-Type: text/plain\r\nx-fault: 1\r\n\r\nxyz\r\nab\r\n0\r\n\r\n"
        #expect(String(decoding: answer.wireBytes.dropFirst(3), as: UTF8.self) == expected)
    }

    @Test("An early response comes when the head was due, the head after its lead")
    func earlyTimes() throws {
        let tape = try Tape.make("-200 'ab'|", type: "text/plain")
        let wire = try tape.altered("early_response", ["count": 2, "lead": .milliseconds(20)]).lowered(for: .usual)
        #expect(wire.writes.map(\.gap) == [.milliseconds(10), .milliseconds(20), .milliseconds(20)])
    }

    @Test("A body is coded last, flushed after each frame, and ends with its checksum only when it is complete")
    func compression() throws {
        let tape = try Tape.stream(#"200 'data: a\n\n'-'data: b\n\n'|"#)
        let answer = try tape.altered([("compression", ["coding": "deflate"]), ("drop_events", ["index": 0])])
        #expect(answer.wireText.contains("\r\nContent-Encoding: deflate\r\n"))
        let message = try #require(HTTPMessage(answer.wireBytes))
        #expect(message.body.starts(with: [0x78, 1, 0, 9, 0, 0xF6, 0xFF] + Array("data: b\n\n".utf8)))
        #expect(message.body.count == 2 + 5 + 9 + 5 + 4)
        let cut = try tape.altered([("compression", [:]), ("cut", ["event": 1])])
        #expect(cut.wireText.hasSuffix("data: a\n\n\r\n"))
    }

    @Test("A compressed body with a length announces the compressed one")
    func compressedLength() throws {
        let tape = try Tape.stream(#"200 'data: a\n\n'|"#)
        let message = try #require(HTTPMessage(tape.altered([("framing", [:]), ("compression", [:])]).wireBytes))
        #expect(message.isComplete && message.rest.isEmpty)
        #expect(message.body.count == 10 + 5 + 9 + 5 + 8)
    }

    @Test("A name or value that no field can have is refused, with what to do")
    func fieldErrors() {
        let name = FaultArgumentError(
            parameter: "name",
            message: "expected a field name such as 'retry-after', of letters, digits and hyphens"
        )
        for text in ["", "a b", "a:b", "é"] {
            #expect(throws: name) { try FaultTable.make("header", ["name": .text(text)]) }
        }
        let value = FaultArgumentError(
            parameter: "value",
            message: "expected a value on one line; for an illegal line say 'change: control_character'"
        )
        for text in ["a\r\nb: c", "a\0"] {
            #expect(throws: value) { try FaultTable.make("header", ["value": .text(text)]) }
        }
    }

    @Test(
        "A connection ends with an answer whose end cannot be found, and only with such",
        arguments: [
            ("malformed_chunk", [:], false), ("malformed_chunk", ["index": 9], true), ("header", [:], true),
            ("header", ["name": "transfer-encoding", "change": "drop"], false), ("chunk_syntax", [:], true),
            ("garbage", ["where": "instead_of_head"], false), ("garbage", [:], true), ("early_response", [:], true),
            ("framing", [:], true), ("framing", ["kind": "until_close"], false), ("content_length", [:], false),
        ] as [(String, [String: FaultValue], Bool)]
    )
    func persistence(name: String, arguments: [String: FaultValue], isPersistent: Bool) throws {
        let tape = try Tape.make("200 'ab''0123456789'|", type: "text/plain")
        #expect(try tape.altered(name, arguments).lowered(for: .usual).isPersistent == isPersistent)
    }

    @Test("Nothing is nothing to trail")
    func noTrailingBytes() throws {
        let tape = try Tape.make("200 'ab'|", type: "text/plain")
        #expect(try tape.altered("trailing_bytes", ["text": ""]).tape.origin.faults == [])
    }

    @Test("HEAD and HTTP/1.0 answers go through faults of bytes", arguments: [true, false])
    func otherExchanges(isHead: Bool) throws {
        let context = ExchangeContext(isHead: isHead, isHTTP10: !isHead)
        let tape = try Tape.make("200 'ab'|", type: "text/plain")
        let answer = try tape.altered([("malformed_chunk", ["index": 0]), ("chunk_syntax", [:]), ("header", [:])])
        let text = answer.lowered(for: context).writes.map { String(buffer: $0.bytes) }.joined()
        #expect(text.hasSuffix("x-fault: 1\r\n\r\n" + (isHead ? "" : "ab")))
    }

    @Test("Trailing bytes follow a message only where it ends before the connection")
    func trailing() throws {
        let tape = try Tape.make("200 'ab'|", type: "text/plain")
        #expect(try tape.altered("trailing_bytes").wireBytes.count == AlteredTape(tape).wireBytes.count + 16)
        for faults in [[("framing", ["kind": "until_close"])], [("cut", ["byte": 1])]]
            as [[(String, [String: FaultValue])]]
        {
            let answer = try tape.altered(faults + [("trailing_bytes", [:])])
            #expect(answer.tape.origin.faults == faults.map(\.0))
        }
    }
}

@Suite("Application of faults")
struct FaultApplicationTests {
    @Test("Only faults that made a difference are named, in order")
    func names() throws {
        let tape = try Tape.stream(#"200 'data: a\n\n'|"#)
        let answer = try tape.altered([
            ("latency", [:]), ("done", [:]), ("malformed_chunk", ["index": 7]), ("bom", [:]), ("chunk_syntax", [:]),
        ])
        #expect(answer.tape.origin.faults == ["latency", "bom", "chunk_syntax"])
        #expect(answer.tape.origin.description == "server + latency, bom, chunk_syntax")
    }

    @Test("A fault's randomness does not depend on how much the one before it took")
    func branches() throws {
        let tape = try Tape.stream(#"200 'data: a\n\n'-'data: b\n\n'-'data: c\n\n'|"#)
        let small = try tape.altered([("trailing_bytes", ["count": 1]), ("drop_events", [:])]).tape
        let large = try tape.altered([("trailing_bytes", ["count": 60_000]), ("drop_events", [:])]).tape
        #expect(small == large)
    }
}
