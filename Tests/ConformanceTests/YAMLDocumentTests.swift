internal import OpenRouterAPI
internal import Testing

@testable internal import YAMLDocuments

@Suite("YAML documents")
struct YAMLDocumentTests {
    private static func document(_ text: String, file: String = "file.yaml") throws -> YAMLDocument {
        try YAMLDocument(parsing: Array(text.utf8), file: file)
    }

    /// A plain scalar, and what it is as JSON.
    static let scalars: [(String, String)] = [
        // Null and booleans: three spellings each, and none of YAML 1.1.
        ("null", "null"), ("Null", "null"), ("NULL", "null"), ("~", "null"), ("", "null"), ("nULL", #""nULL""#),
        ("true", "true"), ("True", "true"), ("TRUE", "true"), ("false", "false"), ("False", "false"),
        ("FALSE", "false"), ("yes", #""yes""#), ("no", #""no""#), ("on", #""on""#), ("Off", #""Off""#), ("y", #""y""#),
        // Integers.
        ("0", "0"), ("12", "12"), ("-12", "-12"), ("+12", "12"), ("007", "7"), ("0o14", "12"), ("0xC", "12"),
        ("0xc", "12"), ("0x", #""0x""#), ("0x-1", #""0x-1""#), ("0o8", #""0o8""#), ("1_000", #""1_000""#),
        ("0b101", #""0b101""#), ("12345678901234567890123", "12345678901234567890123"), ("-0", "-0"),
        // Floats keep their digits.
        ("1.50", "1.50"), (".5", "0.5"), ("-.5", "-0.5"), ("1.", "1"), ("+1.5", "1.5"), ("1e3", "1e3"),
        ("1E+3", "1e+3"), ("1.5e-3", "1.5e-3"), ("1e", #""1e""#), (".", #"".""#), ("1.2.3", #""1.2.3""#),
        ("-", "[null]"), ("0.1", "0.1"), ("00.5", "0.5"),
        // Times and the like are strings.
        ("2026-08-30", #""2026-08-30""#), ("12:30:45", #""12:30:45""#), ("<<", #""<<""#), ("=", #""=""#),
        // Quotes and tags.
        (#""12""#, #""12""#), ("'true'", #""true""#), ("!!str 12", #""12""#), (#"!!int "12""#, "12"),
        (#"!!float "1.5""#, "1.5"), ("!!float 3", "3"), (#"!!bool "true""#, "true"), (#"!!null """#, "null"),
        ("! 12", #""12""#), (#""\u00e9\x41""#, #""éA""#),
    ]

    @Test("A scalar means what the core schema says", arguments: scalars.indices)
    func scalar(row: Int) throws {
        let (text, expected) = Self.scalars[row]
        #expect(try Self.document(text).root.json.description == expected, "\(text)")
    }

    @Test("Every node knows its line and column, in Unicode scalars from 1")
    func positions() throws {
        let document = try Self.document(
            """
            # A comment.
            name: chat
            é😀: {a: 1, b: [x, "y"]}
            list:
              - one
              -   k: v
            """
        )
        let expected: [(String, Int, Int)] = [
            ("", 2, 1), ("/name", 2, 7), ("/é😀", 3, 5), ("/é😀/a", 3, 9), ("/é😀/b", 3, 15), ("/é😀/b/0", 3, 16),
            ("/é😀/b/1", 3, 19), ("/list", 5, 3), ("/list/0", 5, 5), ("/list/1", 6, 7), ("/list/1/k", 6, 10),
        ]
        for (pointer, line, column) in expected {
            let node = try #require(document.root.at(try JSONPointer(pointer)), "\(pointer)")
            #expect(node.position == JSONPosition(line: line, column: column), "\(pointer)")
        }
        #expect(document.root.entries.map(\.keyPosition.line) == [2, 3, 4])
        #expect(document.position(of: try JSONPointer("/list/1/absent/x")) == JSONPosition(line: 6, column: 7))
    }

    @Test("JSON files are read by the same call, escapes and places too")
    func json() throws {
        let text = """
            {"a": [1, 2],
             "b": {"c": "\\ud83d\\ude00\\/"}, "a": 3}
            """
        for file in ["spec.json", "spec"] {
            let document = try Self.document(text, file: file)
            #expect(document.root["b"]?["c"]?.string == "😀/")
            #expect(document.root["b"]?["c"]?.position == JSONPosition(line: 2, column: 13))
            #expect(document.root["a"]?.json == 3)
            #expect(document.json.root["b"]?["c"]?.string == "😀/")
        }
        #expect(try Self.document("{a: 1, b: x}", file: "flow.yaml").root.json == ["a": 1, "b": "x"])
    }

    @Test("Order, keys that are no strings, block scalars and aliases survive as JSON")
    func structure() throws {
        let document = try Self.document(
            """
            z: &id
              - 1
            200: *id
            null: |
              two
              lines
            a: >-
              folded
              text
            """
        )
        #expect(document.root.json.description == #"{"z":[1],"200":[1],"null":"two\nlines\n","a":"folded text"}"#)
        #expect(document.json.root["200"]?[0]?.int == 1)
        #expect(document.root["200"]?.position == JSONPosition(line: 1, column: 4))
    }

    static let mistakes: [(file: String, text: String, message: String)] = [
        (
            "a.yaml", "a: 1\n\tb: 2\n",
            "a.yaml:2:1: found a tab character that violates indentation "
                + "while scanning a plain scalar that begins in line 1; indent with spaces, not tabs"
        ),
        (
            "a.yaml", "a: @b\n",
            "a.yaml:1:4: found character that cannot start any token while scanning for the next token; "
                + "expected a value. Indent with spaces, not tabs, and quote text that begins with @, ` or %"
        ),
        (
            "a.yaml", "a: b: c\n",
            "a.yaml:1:5: mapping values are not allowed in this context; "
                + "quote text that holds ': ', and check the indentation"
        ),
        (
            "a.yaml", "a:\n  - 1\n  b: 2\n",
            "a.yaml:3:3: did not find expected '-' indicator while parsing a block collection that begins in line 2"
        ),
        (
            "a.yaml", "a: 1\nb: 2\na: 3\n",
            "a.yaml:1:1: the key 'a' occurs again in this mapping; expected each key once"
        ),
        ("a.yaml", "a: *b\n", "a.yaml:1:4: found undefined alias; expected an anchor, &name, before it"),
        ("a.yaml", "a: 1\n---\nb: 2\n", "a.yaml:2:1: found another document; expected a single one in the file"),
        (
            "a.yaml", "a:\n  - .inf\n",
            "a.yaml:2:5: '.inf' is no number that JSON can hold; expected a finite number or a string"
        ),
        ("a.yaml", "? [a]\n: 1\n", "a.yaml:1:3: this key is no scalar; expected a name, since JSON has no other keys"),
        (
            "a.yaml", "a: !color red\n",
            "a.yaml:1:4: unknown tag '!color'; expected one of !!str, !!int, !!float, !!bool, !!null, or none"
        ),
        ("a.yaml", "a: !!int red\n", "a.yaml:1:4: 'red' does not fit its tag '!!int'"),
        (
            "a.yaml", "a: !!set {b, c}\n",
            "a.yaml:1:4: unknown tag 'tag:yaml.org,2002:set' here; expected !!map or none"
        ),
        ("a.json", "{\"a\": 1,\n \"b\": }", "a.json:2:7: unexpected '}', expected a value"),
    ]

    @Test("A mistake is told with file, line and column, and what was expected", arguments: mistakes.indices)
    func mistake(row: Int) {
        let (file, text, message) = Self.mistakes[row]
        #expect(throws: YAMLDocumentError.self) { try Self.document(text, file: file) }
        do {
            _ = try Self.document(text, file: file)
        } catch {
            #expect("\(error)" == message)
        }
    }

    @Test("Bytes that are no text are told with their line")
    func bytes() {
        #expect {
            try YAMLDocument(parsing: Array("a: 1\nb: ".utf8) + [0xFF, 0x0A], file: "a.yaml")
        } throws: {
            "\($0)" == "a.yaml:2:1: this line is no UTF-8; expected a text file"
        }
        #expect {
            try Self.document("a: 1\nbé: \u{1}\n")
        } throws: {
            "\($0)" == "file.yaml:2:5: control characters are not allowed (U+1)"
        }
    }

    @Test("Aliases that multiply are stopped")
    func aliases() {
        let levels = (1...9).map {
            "l\($0): &l\($0) [" + Array(repeating: "*l\($0 - 1)", count: 9).joined(separator: ", ") + "]"
        }
        #expect {
            try Self.document((["l0: &l0 x"] + levels).joined(separator: "\n"))
        } throws: {
            "\($0)".contains("the aliases of this file stand for over 500000 values; use fewer")
        }
    }

    @Test("An empty file is null")
    func empty() throws {
        #expect(try Self.document("# nothing\n").root.json == .null)
    }
}
