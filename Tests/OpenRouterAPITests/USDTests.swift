internal import OpenRouterAPI
internal import TestSupport
internal import Testing

@Suite("Amounts of US dollars")
struct USDTests {
    @Test(
        "A decimal number is read exactly",
        arguments: [
            ("0", 0), ("0.0", 0), ("-0", 0), ("1", 1_000_000_000_000_000_000_000_000),
            ("-1", -1_000_000_000_000_000_000_000_000), ("0.0000025", 2_500_000_000_000_000_000),
            ("0.000000000000000000000001", 1), ("-0.000000000000000000000001", -1),
            ("0.00000008333333333333334", 83_333_333_333_333_340), ("00012.50", 12_500_000_000_000_000_000_000_000),
            ("1.000000000000000000000000", 1_000_000_000_000_000_000_000_000),
            ("170141183460469.231731687303715884105727", .max), ("-170141183460469.231731687303715884105727", -.max),
        ] as [(String, Int128)]
    )
    func reading(text: String, yoctodollars: Int128) {
        #expect(USD(text)?.yoctodollars == yoctodollars)
    }

    @Test(
        "Decimals after the 24th are rounded to the nearest amount, halves away from zero",
        arguments: [
            ("0.0000000000000000000000004999", 0), ("0.0000000000000000000000005", 1),
            ("-0.0000000000000000000000005", -1), ("0.00000000000000000000000149", 1),
            ("0.0000000000000000000000015", 2), ("0.9999999999999999999999999", 1_000_000_000_000_000_000_000_000),
            ("170141183460469.2317316873037158841057274", .max),
        ] as [(String, Int128)]
    )
    func rounding(text: String, yoctodollars: Int128) {
        #expect(USD(text)?.yoctodollars == yoctodollars)
    }

    @Test(
        "Anything else is not read",
        arguments: [
            "", "-", ".", "1.", ".5", "-.5", "+1", "-+1", "--1", "1.+5", "1.-5", "1.-0", " 1", "1 ", "1e-6", "0x1",
            "1.2.3", "1,5", "$1", "∞", "１", "NaN", "170141183460469.231731687303715884105728",
            "170141183460469.2317316873037158841057275", "170141183460470", "99999999999999999999999999999999999999999",
        ]
    )
    func refusing(text: String) {
        #expect(USD(text) == nil)
    }

    @Test(
        "An amount is printed as JavaScript prints the number, and in full as text",
        arguments: [
            ("0", "0", "0"), ("10000", "10000", "10000"), ("-3.0", "-3", "-3"), ("0.50", "0.5", "0.5"),
            ("0.0000025", "0.0000025", "0.0000025"), ("0.0000001", "1e-7", "0.0000001"),
            ("0.00000015", "1.5e-7", "0.00000015"), ("0.000000000001", "1e-12", "0.000000000001"),
            ("0.000258", "0.000258", "0.000258"), ("0.0006509169", "0.0006509169", "0.0006509169"),
            ("-0.25", "-0.25", "-0.25"), ("12.05", "12.05", "12.05"),
            ("0.00000008333333333333334", "8.333333333333334e-8", "0.00000008333333333333334"),
            ("0.000000000000000000000001", "1e-24", "0.000000000000000000000001"),
            // Between two doubles, nearer to the second; and what a double has too few digits for.
            ("9007199254740.9932", "9007199254740.994", "9007199254740.9932"),
            (
                "170141183460469.231731687303715884105727", "170141183460469.22",
                "170141183460469.231731687303715884105727"
            ),
        ]
    )
    func printing(text: String, json: String, decimalText: String) throws {
        let amount = try #require(USD(text))
        #expect(amount.json.text == json)
        #expect(amount.decimalText == decimalText)
    }

    @Test("Sums of prices stay exact where doubles drift")
    func exactSums() throws {
        let price = try #require(USD("0.0000001"))
        var sum = USD.zero
        var drifting = 0.0
        for _ in 0..<1_000_000 {
            sum += price
            drifting += 0.0000001
        }
        #expect(sum == USD("0.1"))
        #expect(sum == price * 1_000_000)
        #expect(drifting != 0.1)
        #expect((USD(0.1) + USD(0.2)).json.text == "0.3")
        #expect(0.1 + 0.2 != 0.3)
    }

    @Test("Amounts add, subtract, compare and are multiplied by counts")
    func arithmetic() throws {
        let small = try #require(USD("0.000003"))
        let large = try #require(USD("0.000015"))
        #expect(small + large == USD("0.000018"))
        #expect(small - large == USD("-0.000012"))
        #expect(small < large && !(large < small) && !(small < small))
        #expect(small * 41 + large * 9 == USD("0.000258"))
        #expect(small * 0 == .zero)
        #expect(USD.dollars(10_000) == USD("10000"))
        #expect(USD(picodollars: -2_500_000) == USD("-0.0000025"))
    }

    @Test("What leaves the range stays at its border")
    func saturation() {
        let cent = USD(0.01)
        #expect(USD.greatest + cent == .greatest)
        #expect(USD.least - cent == .least)
        #expect(USD.greatest - .least == .greatest)
        #expect(USD.least + .least == .least)
        #expect(USD.greatest * 2 == .greatest)
        #expect(USD.greatest * -2 == .least)
        #expect(USD.least * 2 == .least)
        #expect(USD.least * Int.min == .greatest)
        #expect(USD.dollars(.max) == .greatest)
        #expect(USD.dollars(.min) == .least)
        #expect(USD(yoctodollars: .min) - cent == .least)
        #expect(USD.greatest - .greatest == .zero)
        #expect(USD.zero - .least == .greatest)
    }

    @Test(
        "A double is the amount of its shortest spelling",
        arguments: [
            (0.0, "0"), (-0.0, "0"), (1.9e-05, "0.000019"), (0.0076509169000000005, "0.0076509169000000005"),
            (-0.1, "-0.1"), (8.333333333333334e-8, "0.00000008333333333333334"), (5, "5"), (1e14, "100000000000000"),
            (4.9e-25, "0"), (5.1e-25, "0.000000000000000000000001"), (.leastNonzeroMagnitude, "0"), (.nan, "0"),
            (1e300, "170141183460469.231731687303715884105727"), (-1e300, "-170141183460469.231731687303715884105727"),
            (.infinity, "170141183460469.231731687303715884105727"),
            (-.infinity, "-170141183460469.231731687303715884105727"),
        ]
    )
    func doubles(dollars: Double, text: String) {
        #expect(USD(dollars).decimalText == text)
    }

    @Test("What is printed reads back as the same amount")
    func roundTrip() throws {
        var random = SplitMix(seed: 7)
        for _ in 0..<5000 {
            let size = Int.random(in: 0...127, using: &random)
            let amount = USD(yoctodollars: Int128.random(in: -.max ... .max, using: &random) >> size)
            #expect(USD(amount.decimalText) == amount)
            let double = amount.dollars
            #expect(USD(double).dollars == double)
            #expect(double == Double(amount.decimalText), "\(amount.decimalText)")
            // Up to a thousand dollars a double tells picodollars apart with room to spare.
            let coarse = USD(
                picodollars: Int64.random(in: -1_000_000_000_000_000...1_000_000_000_000_000, using: &random)
            )
            #expect(USD(try #require(try JSONValue(parsing: coarse.json.text).double)) == coarse)
        }
    }
}
