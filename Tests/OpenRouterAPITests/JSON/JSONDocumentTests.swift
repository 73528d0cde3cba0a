internal import TestSupport
internal import Testing

@testable internal import OpenRouterAPI

struct JSONDocumentTests {
    static let valid = [
        "0", "-0", "1", "-1.5", "1e5", "1E+5", "0.5e-10", "true", "false", "null", #""""#, #""a""#, "[]", "{}",
        " [ ] ", "\t{\r\n}\n", "[1,2,3]", #"{"a":1,"a":2}"#, #"{"":{"":[]}}"#,
        #""\" \\ \/ \b \f \n \r \t \u00e9 \uD83D\ude00""#,
        #""\ud800""#, #""\udc00\ud800""#, "\"é€😀\u{7F}\u{2028}\u{10FFFF}\"", "[[[[]]]]", #"[{"a":[{}]}]"#,
        "123456789012345678901234567890", "1e999999999999999999999",
    ]

    @Test("A valid text is parsed and its parts can be visited", arguments: valid)
    func acceptsValid(_ text: String) throws {
        let document = try JSONDocument(parsing: text.utf8)
        #expect(String(decoding: document.source, as: UTF8.self) == text)
        let trimmed = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
        #expect(String(decoding: document.root.raw, as: UTF8.self) == String(trimmed))
    }

    static let invalid: [(String, String)] = [
        ("", "line 1, column 1: unexpected end of input (the text is empty), expected a value"),
        (" \n ", "line 2, column 2: unexpected end of input, expected a value"),
        ("\u{FEFF}{}", "line 1, column 1: unexpected byte order mark (U+FEFF), expected a value without one before it"),
        ("x", "line 1, column 1: unexpected 'x', expected a value"),
        ("{\n  \"a\": 1,\n  \"b\"x", "line 3, column 6: unexpected 'x', expected ':'"),
        ("{\"a\": 1\n  x", "line 2, column 3: unexpected 'x', expected ',' or '}'"),
        (#"{"model" : "#, "line 1, column 12: unexpected end of input, expected a value"),
        ("[", "line 1, column 2: unexpected end of input, expected a value or ']'"),
        ("[1", "line 1, column 3: unexpected end of input, expected ',' or ']'"),
        ("[1,]", "line 1, column 4: unexpected ']', expected a value"),
        ("[,1]", "line 1, column 2: unexpected ',', expected a value or ']'"),
        ("[1 2]", "line 1, column 4: unexpected '2', expected ',' or ']'"),
        ("[1}", "line 1, column 3: unexpected '}', expected ',' or ']'"),
        ("{", "line 1, column 2: unexpected end of input, expected a member name in double quotes or '}'"),
        ("{a:1}", "line 1, column 2: unexpected 'a', expected a member name in double quotes or '}'"),
        ("{'a':1}", "line 1, column 2: unexpected single quote, expected a member name in double quotes or '}'"),
        (#"{"a":1,}"#, "line 1, column 8: unexpected '}', expected a member name in double quotes"),
        (#"{"a"}"#, "line 1, column 5: unexpected '}', expected ':'"),
        (#"{"a":}"#, "line 1, column 6: unexpected '}', expected a value"),
        (#"{"a":1]"#, "line 1, column 7: unexpected ']', expected ',' or '}'"),
        ("{} {}", "line 1, column 4: unexpected '{', expected end of input"),
        ("1 // one", "line 1, column 3: unexpected '/', expected end of input"),
        ("01", "line 1, column 2: unexpected '1', expected no digits after a leading zero"),
        ("-", "line 1, column 2: unexpected end of input, expected a digit after '-'"),
        ("-x", "line 1, column 2: unexpected 'x', expected a digit after '-'"),
        ("+1", "line 1, column 1: unexpected '+', expected a value"),
        (".5", "line 1, column 1: unexpected '.', expected a value"),
        ("1.", "line 1, column 3: unexpected end of input, expected a digit after '.'"),
        ("1.e5", "line 1, column 3: unexpected 'e', expected a digit after '.'"),
        ("1e", "line 1, column 3: unexpected end of input, expected a digit after the exponent's 'e'"),
        ("[1e+]", "line 1, column 5: unexpected ']', expected a digit after the exponent's 'e'"),
        ("0x1F", "line 1, column 2: unexpected 'x', expected end of input"),
        ("NaN", "line 1, column 1: unexpected 'N', expected a value"),
        ("True", "line 1, column 1: unexpected 'T', expected a value"),
        ("nul", "line 1, column 4: unexpected end of input, expected 'null'"),
        ("[trux]", "line 1, column 5: unexpected 'x', expected 'true'"),
        ("é", "line 1, column 1: unexpected 'é', expected a value"),
        ("[\"😀é\" é]", "line 1, column 7: unexpected 'é', expected ',' or ']'"),
        (#""abc"#, "line 1, column 5: unexpected end of input, expected '\"' at the end of the string"),
        ("\"a\nb\"", #"line 1, column 3: unexpected line feed (U+000A) in a string, expected \n for it"#),
        ("\"\t\"", #"line 1, column 2: unexpected tab (U+0009) in a string, expected \t for it"#),
        ("\"\u{1}\"", #"line 1, column 2: unexpected control character U+0001 in a string, expected \u0001 for it"#),
        (#""\"#, #"line 1, column 3: unexpected end of input, expected an escape after '\'"#),
        (#""\x""#, #"line 1, column 3: unexpected 'x', expected one of " \ / b f n r t u after '\'"#),
        (#""\u12g4""#, #"line 1, column 6: unexpected 'g', expected four hexadecimal digits after '\u'"#),
        ("\0", "line 1, column 1: unexpected control character U+0000, expected a value"),
    ]

    @Test("An invalid text is refused where it stops being JSON", arguments: invalid)
    func rejectsInvalid(_ text: String, _ message: String) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONDocument(parsing: text.utf8) }
        #expect(error?.description == message)
    }

    static let illFormed: [[UInt8]] = [
        [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xE0, 0x80, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80],
        [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xF0, 0x9F, 0x98],
    ]

    @Test("Ill-formed UTF-8 is refused at its first byte, at any place of a word", arguments: illFormed, 0..<9)
    func rejectsIllFormedUTF8(_ bytes: [UInt8], _ padding: Int) {
        let text = [UInt8(ascii: "\"")] + [UInt8](repeating: 0x61, count: padding) + bytes + [UInt8(ascii: "\"")]
        let error = #expect(throws: JSONSyntaxError.self) { try JSONDocument(parsing: text) }
        #expect(error?.byteOffset == padding + 1)
        let hex = String(bytes[0], radix: 16, uppercase: true)
        #expect(error?.column == padding + 2)
        #expect(error?.found == "byte 0x\(hex) (ill-formed UTF-8)")
        #expect(error?.expected == "a character in UTF-8")
    }

    @Test("Every byte below space is found at any place of a word", arguments: 0..<18)
    func findsControls(_ padding: Int) {
        for control in UInt8(0)..<0x20 {
            let text =
                [0x22] + [UInt8](repeating: 0x7E, count: padding) + [control, 0x22, 0x20, 0x20, 0x20, 0x20, 0x20]
            let error = #expect(throws: JSONSyntaxError.self) { try JSONDocument(parsing: text) }
            #expect(error?.byteOffset == padding + 1)
        }
    }

    @Test("512 levels are read and written; one more is refused")
    func limitsDepth() throws {
        func nested(_ depth: Int) -> [UInt8] {
            let opening = (0..<depth).map { $0 % 2 == 0 ? "[" : #"{"a":"# }.joined()
            let closing = (0..<depth).reversed().map { $0 % 2 == 0 ? "]" : "}" }.joined()
            return Array((opening + (depth % 2 == 0 ? "1" : "") + closing).utf8)
        }
        let document = try JSONDocument(parsing: nested(512))
        #expect(document.root.canonicalBytes == nested(512))
        #expect(JSON(document.root).serialized() == nested(512))
        let other = try JSONDocument(parsing: nested(512).map { $0 == UInt8(ascii: "1") ? UInt8(ascii: "2") : $0 })
        #expect(JSONDiff.differences(from: document.root, to: other.root).first?.pointer.components.count == 512)
        let error = #expect(throws: JSONSyntaxError.self) { try JSONDocument(parsing: nested(513)) }
        #expect(error?.found == "nesting of more than 512 levels")
        #expect(throws: JSONSyntaxError.self) { try JSONDocument(parsing: [UInt8](repeating: 0x5B, count: 1_000_000)) }
    }

    @Test("Every prefix of a valid text is refused at its end or is itself valid")
    func survivesPrefixes() throws {
        let text = Array(
            #" {"a\n\u00e9\ud83d\ude00é€😀": [1, -2.5e+10, true, false, null, "x\\\"y"], "b": {"c": {}}} "#.utf8
        )
        for length in 0...text.count {
            do {
                let document = try JSONDocument(parsing: text[..<length])
                #expect(length >= text.count - 1)
                #expect(document.root.count == 2)
            } catch {
                // A character that is cut in two is pointed at where it starts.
                #expect(error.byteOffset <= length && error.byteOffset > length - 4)
            }
        }
    }

    @Test("A changed byte never makes the reader fail", arguments: [1, 2, 3] as [UInt64])
    func survivesDamage(_ seed: UInt64) {
        var random = SplitMix(seed: seed)
        for _ in 0..<300 {
            var bytes = JSON.random(depth: 3, using: &random).serialized()
            for _ in 0..<3 {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            guard let document = try? JSONDocument(parsing: bytes) else { continue }
            let canonical = document.root.canonicalBytes
            let again = try? JSONDocument(parsing: canonical)
            #expect(again?.root.canonicalBytes == canonical)
        }
    }
}
