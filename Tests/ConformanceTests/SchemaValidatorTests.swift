internal import OpenRouterAPI
internal import Testing
internal import YAMLDocuments

@testable internal import Conformance

@Suite("Schema validator")
struct SchemaValidatorTests {
    static let rows: [SchemaRow] = [
        // Kinds.
        SchemaRow("{type: string}", valid: #""x""#, invalid: "1", ": expected string, found 1 (#S/type)"),
        SchemaRow(
            "{type: integer}",
            valid: "1",
            "1.0",
            "1e2",
            invalid: "1.5",
            ": expected integer, found 1.5 (#S/type)"
        ),
        SchemaRow("{type: number}", valid: "1", "1.5", invalid: "true", ": expected number, found true (#S/type)"),
        SchemaRow(
            "{type: [object, 'null', number]}",
            valid: "{}",
            "null",
            "7",
            invalid: "[]",
            ": expected object or number or null, found an array (#S/type)"
        ),
        SchemaRow("{type: boolean}", valid: "false", invalid: "null", ": expected boolean, found null (#S/type)"),
        SchemaRow(
            "{type: string, nullable: true}",
            valid: "null",
            #""x""#,
            invalid: "1",
            ": expected string, found 1 (#S/type)"
        ),
        SchemaRow(
            "{enum: [a, 1, null]}",
            valid: #""a""#,
            "1.0",
            "null",
            invalid: #""b""#,
            #": expected one of "a", 1, null, found "b" (#S/enum)"#
        ),
        SchemaRow(
            "{const: {a: [1]}}",
            valid: #"{"a":[1.0]}"#,
            invalid: #"{"a":[2]}"#,
            ": expected an object, found an object (#S/const)"
        ),
        SchemaRow("true", valid: "1", "{}", invalid: "", ""),
        SchemaRow(
            "{not: {type: string}}",
            valid: "1",
            invalid: #""x""#,
            #": is what the schema excludes: "x" (#S/not)"#
        ),
        // Objects.
        SchemaRow(
            "{required: [a, b]}",
            valid: #"{"a":1,"b":null}"#,
            "[]",
            invalid: #"{"b":1}"#,
            ": the member 'a' is missing (#S/required)"
        ),
        SchemaRow(
            "{properties: {a: {type: string}, 'b/c': {type: integer}}}",
            valid: #"{"a":"x","z":1}"#,
            invalid: #"{"a":1,"b/c":"x"}"#,
            "/a: expected string, found 1 (#S/properties/a/type)",
            #"/b~1c: expected integer, found "x" (#S/properties/b~1c/type)"#
        ),
        SchemaRow(
            "{properties: {a: true}, additionalProperties: false}",
            valid: #"{"a":1}"#,
            "{}",
            invalid: #"{"a":1,"b":2}"#,
            "/b: this member is not declared, and no others are allowed (#S/additionalProperties)"
        ),
        SchemaRow(
            "{properties: {a: true}, additionalProperties: {type: string}}",
            valid: #"{"a":1,"b":"x"}"#,
            invalid: #"{"b":2}"#,
            "/b: expected string, found 2 (#S/additionalProperties/type)"
        ),
        SchemaRow(
            "{minProperties: 1}",
            valid: #"{"a":1}"#,
            invalid: "{}",
            ": expected at least 1 members, found 0 (#S/minProperties)"
        ),
        SchemaRow(
            "{maxProperties: 1}",
            valid: "{}",
            invalid: #"{"a":1,"b":2}"#,
            ": expected at most 1 members, found 2 (#S/maxProperties)"
        ),
        // Arrays.
        SchemaRow(
            "{items: {type: integer}}",
            valid: "[]",
            "[1,2]",
            #"{"0":"x"}"#,
            invalid: #"[1,"x"]"#,
            #"/1: expected integer, found "x" (#S/items/type)"#
        ),
        SchemaRow(
            "{prefixItems: [{type: string}], items: {type: integer}}",
            valid: #"["x",1]"#,
            "[]",
            invalid: #"[1,"x"]"#,
            "/0: expected string, found 1 (#S/prefixItems/0/type)",
            #"/1: expected integer, found "x" (#S/items/type)"#
        ),
        SchemaRow(
            "{minItems: 1}",
            valid: "[1]",
            "1",
            invalid: "[]",
            ": expected at least 1 elements, found 0 (#S/minItems)"
        ),
        SchemaRow(
            "{maxItems: 1}",
            valid: "[1]",
            invalid: "[1,1]",
            ": expected at most 1 elements, found 2 (#S/maxItems)"
        ),
        SchemaRow(
            "{uniqueItems: true}",
            valid: "[1,2]",
            invalid: "[1,1.0]",
            ": has elements that are equal (#S/uniqueItems)"
        ),
        // Strings; a flag is two characters.
        SchemaRow(
            "{minLength: 2}",
            valid: #""ab""#,
            #""🇨🇭""#,
            "1",
            invalid: #""a""#,
            ": expected at least 2 characters, found 1 (#S/minLength)"
        ),
        SchemaRow(
            "{maxLength: 2}",
            valid: #""ab""#,
            invalid: #""abc""#,
            ": expected at most 2 characters, found 3 (#S/maxLength)"
        ),
        SchemaRow(
            #"{pattern: '^\d{2}-[a-z]+$'}"#,
            valid: #""12-ab""#,
            "1",
            invalid: #""12-AB""#,
            #": does not match ^\d{2}-[a-z]+$: "12-AB" (#S/pattern)"#
        ),
        SchemaRow(#"{pattern: 'b'}"#, valid: #""abc""#, invalid: #""ac""#, #": does not match b: "ac" (#S/pattern)"#),
        SchemaRow(#"{pattern: '^\d$'}"#, valid: #""1""#, invalid: #""٣""#, #": does not match ^\d$: "٣" (#S/pattern)"#),
        SchemaRow(
            "{format: date-time}",
            valid: #""2026-08-30T09:15:00.5+02:00""#,
            "1",
            invalid: #""2026-08-30""#,
            #": expected an RFC 3339 time such as 2026-08-30T09:15:00Z, found "2026-08-30" (#S/format)"#
        ),
        SchemaRow(
            "{format: uuid}",
            valid: #""a103d8b6-42f0-4e50-9a3c-bf41e2c3c1a7""#,
            invalid: #""a103d8b642f04e509a3cbf41e2c3c1a7""#,
            #": expected a UUID, found "a103d8b642f04e509a3cbf41e2c3c1a7" (#S/format)"#
        ),
        SchemaRow(
            "{format: uri}",
            valid: #""https://a.example/x?y#z""#,
            #""data:,x""#,
            invalid: #""/x y""#,
            #": expected a URI with a scheme, found "/x y" (#S/format)"#
        ),
        SchemaRow(
            "{format: double, type: number}",
            valid: "1.5",
            invalid: #""x""#,
            #": expected number, found "x" (#S/type)"#
        ),
        // Numbers.
        SchemaRow("{minimum: 1}", valid: "1", #""x""#, invalid: "0.5", ": expected at least 1, found 0.5 (#S/minimum)"),
        SchemaRow("{maximum: 1}", valid: "1", invalid: "1.5", ": expected at most 1, found 1.5 (#S/maximum)"),
        SchemaRow(
            "{exclusiveMinimum: 1}",
            valid: "1.1",
            invalid: "1",
            ": expected more than 1, found 1 (#S/exclusiveMinimum)"
        ),
        SchemaRow(
            "{exclusiveMaximum: 1}",
            valid: "0.9",
            invalid: "1",
            ": expected less than 1, found 1 (#S/exclusiveMaximum)"
        ),
        SchemaRow(
            "{minimum: 0, exclusiveMinimum: true}",
            valid: "0.1",
            invalid: "0",
            ": expected more than 0, found 0 (#S/exclusiveMinimum)"
        ),
        SchemaRow(
            "{maximum: 0, exclusiveMaximum: false}",
            valid: "0",
            invalid: "1",
            ": expected at most 0, found 1 (#S/maximum)"
        ),
        // Combinations.
        SchemaRow(
            "{allOf: [{required: [a]}, {properties: {a: {type: string}}}]}",
            valid: #"{"a":"x"}"#,
            invalid: #"{"a":1}"#,
            "/a: expected string, found 1 (#S/allOf/1/properties/a/type)"
        ),
        SchemaRow(
            "{anyOf: [{type: string}, {type: integer}]}",
            valid: #""x""#,
            "1",
            invalid: "null",
            ": fits none of 2 branches, found null: expected string; expected integer (#S/anyOf)"
        ),
        SchemaRow(
            "{oneOf: [{type: number}, {type: integer}]}",
            valid: "1.5",
            invalid: "1",
            ": fits 2 branches, expected exactly one: #S/oneOf/0 and #S/oneOf/1 (#S/oneOf)"
        ),
    ]

    @Test("A keyword accepts and refuses as the specification says", arguments: rows)
    func keyword(_ row: SchemaRow) throws {
        let fixture = try SchemaFixture(row.schema)
        for value in row.valid { #expect(try fixture.violations(of: value) == [], "\(value)") }
        guard !row.invalid.isEmpty else { return }
        #expect(try fixture.violations(of: row.invalid) == row.violations)
    }

    @Test("The schema false refuses everything, where it stands")
    func never() throws {
        let fixture = try SchemaFixture("{properties: {a: false}}")
        #expect(try fixture.violations(of: #"{"a":1}"#) == ["/a: is not allowed here (#S/properties/a)"])
    }

    // MARK: - Branches

    private static let cats =
        "{type: object, required: [kind, lives], properties: {kind: {const: cat}, lives: {type: integer}}}"
    private static let dogs =
        "{type: object, required: [kind, bark], properties: {kind: {enum: [dog]}, bark: {type: string}}}"

    @Test("Of several branches, the one with the value's tag tells what is wrong")
    func tags() throws {
        let fixture = try SchemaFixture("{oneOf: [\(Self.cats), \(Self.dogs), {type: 'null'}]}")
        #expect(
            try fixture.violations(of: #"{"kind":"dog","bark":1}"#) == [
                "/bark: expected string, found 1 (#S/oneOf/1/properties/bark/type)"
            ]
        )
        #expect(
            try fixture.violations(of: #"{"kind":"cat"}"#) == [": the member 'lives' is missing (#S/oneOf/0/required)"]
        )
    }

    @Test("A discriminator names the branch, through a reference too")
    func discriminator() throws {
        let fixture = try SchemaFixture(
            "{oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: "
                + "{propertyName: kind, mapping: {cat: '#/components/schemas/Cat', doggy: '#/components/schemas/Dog'}}}",
            others: "Cat: \(Self.cats), Dog: \(Self.dogs)"
        )
        #expect(try fixture.violations(of: #"{"kind":"cat","lives":9}"#) == [])
        #expect(
            try fixture.violations(of: #"{"kind":"doggy","bark":""}"#) == [
                #"/kind: expected "dog", found "doggy" (#Dog/properties/kind/enum)"#
            ]
        )
    }

    // MARK: - References

    @Test("A schema that contains itself checks every level")
    func recursion() throws {
        let tree =
            "{type: object, required: [v], properties: {v: {type: integer}, kids: {items: {$ref: '#/components/schemas/S'}}}}"
        let fixture = try SchemaFixture(tree)
        #expect(try fixture.violations(of: #"{"v":1,"kids":[{"v":2,"kids":[{"v":3}]}]}"#) == [])
        #expect(
            try fixture.violations(of: #"{"v":1,"kids":[{"v":2,"kids":[{"v":"x"},{}]}]}"#) == [
                #"/kids/0/kids/0/v: expected integer, found "x" (#S/properties/v/type)"#,
                "/kids/0/kids/1: the member 'v' is missing (#S/required)",
            ]
        )
    }

    @Test("Schemas that refer to each other without end say nothing, and end")
    func loop() throws {
        let fixture = try SchemaFixture(
            "{$ref: '#/components/schemas/T', minimum: 1}",
            others: "T: {allOf: [{$ref: '#/components/schemas/S'}], anyOf: [{$ref: '#/components/schemas/T'}]}"
        )
        #expect(try fixture.violations(of: "1") == [])
        #expect(try fixture.violations(of: "0") == [": expected at least 1, found 0 (#S/minimum)"])
    }

    @Test("A reference may point anywhere, and keywords beside it count")
    func siblings() throws {
        let fixture = try SchemaFixture(
            "{properties: {a: {type: string}, b: {$ref: '#/components/schemas/S/properties/a', minLength: 2}}}"
        )
        #expect(try fixture.violations(of: #"{"b":"xy"}"#) == [])
        #expect(
            try fixture.violations(of: #"{"b":"x"}"#) == [
                "/b: expected at least 2 characters, found 1 (#S/properties/b/minLength)"
            ]
        )
        #expect(try fixture.violations(of: #"{"b":1}"#) == ["/b: expected string, found 1 (#S/properties/a/type)"])
    }

    // MARK: - Reading

    static let mistakes: [(schema: String, message: String)] = [
        (
            "{type: strin}",
            #"1:35: 'type' is "strin"; expected one or several of object, array, string, number, integer, boolean, null"#
        ),
        ("{minLength: -1}", "1:40: 'minLength' is -1; expected a number from 0 on"),
        ("{required: a}", #"1:39: 'required' is "a"; expected an array"#),
        ("{pattern: '('}", #"1:38: 'pattern' is "("; expected a regular expression that can be read"#),
        (
            "{$ref: '#/components/schemas/Nothing'}",
            ##"1:35: '$ref' is "#/components/schemas/Nothing"; expected a reference to something in this document"##
        ),
        (
            "{$ref: other.yaml}",
            #"1:35: '$ref' is "other.yaml"; expected a reference into this document such as '#/components/schemas/Name'"#
        ),
        ("{items: 5}", "1:36: 5; expected a schema: an object, true or false"),
        ("{exclusiveMinimum: true}", "1:47: 'exclusiveMinimum' is true; expected a number, or true beside a bound"),
    ]

    @Test("A schema that cannot be read is told with its place", arguments: mistakes.indices)
    func mistake(row: Int) throws {
        #expect {
            try SchemaFixture(Self.mistakes[row].schema)
        } throws: {
            "\($0)" == "spec.yaml:" + Self.mistakes[row].message
        }
    }

    @Test("Keywords that are not checked are named once, annotations are not")
    func unchecked() throws {
        let fixture = try SchemaFixture(
            "{description: x, x-y: 1, default: 2, multipleOf: 2, items: {multipleOf: 3, contains: true}}"
        )
        let found = fixture.validator.library.uncheckedKeywords
        #expect(found.map(\.keyword) == ["multipleOf", "contains"])
        #expect(found.map(\.pointer.description).first == "/components/schemas/S/multipleOf")
    }
}
