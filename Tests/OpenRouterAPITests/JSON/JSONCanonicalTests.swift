internal import TestSupport
internal import Testing

@testable internal import OpenRouterAPI

struct JSONCanonicalTests {
    static let spellings: [(String, String)] = [
        ("1", "1"), ("1.0", "1"), ("1e0", "1"), ("10e-1", "1"), ("0.1e1", "1"), ("1.000E+0", "1"),
        ("1e00000000000000000000", "1"),
        ("0", "0"), ("-0", "0"), ("0.0", "0"), ("-0.00e99999999999999999999", "0"), ("0e-5", "0"),
        ("0.10", "1e-1"), ("1e-1", "1e-1"), ("-2.50", "-25e-1"), ("100", "100"), ("1e2", "100"), ("-100", "-100"),
        ("10.010e1", "1001e-1"),
        ("100000000000000000000", "100000000000000000000"), ("1e20", "100000000000000000000"), ("1e21", "1e21"),
        ("1000000000000000000000", "1e21"), ("123456789012345678901", "123456789012345678901"),
        ("123456789012345678901234567890", "12345678901234567890123456789e1"),
        ("123456789012345678901234567891", "123456789012345678901234567891"),
        ("1e999999999", "1e999999999"), ("0.001e1000000000", "1e999999997"),
        ("1e999999999999999999", "1e999999999999999999"), ("10e999999999999999999", "1e1000000000000000000"),
        ("1e1000000000000000000", "1e1000000000000000000"), ("0.1e1000000000000000000", "1e999999999999999999"),
        ("0.1e10000000000000000000000", "1e9999999999999999999999"),
        ("10e9999999999999999999999", "1e10000000000000000000000"),
        ("10e-10000000000000000000000", "1e-9999999999999999999999"),
        ("0.1e-9999999999999999999999", "1e-10000000000000000000000"),
        ("12.5e+00099999999999999999999", "125e99999999999999999998"),
        (#""\u0041\/\u000a\u001F\u007f\u00E9""#, "\"A/\\n\\u001f\u{7F}é\""),
        (#""\uD800x\uDFFF""#, #""\ud800x\udfff""#), (#""\uD83D\uDE00\uD7FF""#, "\"😀\u{D7FF}\""),
        (#""\"\\""#, #""\"\\""#),
        (#"{ "b" : 1 , "a" : [ 2 , 1 ] }"#, #"{"a":[2,1],"b":1}"#), (#"{"a":1,"b":2,"a":3}"#, #"{"a":3,"b":2}"#),
        (#"{"\u0062":1,"a":2,"b":3}"#, #"{"a":2,"b":3}"#),
        (#"{"b":{"d":1,"c":{"z":0,"y":0}},"a":{}}"#, #"{"a":{},"b":{"c":{"y":0,"z":0},"d":1}}"#),
        (#"{"\ud83d\ude00":1,"\uffff":2,"ab":3,"a":4,"":5}"#, "{\"\":5,\"a\":4,\"ab\":3,\"\u{FFFF}\":2,\"😀\":1}"),
        ("[true , false , null]", "[true,false,null]"),
    ]

    @Test("Each spelling has its canonical form, which is its own", arguments: spellings)
    func canonical(_ text: String, _ expected: String) throws {
        #expect(String(decoding: try JSONValue(parsing: text).canonicalBytes, as: UTF8.self) == expected)
        #expect(String(decoding: try JSONValue(parsing: expected).canonicalBytes, as: UTF8.self) == expected)
        #expect(try JSONValue(parsing: text).isCanonicallyEqual(to: JSONValue(parsing: expected)))
    }

    @Test(
        "Different values stay different",
        arguments: [
            ("1", "-1"), ("1", #""1""#), ("0", "null"), ("0", "false"), ("[]", "{}"), ("[1,2]", "[2,1]"),
            ("0.1", "0.10000000000000001"),
            ("9007199254740993", "9007199254740992"), ("1e400", "1e401"), ("1e-400", "0"), (#""\ud800""#, #""\ufffd""#),
            (#""\ud800""#, #""\ud801""#), (#""\ud800""#, #""\\ud800""#), ("\"\u{E9}\"", "\"e\u{301}\""),
            (#"{"a":1}"#, #"{"a":1,"b":null}"#),
            (#"{"a":1,"a":2}"#, #"{"a":1}"#), (#""a""#, #""A""#), (#"{"\ud800":1,"\ud801":1}"#, #"{"\ud800":1}"#),
            ("[[],[]]", "[[[]]]"),
        ]
    )
    func different(_ left: String, _ right: String) throws {
        #expect(try !JSONValue(parsing: left).isCanonicallyEqual(to: JSONValue(parsing: right)))
        #expect(try !JSONDiff.differences(from: JSONValue(parsing: left), to: JSONValue(parsing: right)).isEmpty)
    }

    @Test("The form of a part is appended to what is there")
    func appends() throws {
        var bytes = Array("x".utf8)
        try JSONValue(parsing: #"{"a": [1.0, {"b": 2}]}"#)["a"]?.writeCanonical(into: &bytes)
        #expect(bytes == Array(#"x[1,{"b":2}]"#.utf8))
    }

    @Test("Many members are sorted and the last of each name is kept")
    func manyMembers() throws {
        let names = (0..<500).map { ($0 * 7919) % 250 }
        let text = "{" + names.enumerated().map { "\"\($1)\":\($0)" }.joined(separator: ",") + "}"
        let canonical = try JSONDocument(parsing: JSONValue(parsing: text).canonicalBytes).root
        #expect(canonical.members.map(\.key) == (0..<250).map(String.init).sorted())
        #expect(canonical.members.allSatisfy { ($0.value.int ?? 0) >= 250 })
    }

    @Test("Random documents in another spelling are equal", arguments: 1...20 as ClosedRange<UInt64>)
    func random(_ seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        for _ in 0..<20 {
            let json = JSON.random(depth: 4, using: &random)
            let plain = try JSONDocument(parsing: json.serialized()).root
            let respelled = try JSONValue(parsing: json.respelled(using: &random))
            #expect(plain.isCanonicallyEqual(to: respelled))
            #expect(JSONDiff.differences(from: plain, to: respelled).isEmpty)
            #expect(JSON(plain).serialized() == json.serialized())
            let pretty = try JSONValue(parsing: json.pretty())
            #expect(JSON(pretty).serialized() == json.serialized())
        }
    }
}
