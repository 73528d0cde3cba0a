internal import Faults
internal import HTTPTypes
internal import NIOCore
internal import Tapes
internal import Testing

@Suite("Faults of the ending")
struct ConnectionFaultTests {
    private static let stream = #"-200 'data: a\n\n'-': c\n\ndata: b\n\n'--'data: c\n\n'-|"#

    @Test(
        "What comes before a cut arrives, then the ending",
        arguments: [
            ("cut", ["event": 0], "-200 )"),
            ("cut", ["event": 1, "ending": "reset"], #"-200 'data: a\n\n'-': c\n\n'^"#),
            ("cut", ["event": 2, "ending": "stall"], #"-200 'data: a\n\n'-': c\n\ndata: b\n\n'~"#),
            ("cut", ["event": -1, "ending": "complete"], #"-200 'data: a\n\n'-': c\n\ndata: b\n\n'|"#),
            ("cut", ["event": -3], "-200 )"),
            ("cut", ["event": 3], stream),
            ("cut", ["event": -4], stream),
            ("cut", ["byte": 0, "after": .milliseconds(20)], "-200 --)"),
            ("cut", ["byte": 1], "-200 d)"),
            ("cut", ["byte": 9], #"-200 'data: a\n\n')"#),
            ("cut", ["byte": 31], #"-200 'data: a\n\n'-': c\n\ndata: b\n\n'--'data: c\n')"#),
            ("cut", ["byte": 32], stream),
            ("cut", [:], #"-200 'data: a\n\n'-': c\n\nda')"#),
            ("limit_data", ["bytes": 10], #"-200 'data: a\n\n'-:)"#),
            ("limit_data", ["bytes": 0, "ending": "reset"], "-200 ^"),
            ("limit_data", ["bytes": 32], stream),
            ("limit_data", [:], stream),
            ("reset_peer", [:], "^"),
            ("reset_peer", ["after": .milliseconds(10)], "-^"),
            ("reset_peer", ["after": .milliseconds(15)], #"-200 'data: a\n\n'-^"#),
            ("reset_peer", ["after": .milliseconds(20)], #"-200 'data: a\n\n'-^"#),
            ("reset_peer", ["after": .milliseconds(30)], #"-200 'data: a\n\n'-': c\n\ndata: b\n\n'-^"#),
            ("reset_peer", ["after": .milliseconds(50)], #"-200 'data: a\n\n'-': c\n\ndata: b\n\n'--'data: c\n\n'-^"#),
            ("reset_peer", ["after": .milliseconds(51)], stream),
            ("empty_response", [:], "-)"),
            ("refuse", [:], "^"),
            ("timeout", [:], "~"),
            ("timeout", ["after": .milliseconds(0)], ")"),
            ("timeout", ["after": .milliseconds(30)], "---)"),
            ("missing_terminator", [:], stream.dropLast() + ")"),
            ("missing_terminator", ["ending": "stall"], stream.dropLast() + "~"),
        ] as [(String, [String: FaultValue], String)]
    )
    func endings(name: String, arguments: [String: FaultValue], result: String) throws {
        #expect(try Tape.stream(Self.stream).diagram(name, arguments) == result)
    }

    @Test("A cut inside a chunk leaves the chunk short, a complete one does not")
    func cutChunk() throws {
        let tape = try Tape(diagram: "200 'abcdef'|", tick: Tape.tick)
        #expect(try tape.altered("cut", ["byte": 4]).wireText.hasSuffix("\r\n\r\n6\r\nabcd"))
        #expect(
            try tape.altered("cut", ["byte": 4, "ending": "complete"]).wireText.hasSuffix(
                "\r\n\r\n4\r\nabcd\r\n0\r\n\r\n"
            )
        )
    }

    @Test("A cut body with a length lacks the rest of it, a complete one announces what comes")
    func cutLength() throws {
        let faults: [(String, [String: FaultValue])] = [("framing", [:])]
        let tape = try Tape(diagram: "200 'abcdef'|", tick: Tape.tick)
        #expect(try tape.altered(faults + [("cut", ["byte": 4])]).tape.head?.framing == .sized(6))
        let complete = try tape.altered(faults + [("cut", ["byte": 4, "ending": "complete"])])
        #expect(complete.tape.head?.framing == .sized(4))
        // The other way round it stays cut as well.
        #expect(try tape.altered([("cut", ["byte": 4])] + faults).tape.head?.framing == .sized(5))
    }

    @Test("An event and a byte exclude each other")
    func exclusion() {
        let expected = FaultArgumentError(
            parameter: "byte",
            message: "'event' and 'byte' both say where to cut; leave one out"
        )
        #expect(throws: expected) { try FaultTable.make("cut", ["event": 1, "byte": 1]) }
    }

    @Test("Silence comes last whatever was to be changed before", arguments: ["empty_response", "refuse", "timeout"])
    func silence(name: String) throws {
        let tape = try Tape.stream(Self.stream)
        let answer = try tape.altered([("early_response", [:]), ("compression", [:]), ("garbage", [:]), (name, [:])])
        #expect(answer.wireBytes.isEmpty)
        let names = ["early_response", "compression", "garbage", name]
        #expect(answer.tape.origin.faults == names)
    }

    @Test("A lingering connection waits for its end, whatever ends the body", arguments: ["chunked", "until_close"])
    func linger(kind: FaultValue) throws {
        let tape = try Tape.stream(#"200 'data: [DONE]\n\n'|"#)
        let answer = try tape.altered([("framing", ["kind": kind]), ("done", ["variant": "linger"])])
        let wire = answer.lowered(for: .usual)
        #expect(wire.writes.reduce(wire.endingGap) { $0 + $1.gap } == .seconds(5))
        #expect(wire.ending == .complete)
    }
}
