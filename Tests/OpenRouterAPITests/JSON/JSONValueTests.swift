internal import Testing

@testable internal import OpenRouterAPI

struct JSONValueTests {
    let request =
        #"{"model": "a/b", "messages": [{"role": "user", "content": "caf\u00e9"}, {"role": "x"}], "n": 1, "n": 2}"#

    @Test("Lookups chain and give nil for what is not there")
    func lookups() throws {
        let root = try JSONValue(parsing: request)
        #expect(root["messages"]?[0]?["content"]?.string == "café")
        #expect(root["messages"]?[1]?["role"]?.string == "x")
        #expect(root["messages"]?[2] == nil)
        #expect(root["messages"]?[-1] == nil)
        #expect(root["missing"]?["deeper"] == nil)
        #expect(root[0] == nil)
        #expect(root["model"]?["x"] == nil)
        #expect(root["model"]?.int == nil)
        #expect(root["model"]?.bool == nil)
    }

    @Test("Of duplicate names the last one is found and all are listed")
    func duplicates() throws {
        let root = try JSONValue(parsing: request)
        #expect(root["n"]?.int == 2)
        #expect(root.count == 4)
        #expect(root.members.map(\.key) == ["model", "messages", "n", "n"])
        #expect(root.members.compactMap(\.value.int) == [1, 2])
    }

    @Test("A name is found by its decoded code points")
    func names() throws {
        let root = try JSONValue(parsing: #"{"caf\u00e9": 1, "cafe\u0301": 2, "\ud800": 3}"#)
        #expect(root["caf\u{E9}"]?.int == 1)
        #expect(root["cafe\u{301}"]?.int == 2)
        #expect(root["\u{FFFD}"] == nil)
        #expect(root["\\ud800"] == nil)
    }

    @Test(
        "Kinds have their names",
        arguments: [
            ("{}", JSONKind.object, "object"), ("[]", .array, "array"), (#""""#, .string, "string"),
            ("1", .number, "integer"),
            ("1.0", .number, "integer"), ("1.5", .number, "number"), ("1e99999999999999999999", .number, "integer"),
            ("1e-99999999999999999999", .number, "number"), ("0e-99999999999999999999", .number, "integer"),
            ("true", .bool, "boolean"), ("null", .null, "null"),
        ]
    )
    func kinds(_ text: String, _ kind: JSONKind, _ name: String) throws {
        let value = try JSONValue(parsing: text)
        #expect(value.kind == kind)
        #expect(value.typeName == name)
        #expect(value.isNull == (kind == .null))
    }

    @Test(
        "Integers are numbers without a fraction that fit",
        arguments: [
            ("0", 0), ("-0", 0), ("0.000e5", 0), ("1", 1), ("1.0", 1), ("1e2", 100), ("1.50e1", 15), ("150e-1", 15),
            ("9223372036854775807", .max), ("-9223372036854775808", .min), ("9223372036854775808", nil),
            ("-9223372036854775809", nil), ("1.5", nil), ("1e-1", nil), ("1e19", nil), ("1e999999999999999999999", nil),
            ("-12.0e1", -120), ("0.5e1", 5), ("1E+3", 1000),
        ] as [(String, Int?)]
    )
    func integers(_ text: String, _ expected: Int?) throws {
        #expect(try JSONValue(parsing: text).int == expected)
    }

    @Test(
        "Doubles are the nearest ones",
        arguments: [
            ("0", 0), ("0.7", 0.7), ("0.1", 0.1), ("1e22", 1e22), ("1e23", 1e23), ("-2.5e-3", -2.5e-3),
            ("1e400", .infinity),
            ("-1e99999999999999999999", -.infinity), ("1e-400", 0),
            ("123456789012345678901234567890", 1.2345678901234568e29),
            ("5e-324", .leastNonzeroMagnitude), ("1.7976931348623157e308", .greatestFiniteMagnitude),
            ("9007199254740993", 9_007_199_254_740_992),
        ] as [(String, Double)]
    )
    func doubles(_ text: String, _ expected: Double) throws {
        #expect(try JSONValue(parsing: text).double == expected)
        #expect(try JSONValue(parsing: text).numberText == text)
    }

    @Test("Any bytes can be parsed")
    func sources() throws {
        let bytes = Array("xx[1]xx".utf8)
        #expect(try JSONDocument(parsing: bytes[2..<5]).root[0]?.raw == [UInt8(ascii: "1")])
        let count = try bytes.withUnsafeBytes { raw in
            try JSONDocument(parsing: UnsafeRawBufferPointer(rebasing: raw[2..<5])).root.count
        }
        #expect(count == 1)
    }

    @Test("Minus zero keeps its sign as a double")
    func minusZero() throws {
        #expect(try JSONValue(parsing: "-0.0").double?.sign == .minus)
    }

    @Test(
        "Strings are decoded",
        arguments: [
            (#""""#, ""), (#""a\"\\\/\b\f\n\r\tb""#, "a\"\\/\u{8}\u{C}\n\r\tb"), (#""\u0041\u00e9\u20AC""#, "Aé€"),
            (#""\ud83d\ude00!""#, "😀!"), (#""\ud83d""#, "\u{FFFD}"), (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
            (#""\ude00\ud83d""#, "\u{FFFD}\u{FFFD}"), (#""\ud83dx\u0000""#, "\u{FFFD}x\0"),
        ]
    )
    func strings(_ text: String, _ expected: String) throws {
        #expect(try JSONValue(parsing: text).string == expected)
    }

    @Test("Values know their source and place")
    func places() throws {
        let root = try JSONValue(parsing: "{\n  \"é\": [1,\n 2 ]}")
        let list = try #require(root["é"])
        #expect(String(decoding: list.raw, as: UTF8.self) == "[1,\n 2 ]")
        #expect(list.position == JSONPosition(line: 2, column: 8))
        #expect(list[1]?.position.description == "line 3, column 2")
        #expect(list.elements.map(\.int) == [1, 2])
        #expect(list.elements.underestimatedCount == 2)
        #expect(Array(root.elements).isEmpty)
        #expect(Array(list.members).isEmpty)
    }
}
