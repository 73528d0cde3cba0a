internal import Simulation
internal import Testing

@Suite("Civil time")
struct CivilTimeTests {
    /// Unix seconds by `date -u -d <text> +%s`.
    static let moments: [(seconds: Int64, iso: String, http: String)] = [
        (0, "1970-01-01T00:00:00.000000+00:00", "Thu, 01 Jan 1970 00:00:00 GMT"),
        (-1, "1969-12-31T23:59:59.000000+00:00", "Wed, 31 Dec 1969 23:59:59 GMT"),
        (-2_208_988_800, "1900-01-01T00:00:00.000000+00:00", "Mon, 01 Jan 1900 00:00:00 GMT"),
        (-2_203_891_200, "1900-03-01T00:00:00.000000+00:00", "Thu, 01 Mar 1900 00:00:00 GMT"),
        (951_782_400, "2000-02-29T00:00:00.000000+00:00", "Tue, 29 Feb 2000 00:00:00 GMT"),
        (951_868_799, "2000-02-29T23:59:59.000000+00:00", "Tue, 29 Feb 2000 23:59:59 GMT"),
        (951_868_800, "2000-03-01T00:00:00.000000+00:00", "Wed, 01 Mar 2000 00:00:00 GMT"),
        (1_709_164_800, "2024-02-29T00:00:00.000000+00:00", "Thu, 29 Feb 2024 00:00:00 GMT"),
        (1_735_689_599, "2024-12-31T23:59:59.000000+00:00", "Tue, 31 Dec 2024 23:59:59 GMT"),
        (1_790_000_000, "2026-09-21T14:13:20.000000+00:00", "Mon, 21 Sep 2026 14:13:20 GMT"),
        (1_790_467_200, "2026-09-27T00:00:00.000000+00:00", "Sun, 27 Sep 2026 00:00:00 GMT"),
        (4_107_542_400, "2100-03-01T00:00:00.000000+00:00", "Mon, 01 Mar 2100 00:00:00 GMT"),
        (4_107_542_399, "2100-02-28T23:59:59.000000+00:00", "Sun, 28 Feb 2100 23:59:59 GMT"),
    ]

    @Test("A moment is shown as ISO 8601 and as an HTTP date", arguments: moments)
    func texts(seconds: Int64, iso: String, http: String) {
        let time = CivilTime(microseconds: seconds * 1_000_000)
        #expect(time.iso8601 == iso)
        #expect(time.httpDate == http)
        #expect(time.dateText == iso.prefix(10))
        #expect(CivilTime.microseconds(rfc3339: iso) == seconds * 1_000_000)
    }

    @Test("Microseconds count forward, before 1970 too")
    func microseconds() {
        #expect(CivilTime(microseconds: -1).iso8601 == "1969-12-31T23:59:59.999999+00:00")
        #expect(CivilTime(microseconds: 1).iso8601 == "1970-01-01T00:00:00.000001+00:00")
        #expect(CivilTime(microseconds: 1_790_000_000_123_456).iso8601 == "2026-09-21T14:13:20.123456+00:00")
        #expect(CivilTime(microseconds: -1).dayNumber == -1)
    }

    @Test("Over 800 years each day has the next number, weekday and date")
    func everyDay() throws {
        let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        var (year, month, day) = (1600, 1, 1)
        let first = try #require(CivilTime.microseconds(rfc3339: "1600-01-01T12:00:00Z"))
        // 1600-01-01 was a Saturday.
        var weekday = 5
        var mismatches = 0
        for number in 0..<292_194 {
            let time = CivilTime(microseconds: first + Int64(number) * 86_400_000_000)
            if (time.year, time.month, time.day, time.weekday, time.hour) != (year, month, day, weekday, 12) {
                mismatches += 1
            }
            weekday = (weekday + 1) % 7
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            day += 1
            if day > lengths[month - 1] + (month == 2 && isLeap ? 1 : 0) {
                day = 1
                month += 1
            }
            if month > 12 {
                month = 1
                year += 1
            }
        }
        #expect(mismatches == 0)
        #expect((year, month, day) == (2400, 1, 1))
    }

    @Test(
        "An RFC 3339 time is read",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01t00:00:00z", 0), ("1970-01-01 00:00:00Z", 0),
            ("2026-09-21T14:13:20Z", 1_790_000_000_000_000), ("2026-09-21T16:13:20+02:00", 1_790_000_000_000_000),
            ("2026-09-21T08:43:20-05:30", 1_790_000_000_000_000), ("2026-09-21T14:13:20-00:00", 1_790_000_000_000_000),
            ("2026-09-21T14:13:20.5Z", 1_790_000_000_500_000), ("2026-09-21T14:13:20.123456Z", 1_790_000_000_123_456),
            ("2026-09-21T14:13:20.123456999Z", 1_790_000_000_123_456),
            ("2026-09-21T14:13:20.363244+00:00", 1_790_000_000_363_244),
            ("1969-12-31T23:59:59.999999Z", -1), ("2024-02-29T00:00:00Z", 1_709_164_800_000_000),
            ("2000-02-29T00:00:00Z", 951_782_400_000_000), ("2016-12-31T23:59:60Z", 1_483_228_800_000_000),
        ] as [(String, Int64)]
    )
    func reading(text: String, microseconds: Int64) {
        #expect(CivilTime.microseconds(rfc3339: text) == microseconds)
    }

    @Test(
        "Anything else is not read",
        arguments: [
            "", "2026", "2026-09-21", "2026-09-21T14:13Z", "2026-09-21T14:13:20", "2026-09-21T14:13:20.Z",
            "2026-09-21T14:13:20.5", "2026-09-21T14:13:20+0200", "2026-09-21T14:13:20+02", "2026-09-21T14:13:20Z ",
            " 2026-09-21T14:13:20Z", "2026-9-21T14:13:20Z", "26-09-21T14:13:20Z", "2026-00-21T14:13:20Z",
            "2026-13-21T14:13:20Z", "2026-09-00T14:13:20Z", "2026-09-31T14:13:20Z", "2026-04-31T00:00:00Z",
            "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2024-02-30T00:00:00Z", "2026-12-32T00:00:00Z",
            "2026-09-21T24:00:00Z", "2026-09-21T14:60:20Z", "2026-09-21T14:13:61Z", "2026-09-21T14:13:20+24:00",
            "2026-09-21T14:13:20+02:60", "2026-09-21X14:13:20Z", "2026-09-21T14:13:20ZZ", "2026/09/21T14:13:20Z",
            "２026-09-21T14:13:20Z", "-026-09-21T14:13:20Z",
        ]
    )
    func refusing(text: String) {
        #expect(CivilTime.microseconds(rfc3339: text) == nil)
    }

    @Test("A clock is written as 'system' or 'fixed:' and a time")
    func clocks() {
        #expect(WorldClock("system") == .system)
        #expect(WorldClock("fixed:2026-09-21T14:13:20Z") == .fixed(World.mockTime))
        for text in [
            "", "fixed", "fixed:", "fixed:now", "System", "fixed:2026-02-30T00:00:00Z", "2026-09-21T14:13:20Z",
        ] {
            #expect(WorldClock(text) == nil, "\(text)")
        }
    }

    @Test("Only a system clock asks for the machine's time")
    func systemTime() {
        #expect(World.make(at: 5).now == 5)
        #expect(World(clock: .system, systemTime: { 42 }).now == 42)
    }
}
