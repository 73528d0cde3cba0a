internal import Tapes
internal import Testing

@Suite("Timings")
struct TimingTests {
    @Test(
        "A timing changes each gap and nothing else",
        arguments: [
            (.instant, "200 abc^"),
            (.recorded, "{4}200 --a{10}b-c{6}^"),
            (.faster(2), "--200 -a{5}b{1}c---^"),
            (.faster(0.5), "{8}200 ----a{20}b--c{12}^"),
            (.faster(1), "{4}200 --a{10}b-c{6}^"),
            (.capped(.milliseconds(30)), "---200 --a---b-c---^"),
            (.capped(.zero), "200 abc^"),
        ] as [(Timing, String)]
    )
    func applying(timing: Timing, diagram: String) throws {
        let tick = Duration.milliseconds(10)
        let tape = try Tape(diagram: "{4}200 --a{10}b-c{6}^", tick: tick, origin: .control)
        var expected = try Tape(diagram: diagram, tick: tick, origin: .control)
        // Half a tick cannot be drawn.
        if timing == .faster(2) { expected.frames[2].gap = tick / 2 }
        #expect(timing.apply(to: tape) == expected)
    }

    @Test("Undelayed is instant, and takes no time")
    func undelayed() throws {
        let tape = try Tape(diagram: "-200 -a-|", tick: .seconds(1))
        #expect(tape.duration == .seconds(3))
        #expect(tape.undelayed().duration == .zero)
        #expect(tape.undelayed() == Timing.instant.apply(to: tape))
    }

    @Test(
        "A timing is written as it is read",
        arguments: [
            ("instant", .instant, "instant"),
            ("recorded", .recorded, "recorded"),
            ("2x", .faster(2), "2x"),
            ("0.5x", .faster(0.5), "0.5x"),
            ("1.0x", .faster(1), "1x"),
            ("1e3x", .faster(1000), "1000x"),
            ("max:200ms", .capped(.milliseconds(200)), "max:200ms"),
            ("max:0s", .capped(.zero), "max:0s"),
            ("max:1.5s", .capped(.milliseconds(1500)), "max:1500ms"),
        ] as [(String, Timing, String)]
    )
    func reading(text: String, timing: Timing, description: String) {
        #expect(Timing(text) == timing)
        #expect(timing.description == description)
        #expect(Timing(description) == timing)
    }

    @Test(
        "What is no timing is refused",
        arguments: [
            "", "Instant", "fast", "x", "0x", "-1x", "infx", "nanx", "2", "2X", "max", "max:", "max:2", "max:-1s",
            "1e999x", "1e300x",
            "1e-300x", "1000001x",
        ]
    )
    func refusal(text: String) {
        #expect(Timing(text) == nil)
    }

    @Test("The largest and the smallest factor can be described and applied", arguments: ["1000000x", "1e-06x"])
    func extremes(text: String) throws {
        let timing = try #require(Timing(text))
        #expect(timing.description == text)
        let tape = try Tape(diagram: "200 {3600}a|", tick: .seconds(1))
        #expect(timing.apply(to: tape).duration.nanoseconds > 0)
    }
}
