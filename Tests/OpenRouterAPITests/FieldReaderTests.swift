internal import OpenRouterAPI
internal import Testing

@Suite("Field reader")
struct FieldReaderTests {
    enum Color: String, CaseIterable {
        case red
        case deepBlue = "deep-blue"
    }

    static let body = #"""
        {"text":"abc","long":"01234567890123456789012345678901234567890","accents":"e\u0301e\u0301","yes":true,"no":false,
        "none":null,"one":1,"whole":2.0,"half":0.5,"big":1e400,"digits":12345678901234567890123456789012345678901,
        "list":["a","b"],"mixed":["a",1],"object":{"inner":{"deep":7}},"color":"deep-blue",
        "colors":["red","deep-blue"],"minus":-3,"twice":1,"twice":2}
        """#

    static func reader(path: String = "") throws -> FieldReader {
        try FieldReader(JSONValue(parsing: body), path: path)
    }

    @Test("Members are read as what they are, and missing ones and nulls as nil")
    func reading() throws {
        let reader = try Self.reader()
        #expect(try reader.string("text") == "abc")
        #expect(try reader.string("text", longest: 3) == "abc")
        #expect(try reader.bool("yes") == true)
        #expect(try reader.bool("no") == false)
        #expect(try reader.integer("one", in: 0...1) == 1)
        #expect(try reader.integer("whole", in: 0...2) == 2)
        #expect(try reader.integer("twice", in: 0...9) == 2)
        #expect(try reader.number("half", in: 0...0.5) == 0.5)
        #expect(try reader.number("one", in: 0...2) == 1)
        #expect(try reader.choice("color", of: Color.self) == .deepBlue)
        #expect(try reader.choices("colors", of: Color.self) == [.red, .deepBlue])
        #expect(try reader.strings("list") == ["a", "b"])
        #expect(try reader.strings("text", acceptsOne: true) == ["abc"])
        #expect(try reader.array("list")?.count == 2)
        #expect(try reader.object("object")?.object("inner")?.integer("deep", in: 7...7) == 7)
        for name in ["none", "absent"] {
            #expect(reader.optional(name) == nil)
            #expect(try reader.string(name) == nil)
            #expect(try reader.bool(name) == nil)
            #expect(try reader.integer(name, in: 0...1) == nil)
            #expect(try reader.number(name, in: 0...1) == nil)
            #expect(try reader.choice(name, of: Color.self) == nil)
            #expect(try reader.choices(name, of: Color.self) == nil)
            #expect(try reader.strings(name) == nil)
            #expect(try reader.array(name)?.count == nil)
            #expect(try reader.object(name)?.path == nil)
        }
    }

    typealias Reading = @Sendable (FieldReader) throws(APIError) -> Void

    static let wrong: [(field: String, message: String, read: Reading)] = [
        ("one", "expected a string, received 1", { r throws(APIError) in _ = try r.string("one") }),
        ("object", "expected a string, received an object", { r throws(APIError) in _ = try r.string("object") }),
        (
            "text", "expected at most 2 characters, received 3",
            { r throws(APIError) in _ = try r.string("text", longest: 2) }
        ),
        (
            "accents", "expected at most 3 characters, received 4",
            { r throws(APIError) in _ = try r.string("accents", longest: 3) }
        ),
        ("text", #"expected true or false, received "abc""#, { r throws(APIError) in _ = try r.bool("text") }),
        ("one", "expected true or false, received 1", { r throws(APIError) in _ = try r.bool("one") }),
        (
            "text", #"expected an integer from 0 to 3, received "abc""#,
            { r throws(APIError) in _ = try r.integer("text", in: 0...3) }
        ),
        (
            "half", "expected an integer from 0 to 3, received 0.5",
            { r throws(APIError) in _ = try r.integer("half", in: 0...3) }
        ),
        (
            "minus", "expected an integer of at least 1, received -3",
            { r throws(APIError) in _ = try r.integer("minus", in: 1 ... .max) }
        ),
        (
            "yes", "expected an integer, received true",
            { r throws(APIError) in _ = try r.integer("yes", in: .min ... .max) }
        ),
        (
            "digits", "expected an integer, received a number",
            { r throws(APIError) in _ = try r.integer("digits", in: .min ... .max) }
        ),
        (
            "minus", "expected a number from 0 to 0.5, received -3",
            { r throws(APIError) in _ = try r.number("minus", in: 0...0.5) }
        ),
        (
            "big", "expected a number from -2 to 2, received 1e400",
            { r throws(APIError) in _ = try r.number("big", in: -2...2) }
        ),
        (
            "long", "expected a number from 0 to 2, received a string",
            { r throws(APIError) in _ = try r.number("long", in: 0...2) }
        ),
        (
            "no", "expected a number from 0 to 2, received false",
            { r throws(APIError) in _ = try r.number("no", in: 0...2) }
        ),
        (
            "text", #"expected one of red, deep-blue, received "abc""#,
            { r throws(APIError) in _ = try r.choice("text", of: Color.self) }
        ),
        (
            "list", "expected one of red, deep-blue, received an array",
            { r throws(APIError) in _ = try r.choice("list", of: Color.self) }
        ),
        ("list", "expected an object, received an array", { r throws(APIError) in _ = try r.object("list") }),
        ("text", #"expected an array, received "abc""#, { r throws(APIError) in _ = try r.array("text") }),
        ("one", "expected an array of strings, received 1", { r throws(APIError) in _ = try r.strings("one") }),
        (
            "one", "expected a string or an array of strings, received 1",
            { r throws(APIError) in _ = try r.strings("one", acceptsOne: true) }
        ),
        (
            "list[0]", #"expected one of red, deep-blue, received "a""#,
            { r throws(APIError) in _ = try r.choices("list", of: Color.self) }
        ),
        ("mixed[1]", "expected a string, received 1", { r throws(APIError) in _ = try r.strings("mixed") }),
        (
            "absent", "expected a cat, received nothing",
            { r throws(APIError) in throw r.invalid("absent", expected: "a cat") }
        ),
        ("none", "expected a cat, received null", { r throws(APIError) in throw r.invalid("none", expected: "a cat") }),
    ]

    @Test("A wrong member is named with what was expected and what came", arguments: wrong.indices)
    func messages(row: Int) throws {
        let (field, message, read) = Self.wrong[row]
        for prefix in ["", "messages[3].content"] {
            let path = prefix.isEmpty ? field : "\(prefix).\(field)"
            let reader = try Self.reader(path: prefix)
            let error = #expect(throws: APIError.self) { try read(reader) }
            #expect(error?.status == 400)
            #expect(error?.message == "Invalid request parameters: \(path): \(message)")
            #expect(error?.metadata == ["error_type": "invalid_request", "field": .string(path)])
        }
    }

    @Test(
        "What is no object cannot be read",
        arguments: [("[]", "an array"), ("1", "1"), ("\"a\"", "\"a\""), ("null", "null")]
    )
    func notAnObject(text: String, found: String) throws {
        let value = try JSONValue(parsing: text)
        let body = #expect(throws: APIError.self) { try FieldReader(value) }
        #expect(body?.message == "Invalid request parameters: body: expected an object, received \(found)")
        let tool = #expect(throws: APIError.self) { try FieldReader(value, path: "tools[0]") }
        #expect(tool?.message == "Invalid request parameters: tools[0]: expected an object, received \(found)")
    }

    @Test(
        "Only short values are quoted",
        arguments: [
            (#""0123456789012345678901234567890123456789""#, #""0123456789012345678901234567890123456789""#),
            (#""01234567890123456789012345678901234567890""#, "a string"), (#""a\"\n""#, #""a\"\n""#),
            ("-1.5e3", "-1.5e3"),
            ("11111111111111111111111111111111111111111", "a number"), ("true", "true"), ("false", "false"),
            ("{}", "an object"),
        ]
    )
    func excerpts(text: String, excerpt: String) throws {
        #expect(try JSONValue(parsing: text).excerpt == excerpt)
    }
}
