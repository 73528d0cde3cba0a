internal import Tapes
internal import Testing

@Suite("Durations as text")
struct DurationTextTests {
    @Test(
        "A duration is a number and its unit",
        arguments: [
            ("0s", .zero),
            ("0ms", .zero),
            ("1us", .microseconds(1)),
            ("250ms", .milliseconds(250)),
            ("1.5s", .milliseconds(1500)),
            ("2m", .seconds(120)),
            ("0.5h", .seconds(1800)),
            (".5s", .milliseconds(500)),
            ("1.s", .seconds(1)),
            ("0.1us", .nanoseconds(100)),
            ("0.0001us", .zero),
            ("1.5d", .seconds(129_600)),
            ("1h30m", .seconds(5400)),
            ("2d12h0.5m250ms1us", .seconds(216_030) + .microseconds(250_001)),
            ("876000h", .seconds(3_153_600_000)),
        ] as [(String, Duration)]
    )
    func reading(text: String, duration: Duration) {
        #expect(Duration(text: text) == duration)
    }

    @Test(
        "What is no duration is refused",
        arguments: [
            "", "s", "ms", "1", "1.5", "-1s", "+1s", " 1s", "1s ", "1 s", "1S", "1min", "1w", "1h30", "1hm", "1h 30m",
            "h1m", "1e3s", "1..5s", ".s",
            "٣s",
            "infs", "nans", "876001h", "876000h1us", "99999999999999999999999999h",
        ]
    )
    func refusal(text: String) {
        #expect(Duration(text: text) == nil)
    }

    @Test(
        "The text is the largest unit that leaves a whole number",
        arguments: [
            (.zero, "0s"),
            (.microseconds(1), "1us"),
            (.microseconds(1500), "1500us"),
            (.milliseconds(1), "1ms"),
            (.milliseconds(1500), "1500ms"),
            (.seconds(1), "1s"),
            (.seconds(90), "90s"),
            (.seconds(3600), "3600s"),
            (.nanoseconds(1999), "1us"),
            (.nanoseconds(999), "0s"),
        ] as [(Duration, String)]
    )
    func writing(duration: Duration, text: String) {
        #expect(duration.text == text)
    }

    @Test(
        "Text of whole microseconds reads back as the same duration",
        arguments: [1, 999, 1000, 1001, 123_456, 1_000_000, 59_999_999, 60_000_000, 3_600_000_000, 86_400_000_001]
    )
    func roundTrip(microseconds: Int64) {
        let duration = Duration.microseconds(microseconds)
        #expect(Duration(text: duration.text) == duration)
        #expect(duration.microseconds == microseconds)
        #expect(duration.nanoseconds == microseconds * 1000)
    }

    @Test("Parts of a unit are dropped toward zero, on both sides of zero")
    func rounding() {
        #expect(Duration.nanoseconds(1999).microseconds == 1)
        #expect(Duration.nanoseconds(-1999).microseconds == -1)
        #expect(Duration(secondsComponent: 0, attosecondsComponent: 1_999_999_999).nanoseconds == 1)
        #expect(
            Duration(secondsComponent: -3, attosecondsComponent: -500_000_000_000_000_000).microseconds == -3_500_000
        )
    }
}
