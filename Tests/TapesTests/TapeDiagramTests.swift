internal import HTTPTypes
internal import NIOCore
internal import Tapes
internal import TestSupport
internal import Testing

@Suite("Tape diagrams")
struct TapeDiagramTests {
    private static let tick = Duration.milliseconds(10)

    /// A diagram, and what it says in words: gaps in ticks before each part.
    @Test(
        "A diagram says head, frames, gaps and ending",
        arguments: [
            ("200 a-b--c|", "0:200 0:a 1:b 2:c 0:complete"),
            ("--200 'data: x\\n\\n'-|", "2:200 0:data: x\n\n 1:complete"),
            ("200 ab{25}c^", "0:200 0:a 0:b 25:c 0:reset"),
            ("200 )", "0:200 0:close"),
            ("-200 -a-~", "1:200 1:a 1:stall"),
            ("~", "0:stall"),
            ("-^", "1:reset"),
            ("--a-b)", "2:a 1:b 0:close"),
            ("a|", "0:a 0:complete"),
            ("200|", "0:2 0:0 0:0 0:complete"),
            ("200 200 |", "?"),
            ("{3}-{2}200 -{10}-a|", "6:200 12:a 0:complete"),
            ("200 ''|", "0:200 0: 0:complete"),
            ("200 '\\'\\\\\\r\\n'|", "0:200 0:'\\\r\n 0:complete"),
            ("200 '\\x41\\x7a\\x0A'|", "0:200 0:Az\n 0:complete"),
            ("200 'é👩🏽‍🚀'|", "0:200 0:é👩🏽‍🚀 0:complete"),
            ("200 '\u{301}'|", "0:200 0:\u{301} 0:complete"),
            ("200 !\".,:;<>=+*/#|", "0:200 0:! 0:\" 0:. 0:, 0:: 0:; 0:< 0:> 0:= 0:+ 0:* 0:/ 0:# 0:complete"),
        ]
    )
    func reading(diagram: String, meaning: String) throws {
        guard meaning != "?" else {
            #expect(throws: TapeDiagramError.self) { try Tape(diagram: diagram, tick: Self.tick) }
            return
        }
        let tape = try Tape(diagram: diagram, tick: Self.tick)
        #expect(words(of: tape) == meaning)
    }

    @Test("The head of a diagram is the standard one, chunked")
    func standardHead() throws {
        let tape = try Tape(diagram: "429 a|", tick: Self.tick, origin: .control)
        #expect(
            tape
                == Tape(
                    head: ResponseHead(
                        status: HTTPResponse.Status(code: 429, reasonPhrase: "Too Many Requests"),
                        fields: [.transferEncoding: "chunked"]
                    ),
                    frames: [Frame("a")],
                    origin: .control
                )
        )
        #expect(tape.head?.status.reasonPhrase == "Too Many Requests")
    }

    @Test(
        "A canonical diagram is drawn as it was read",
        arguments: [
            "200 a-b--c|", "--200 'data: x\\n\\n'-|", "200 ab{25}c^", "-~", "~", "^", "--a-b)", "404 |", "204 ---|",
            "200 --------a{9}b|", "200 ''|", "200 '\\xff\\xc3'|", "200 'é'|", "200 '\\x00\\x09\\x7f'|",
            "200 'it\\'s \\\\'|", "529 a|", "200 '\\r\\n'|", "200 '\u{301}'|",
        ]
    )
    func roundTrip(diagram: String) throws {
        #expect(try Tape(diagram: diagram, tick: Self.tick).diagram(tick: Self.tick) == diagram)
    }

    @Test("A tape whose gaps are whole ticks survives its diagram", arguments: 0..<40 as Range<UInt64>)
    func law(seed: UInt64) throws {
        var generator = SplitMix(seed: seed)
        for round in 0..<50 {
            let tape = Tape.random(tick: Self.tick, using: &generator)
            let diagram = tape.diagram(tick: Self.tick)
            let again = try Tape(diagram: diagram, tick: Self.tick)
            #expect(again == tape, "seed \(seed), round \(round): \(diagram)")
        }
    }

    @Test(
        "Gaps are rounded to whole ticks, but none vanishes",
        arguments: [
            (.milliseconds(1), "200 -a|"),
            (.milliseconds(14), "200 -a|"),
            (.milliseconds(15), "200 --a|"),
            (.milliseconds(84), "200 --------a|"),
            (.milliseconds(86), "200 {9}a|"),
            (.zero, "200 a|"),
        ] as [(Duration, String)]
    )
    func rounding(gap: Duration, diagram: String) throws {
        var tape = try Tape(diagram: "200 a|", tick: Self.tick)
        tape.frames[0].gap = gap
        #expect(tape.diagram(tick: Self.tick) == diagram)
    }

    @Test("Without a head the gaps before the first frame, or of a silence, are drawn as one")
    func headless() {
        let frame = Tape(headGap: Self.tick, head: nil, frames: [Frame(gap: Self.tick, "a")], origin: .server)
        #expect(frame.diagram(tick: Self.tick) == "--a|")
        let silence = Tape(headGap: Self.tick, head: nil, endingGap: Self.tick, ending: .stall, origin: .server)
        #expect(silence.diagram(tick: Self.tick) == "--~")
    }

    @Test(
        "An error names the first character that fits nowhere",
        arguments: [
            ("", "tape diagram, character 1: expected an ending: | complete, ) close, ^ reset, ~ stall"),
            ("200 a", "tape diagram, character 6: expected an ending: | complete, ) close, ^ reset, ~ stall"),
            ("200 a|b", "tape diagram, character 7: expected nothing after the ending"),
            ("200 a||", "tape diagram, character 7: expected nothing after the ending"),
            ("200 a b|", "tape diagram, character 6: expected a frame, a gap or an ending"),
            ("200 é|", "tape diagram, character 5: expected a frame, a gap or an ending"),
            ("200 \\n|", "tape diagram, character 5: expected a frame, a gap or an ending"),
            ("200 }|", "tape diagram, character 5: expected a frame, a gap or an ending"),
            ("099 |", "tape diagram, character 4: expected a frame, a gap or an ending"),
            ("200 'a|", "tape diagram, character 8: expected a closing quote"),
            ("200 '\\q'|", "tape diagram, character 7: expected n, r, ', \\ or xHH"),
            ("200 '\\", "tape diagram, character 7: expected n, r, ', \\ or xHH"),
            ("200 '\\x4g'|", "tape diagram, character 7: expected two hex digits"),
            ("200 '\\x+1'|", "tape diagram, character 7: expected two hex digits"),
            ("200 '\\x4", "tape diagram, character 7: expected two hex digits"),
            ("200 {a|", "tape diagram, character 6: expected a number of ticks and '}'"),
            ("200 {12|", "tape diagram, character 6: expected a number of ticks and '}'"),
            ("200 {}a|", "tape diagram, character 6: expected a number of ticks and '}'"),
            ("200 {12", "tape diagram, character 6: expected a number of ticks and '}'"),
            ("200 {9223372036854775807}-|", "tape diagram, character 6: expected a number of ticks and '}'"),
        ]
    )
    func errors(diagram: String, message: String) {
        let error = #expect(throws: TapeDiagramError.self) { try Tape(diagram: diagram, tick: Self.tick) }
        #expect(error?.description == message)
    }

    private func words(of tape: Tape) -> String {
        let ticks = { (gap: Duration) in "\(Int(gap / Self.tick))" }
        var words: [String] = []
        if let head = tape.head { words.append("\(ticks(tape.headGap)):\(head.status.code)") }
        for (index, frame) in tape.frames.enumerated() {
            let gap = tape.head == nil && index == 0 ? tape.headGap + frame.gap : frame.gap
            words.append("\(ticks(gap)):\(String(buffer: frame.bytes))")
        }
        let isSilence = tape.head == nil && tape.frames.isEmpty
        words.append("\(ticks(isSilence ? tape.headGap + tape.endingGap : tape.endingGap)):\(tape.ending.rawValue)")
        return words.joined(separator: " ")
    }
}
