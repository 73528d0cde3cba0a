internal import OpenRouterAPI
internal import TestSupport
internal import Testing

@Suite("Amounts of US dollars")
struct USDTests {
    @Test(
        "A decimal number is read exactly",
        arguments: [
            ("0", 0), ("0.0", 0), ("-0", 0), ("1", 1_000_000_000_000), ("-1", -1_000_000_000_000),
            ("0.0000025", 2_500_000), ("0.000000000001", 1), ("-0.000000000001", -1),
            ("00012.50", 12_500_000_000_000), ("1.000000000000", 1_000_000_000_000),
            ("9223372.036854775807", .max), ("-9223372.036854775807", -.max),
        ] as [(String, Int64)]
    )
    func reading(text: String, picodollars: Int64) {
        #expect(USD(text)?.picodollars == picodollars)
    }

    @Test(
        "Anything else is not read",
        arguments: [
            "", "-", ".", ".5", "-.5", "+1", "-+1", "--1", "1.+5", "1.-5", "1.-0", " 1", "1 ", "1e-6", "0x1", "1.2.3",
            "1,5", "$1", "∞", "１", "NaN", "0.0000000000001", "9223372.036854775808", "9223373",
            "99999999999999999999",
        ]
    )
    func refusing(text: String) {
        #expect(USD(text) == nil)
    }

    @Test(
        "An amount is printed as JavaScript prints the number",
        arguments: [
            ("0", "0"), ("10000", "10000"), ("-3", "-3"), ("0.5", "0.5"), ("0.0000025", "0.0000025"),
            ("0.0000001", "1e-7"), ("0.00000015", "1.5e-7"), ("0.000000000001", "1e-12"),
            ("0.000258", "0.000258"), ("0.0006509169", "0.0006509169"), ("-0.25", "-0.25"),
            ("9223372.036854775807", "9223372.036854776"),
        ]
    )
    func printing(text: String, json: String) throws {
        #expect(try #require(USD(text)).json.text == json)
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
        #expect(USD.dollars(10_000).picodollars == 10_000_000_000_000_000)
    }

    @Test(
        "A double becomes the nearest picodollar",
        arguments: [
            (0.0, "0"), (1.9e-05, "0.000019"), (0.0076509169000000005, "0.0076509169"), (-0.1, "-0.1"), (4.9e-13, "0"),
            (5.1e-13, "0.000000000001"), (1e300, "9000000"), (-1e300, "-9000000"),
        ]
    )
    func doubles(dollars: Double, text: String) throws {
        #expect(USD(dollars) == USD(text))
    }

    @Test("What is printed reads back as the same amount")
    func roundTrip() throws {
        var random = SplitMix(seed: 7)
        for _ in 0..<5000 {
            // Up to a thousand dollars a double tells picodollars apart with room to spare.
            let amount = USD(
                picodollars: Int64.random(in: -1_000_000_000_000_000...1_000_000_000_000_000, using: &random)
            )
            let value = try JSONValue(parsing: amount.json.text)
            #expect(USD(try #require(value.double)) == amount)
        }
    }
}
