internal import Faults
internal import NIOCore
internal import Tapes
internal import Testing

@Suite("Faults of time and writes")
struct TimingFaultTests {
    @Test(
        "Gaps grow and frames are cut",
        arguments: [
            ("latency", ["delay": .milliseconds(20)], "-200 a-b--c|", "---200 a-b--c|"),
            ("latency", ["delay": .milliseconds(20)], "~", "--~"),
            ("latency", ["delay": .milliseconds(0)], "200 a|", "200 a|"),
            ("latency", [:], "200 a|", "{100}200 a|"),
            ("jitter", ["max": .milliseconds(0)], "200 a-b|", "200 a-b|"),
            ("pause", ["length": .milliseconds(30)], "200 'abcd'-|", "200 'ab'---'cd'-|"),
            ("pause", ["length": .milliseconds(30)], "200 a-b|", "200 a----b|"),
            ("pause", [:], "200 |", "200 |"),
            ("slicer", ["every": .milliseconds(10)], "200 'abc'-d|", "200 a-b-c-d|"),
            ("slicer", ["size": 2, "every": .milliseconds(20)], "200 'abc'-'def'|", "200 'ab'--c-d--'ef'|"),
            // Where a frame begins as well, which waits longer if it did.
            ("slicer", ["every": .milliseconds(20)], "200 a'bc'-d---e|", "200 a--b--c--d---e|"),
            ("slicer", ["size": 1_048_576], "200 'abc'|", "200 'abc'|"),
            (
                "slicer", ["at": "utf8", "every": .milliseconds(10)], "200 'aéb€'|",
                #"200 'a\xc3'-'\xa9b\xe2'-'\x82\xac'|"#
            ),
            (
                "slicer", ["at": "line", "every": .milliseconds(10)], #"200 'a\r\nb\n\nc'|"#,
                #"200 'a\r'-'\n'-'b\n'-'\n'-c|"#
            ),
            ("slicer", ["at": "whole"], "200 a-b--'cd'-|", "200 ---'abcd'-|"),
            ("slicer", ["at": "event"], #"200 'data: a\n\ndata: b\n\n'|"#, #"200 'data: a\n\ndata: b\n\n'|"#),
            // 100 bytes a second: 10 ms for each, in pieces of 5.
            ("bandwidth", ["rate": 100], "200 'ab'|", "200 --'ab'|"),
            ("bandwidth", ["rate": 100], "200 'abcdefg'|", "200 -----'abcde'--'fg'|"),
            ("bandwidth", ["rate": 100], "200 'abc'-d----------e|", "200 ---'abc'-d--------e|"),
            ("bandwidth", ["rate": 1_099_511_627_776], "200 a-b|", "200 a-b|"),
        ] as [(String, [String: FaultValue], String, String)]
    )
    func timing(name: String, arguments: [String: FaultValue], before: String, after: String) throws {
        let tape = try Tape(diagram: before, tick: Tape.tick)
        let result = try tape.altered(name, arguments).tape
        // What is far below a tick is none.
        let rounded = result.scalingGaps { $0 < .microseconds(1) ? .zero : $0 }
        #expect(rounded.diagram(tick: Tape.tick) == after)
    }

    @Test("Each gap gets its own random time, at most what is said, and the same for the same seed")
    func jitter() throws {
        let tape = try Tape(diagram: "-200 a-b-c-d|", tick: Tape.tick)
        let arguments: [String: FaultValue] = ["max": .milliseconds(7)]
        let result = try tape.altered("jitter", arguments).tape
        let extras = [result.headGap - .milliseconds(10)] + zip(result.frames, tape.frames).map { $0.gap - $1.gap }
        #expect(extras.allSatisfy { $0 >= .zero && $0 <= .milliseconds(7) })
        #expect(Set(extras).count == 5)
        #expect(try tape.altered("jitter", arguments).tape == result)
        #expect(try tape.altered("jitter", arguments, seed: 2).tape != result)
    }

    @Test("Slices are chunks of their own, or writes within one", arguments: [true, false])
    func chunks(isEach: Bool) throws {
        let tape = try Tape(diagram: "200 'abc'|", tick: Tape.tick)
        let wire = try tape.altered("slicer", ["chunks": .bool(isEach)]).lowered(for: .usual)
        #expect(
            wire.writes.map { String(buffer: $0.bytes) }.dropFirst()
                == (isEach ? ["1\r\nb\r\n", "1\r\nc\r\n0\r\n\r\n"] : ["b", "c\r\n0\r\n\r\n"])
        )
        #expect(wire.writes.dropFirst().map(\.gap) == [.milliseconds(1), .milliseconds(1)])
    }

    @Test("Events are sliced apart, inside other frames too")
    func events() throws {
        let tape = try Tape.stream(#"200 'data: a\n\ndata: b\n\ndat'-'a: c\n\n'|"#)
        let result = try tape.diagram("slicer", ["at": "event", "every": .milliseconds(20)])
        #expect(result == #"200 'data: a\n\n'--'data: b\n\n'--'dat'-'a: c\n\n'|"#)
    }

    @Test(
        "Pauses come before the events that are meant",
        arguments: [
            (["which": "all"], #"200 --'data: a\n\n'--'data: b\n\n'--'dat'-'a: c\n\n'|"#),
            (["index": -1], #"200 'data: a\n\ndata: b\n\n'--'dat'-'a: c\n\n'|"#),
            (["which": "first"], #"200 --'data: a\n\ndata: b\n\ndat'-'a: c\n\n'|"#),
            (["index": 3], #"200 'data: a\n\ndata: b\n\ndat'-'a: c\n\n'|"#),
        ] as [([String: FaultValue], String)]
    )
    func pauses(arguments: [String: FaultValue], result: String) throws {
        let tape = try Tape.stream(#"200 'data: a\n\ndata: b\n\ndat'-'a: c\n\n'|"#)
        let length = ["length": FaultValue.milliseconds(20)]
        #expect(try tape.diagram("pause", length.merging(arguments) { $1 }) == result)
    }

    @Test("Random slices have the size that is said on average, and the same for the same seed")
    func random() throws {
        let tape = try Tape(diagram: "200 '\(String(repeating: "x", count: 10_000))'|", tick: Tape.tick)
        let result = try tape.altered("slicer", ["at": "random", "size": 10]).tape
        #expect((900...1_100).contains(result.frames.count))
        #expect(result.frames.allSatisfy { (1...19).contains($0.bytes.readableBytes) })
        #expect(result.body == tape.body)
    }

    @Test("There are at most 65,536 slices, the rest stays in one piece")
    func bounded() throws {
        let tape = Tape(
            head: nil,
            frames: [Frame(bytes: ByteBuffer(repeating: 0x78, count: 1 << 20))],
            origin: .control
        )
        let result = try tape.altered("slicer").tape
        #expect(result.frames.count == 65_537)
        #expect(result.bodyByteCount == 1 << 20)
        #expect(try tape.altered("bandwidth", ["rate": 1]).tape.frames.count <= 65_537)
    }

    @Test("A slow link delays a body by its bytes, not by its frames")
    func total() throws {
        var generator = SeededGenerator(seed: 5)
        let tape = RandomTape.stream(using: &generator).undelayed()
        let result = try tape.altered("bandwidth", ["rate": 1_000]).tape
        let difference = result.duration - .milliseconds(tape.bodyByteCount)
        #expect(difference > .microseconds(-1) && difference < .microseconds(1))
    }
}
