internal import Faults
internal import HTTPTypes
internal import NIOCore
internal import Tapes
internal import Testing

/// What faults of HTTP/1.1's bytes are over HTTP/2; docs/http2.md lists them.
@Suite("Faults over HTTP/2")
struct StreamFormTests {
    private static let tape = Tape(
        head: ResponseHead(status: .ok, fields: [.transferEncoding: "chunked", .retryAfter: "5"]),
        frames: [Frame("a"), Frame("b")],
        origin: .server
    )

    /// Statuses, then body bytes by frame, trailers and the ending.
    private static func form(_ stream: StreamTape) -> String {
        var parts = stream.parts.heads.map { "\($0.status.code)" }
        parts += stream.wire.writes[stream.bodyRange].map { String(buffer: $0.bytes) }
        parts += stream.parts.trailers.map { "\($0.name.canonicalName)=\($0.value)" }
        let failure = stream.wire.ending == .close && stream.parts.failure == .malformed ? " malformed" : ""
        return parts.joined(separator: " ") + " \(stream.wire.ending)" + failure
    }

    @Test(
        "each has its form",
        arguments: [
            ("malformed_chunk", [:], "200 a close malformed"),
            ("malformed_chunk", ["index": .integer(-1)], "200 a b close malformed"),
            ("malformed_chunk", ["index": .integer(0)], "200 close malformed"),
            ("malformed_chunk", ["index": .integer(7)], "200 a b complete"),
            ("chunk_syntax", [:], "200 a b x-sim-trailer=1 complete"),
            ("chunk_syntax", ["variant": .text("upper_case")], "200 a b complete"),
            ("missing_terminator", [:], "200 a b close"),
            ("garbage", [:], " close malformed"),
            ("garbage", ["where": .text("instead_of_head")], " close malformed"),
            ("garbage", ["where": .text("instead_of_answer")], " close malformed"),
            ("trailing_bytes", [:], "200 a b complete"),
            ("early_response", [:], "103 200 a b complete"),
            ("early_response", ["count": .integer(2)], "103 103 200 a b complete"),
            ("early_response", ["status": .integer(101)], "200 a b complete"),
            ("status", ["code": .integer(100)], "100 stall"),
        ] as [(String, [String: FaultValue], String)]
    )
    func forms(name: String, arguments: [String: FaultValue], form: String) throws {
        let altered = try Self.tape.altered(name, arguments)
        #expect(Self.form(altered.loweredToStream(for: .usual)) == form)
    }

    @Test("fields are added, replaced and dropped; illegal lines are not sent")
    func header() throws {
        func fields(_ arguments: [String: FaultValue]) throws -> [String] {
            let stream = try Self.tape.altered("header", arguments).loweredToStream(for: .usual)
            return stream.head?.fields.map { "\($0.name.canonicalName)=\($0.value)" } ?? []
        }
        let framing = "transfer-encoding=chunked"
        #expect(try fields([:]) == [framing, "retry-after=5", "x-fault=1"])
        let again: [String: FaultValue] = ["name": .text("retry-after"), "value": .text("6")]
        #expect(try fields(again.merging(["change": .text("replace")]) { $1 }) == [framing, "retry-after=6"])
        #expect(try fields(again.merging(["change": .text("drop")]) { $1 }) == [framing])
        #expect(try fields(["change": .text("control_character")]) == [framing, "retry-after=5"])
    }

    @Test("times are kept: early responses lead, and a broken answer breaks off when its next write was due")
    func times() throws {
        var slow = Self.tape
        slow.headGap = .seconds(3)
        slow.frames[1].gap = .seconds(2)
        let early = try slow.altered("early_response", ["count": .integer(2), "lead": .duration(.seconds(1))])
            .loweredToStream(for: .usual)
        #expect(early.wire.writes.map(\.gap) == [.seconds(3), .seconds(1), .seconds(1), .zero, .seconds(2)])
        let broken = try slow.altered("malformed_chunk").loweredToStream(for: .usual)
        #expect(broken.wire.writes.map(\.gap) == [.seconds(3), .zero])
        #expect(broken.wire.endingGap == .seconds(2))
    }

    @Test("a fault that silences the answer forgets what was to be changed about its stream")
    func silence() throws {
        let altered = try Self.tape.altered([("early_response", [:]), ("empty_response", [:])])
        #expect(Self.form(altered.loweredToStream(for: .usual)) == " close")
    }
}
