internal import TestSupport
internal import Testing

@testable internal import OpenRouterAPI

struct JSONTests {
    @Test("Literals keep their order")
    func literals() {
        let json: JSON = ["z": 1, "a": [true, .null, 0.5, "x", -3], "m": ["k": [:]], "e": []]
        let name = "x"
        #expect(("a \(name)" as JSON) == .string("a x"))
        #expect(json.description == #"{"z":1,"a":[true,null,0.5,"x",-3],"m":{"k":{}},"e":[]}"#)
    }

    @Test(
        "Numbers are printed as JavaScript prints them",
        arguments: [
            (0, "0"), (-0.0, "0"), (1, "1"), (-1, "-1"), (1.5, "1.5"), (0.1, "0.1"), (0.1 + 0.2, "0.30000000000000004"),
            (100, "100"),
            (4.14e-05, "0.0000414"), (0.000001, "0.000001"), (1e-7, "1e-7"), (1.5e-7, "1.5e-7"),
            (-1.25e-10, "-1.25e-10"), (1e20, "100000000000000000000"),
            (1e21, "1e+21"), (1.5e21, "1.5e+21"), (1.2345678901234568e20, "123456789012345680000"),
            (1.234567890123456789012e21, "1.2345678901234568e+21"),
            (.leastNonzeroMagnitude, "5e-324"), (1.7976931348623157e308, "1.7976931348623157e+308"),
            (9_007_199_254_740_992, "9007199254740992"),
            (9_007_199_254_740_994, "9007199254740994"), (18_014_398_509_481_984, "18014398509481984"),
            (12345.678, "12345.678"), (0.000015, "0.000015"),
            (1e16, "10000000000000000"), (2.5e-6, "0.0000025"), (9.999999999999999e20, "999999999999999900000"),
            (123.456e-20, "1.23456e-18"),
            (.infinity, "null"), (-.infinity, "null"), (.nan, "null"),
        ] as [(Double, String)]
    )
    func numbers(_ value: Double, _ expected: String) {
        #expect(JSON.number(value).description == expected)
    }

    @Test("Random doubles read back as themselves", arguments: [1, 2, 3] as [UInt64])
    func randomNumbers(_ seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        for _ in 0..<2000 {
            let wild = Double(bitPattern: random.next())
            let tame = Double(Int.random(in: 0...999_999_999, using: &random)) / 1e7
            for value in [wild, tame] where value.isFinite {
                #expect(try JSONValue(parsing: JSON.number(value).description).double == value)
            }
        }
    }

    @Test(
        "Strings are escaped as JSON.stringify escapes them",
        arguments: [
            ("", #""""#), ("plain text, long enough for words", #""plain text, long enough for words""#),
            ("\"\\/", #""\"\\/""#),
            ("\u{8}\t\n\u{C}\r\u{B}\0\u{1F}", #""\b\t\n\f\r\u000b\u0000\u001f""#),
            ("é€😀\u{2028}\u{7F}", "\"é€😀\u{2028}\u{7F}\""),
            ("1234567\"1234567\\", #""1234567\"1234567\\""#),
        ]
    )
    func strings(_ text: String, _ expected: String) throws {
        var output: [UInt8] = []
        JSON.write(string: text, into: &output)
        #expect(String(decoding: output, as: UTF8.self) == expected)
        #expect(try JSONValue(parsing: expected).string == text)
    }

    @Test(
        "Parsed numbers keep their digits",
        arguments: ["1", "1.0", "-0", "1e2", "0.10", "123456789012345678901234567890", "-5"]
    )
    func decimals(_ text: String) throws {
        #expect(JSON(try JSONValue(parsing: text)).description == text)
    }

    @Test("An absent member is left out and a null one is not")
    func optionals() {
        var object: JSONObject = ["a": 1]
        object.append("b", nil as JSON?)
        object.append("c", .null)
        object.append("d", .string("x"))
        #expect(JSON.object(object).description == #"{"a":1,"c":null,"d":"x"}"#)
        object["a"] = 2
        object["c"] = nil
        object["e"] = true
        #expect(JSON.object(object).description == #"{"a":2,"d":"x","e":true}"#)
        #expect(object["e"] == true)
        #expect(object["c"] == nil)
        #expect(object.count == 3)
        object.append(contentsOf: ["f": 1, "g": 2])
        #expect(JSON.object(object).description == #"{"a":2,"d":"x","e":true,"f":1,"g":2}"#)
    }

    @Test("Values are equal if they are built alike")
    func equality() {
        #expect(JSON.array([1, "a"]) == [1, "a"])
        #expect(JSON.array([1, "a"]).hashValue == ([1, "a"] as JSON).hashValue)
        #expect(JSON.string("\u{E9}") != .string("e\u{301}"))
        #expect((["\u{E9}": 1] as JSON) != ["e\u{301}": 1])
        #expect(JSON.integer(1) != .number(1))
        #expect((["a": 1, "b": 2] as JSON) != ["b": 2, "a": 1])
    }

    @Test("The form for people has a line for each member")
    func pretty() {
        let json: JSON = ["b": [1, ["x": .null]], "a": [:], "c": [], "d": "e\n"]
        #expect(
            json.pretty() == #"""
                {
                  "b": [
                    1,
                    {
                      "x": null
                    }
                  ],
                  "a": {},
                  "c": [],
                  "d": "e\n"
                }
                """#
        )
    }
}
