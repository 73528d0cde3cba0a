internal import OpenRouterAPI
internal import Simulation
internal import Tapes
internal import Testing

@Suite("Schema instances")
struct SchemaInstanceTests {
    static let prompts = ["", "What is the weather in Paris today?", "東京の天気はどうですか", "\u{0}\u{202E}"]

    private static func instance(of schema: String, prompt: String = "", seed: UInt64) throws -> SchemaInstance {
        var generator = SeededGenerator(seed: seed)
        return SchemaInstance(of: try JSONDocument(parsing: schema.utf8).root, prompt: prompt, using: &generator)
    }

    @Test("An instance is valid, the same for the same seed, and without problems", arguments: SchemaTable.rows)
    func validity(row: SchemaRow) throws {
        let schema = try JSONDocument(parsing: row.schema.utf8).root
        for prompt in Self.prompts {
            for seed in 0..<50 as Range<UInt64> {
                let instance = try Self.instance(of: row.schema, prompt: prompt, seed: seed)
                let bytes = instance.value.serialized()
                let errors = SchemaValidator(root: schema)
                    .errors(in: try JSONDocument(parsing: bytes).root, schema: schema)
                #expect(errors == [], "seed \(seed): \(instance.value)")
                #expect(instance.problems == [], "seed \(seed): \(instance.value)")
                #expect(bytes.count < 30_000)
                #expect(try Self.instance(of: row.schema, prompt: prompt, seed: seed).value.serialized() == bytes)
            }
        }
    }

    @Test("Without a schema the instance is an empty object")
    func noSchema() throws {
        var generator = SeededGenerator(seed: 1)
        #expect(SchemaInstance(of: nil, using: &generator).value == [:])
        #expect(try Self.instance(of: "{}", seed: 1).value == [:])
        #expect(try Self.instance(of: "true", seed: 1).value == [:])
        #expect(try Self.instance(of: "[]", seed: 1).problems == [])
    }

    @Test("All properties are there, in the order of the schema, required or not")
    func order() throws {
        let schema =
            #"{"type":"object","properties":{"z":{"type":"null"},"a":{"type":"null"},"m":{"type":"null"}},"required":["m"]}"#
        #expect(try Self.instance(of: schema, seed: 1).value.description == #"{"z":null,"a":null,"m":null}"#)
    }

    @Test("Values fit the names of their properties and use the prompt")
    func plausibility() throws {
        let schema = #"""
            {"type":"object","properties":{"location":{"type":"string"},"city":{"type":"string"},
             "userEmail":{"type":"string"},"home_url":{"type":"string"},"age":{"type":"integer"},
             "confidence":{"type":"number"},"query":{"type":"string"},"createdAt":{"type":"string"}}}
            """#
        for seed in 0..<30 as Range<UInt64> {
            let instance = try Self.instance(of: schema, prompt: "Find a good museum in New York, please", seed: seed)
            let value = try JSONDocument(parsing: instance.value.serialized()).root
            #expect(value["location"]?.string == "New York")
            #expect(value["city"]?.string == "New York")
            #expect(value["userEmail"]?.string?.hasSuffix("@example.com") == true)
            #expect(value["home_url"]?.string?.hasPrefix("https://www.example.com/") == true)
            #expect((18...80).contains(value["age"]?.int ?? 0))
            #expect((0...1).contains(value["confidence"]?.double ?? -1))
            #expect(value["query"]?.string?.isEmpty == false)
            #expect(
                value["createdAt"]?.string.map { SchemaValidator.matches($0, #"^\d{4}-\d\d-\d\dT\d\d:\d\d:00Z$"#) }
                    == true
            )
        }
    }

    @Test("Examples and defaults come first")
    func examples() throws {
        #expect(try Self.instance(of: #"{"type":"string","examples":["a","b"],"default":"c"}"#, seed: 1).value == "a")
        #expect(try Self.instance(of: #"{"type":"string","default":"c"}"#, seed: 1).value == "c")
        #expect(try Self.instance(of: #"{"type":"integer","example":1e1}"#, seed: 1).value.description == "1e1")
    }

    @Test("Different seeds give different instances")
    func variety() throws {
        let row = try #require(SchemaTable.rows.first { $0.testDescription == "pydantic model" })
        let values = try (0..<50 as Range<UInt64>).map { try Self.instance(of: row.schema, seed: $0).value.description }
        #expect(Set(values).count == 50)
    }

    @Test(
        "What cannot be honored is reported with its place",
        arguments: [
            (
                #"{"type":"string","pattern":"(?=a)b"}"#,
                "the root: the pattern '(?=a)b' is not supported; any string was used"
            ),
            (
                #"{"type":"object","properties":{"a":{"$ref":"other.json"}}}"#,
                "/a: the reference 'other.json' leads nowhere and was ignored"
            ),
            (
                #"{"type":"array","items":{"type":"integer","minimum":3,"maximum":2},"minItems":1,"maxItems":1}"#,
                "/0: no valid value was found, since no integer is within the bounds"
            ),
            (#"{"not":{"type":"string"}}"#, "the root: the keyword 'not' is not supported and was ignored"),
            (
                #"{"type":"array","items":{"const":1},"minItems":2,"uniqueItems":true}"#,
                "the root: no valid value was found, since 'minItems' asks for more items than could be found"
            ),
            (
                #"{"allOf":[{"type":"string"},{"type":"integer"}]}"#,
                "the root: no valid value was found, since the types contradict each other"
            ),
            ("false", "the root: no valid value was found, since the schema is 'false'"),
            (
                #"{"type":"string","minLength":3,"maxLength":2}"#,
                "the root: no valid value was found, since 'maxLength' is smaller than 'minLength'"
            ),
        ]
    )
    func problems(schema: String, description: String) throws {
        #expect(try Self.instance(of: schema, seed: 1).problems.map(\.description) == [description])
    }

    @Test(
        "Schemas without a finite instance end nevertheless",
        .timeLimit(.minutes(1)),
        arguments: [
            ##"{"$ref":"#"}"##,
            ##"{"allOf":[{"$ref":"#"}]}"##,
            ##"{"anyOf":[{"$ref":"#"}]}"##,
            ##"{"type":"object","properties":{"a":{"$ref":"#"},"b":{"$ref":"#"}},"required":["a","b"]}"##,
            ##"{"type":"array","items":{"$ref":"#"},"minItems":9}"##,
            ##"{"type":"array","items":{"type":"array","items":{"type":"array","minItems":999},"minItems":999},"minItems":999}"##,
            ##"{"type":"array","minItems":1000000000000}"##,
            ##"{"type":"string","minLength":1000000000000}"##,
            ##"{"type":"string","pattern":"((((a{99999}){99999}){99999}){99999})"}"##,
            ##"{"type":"string","pattern":"(((()*)*)*){99999999}","minLength":99999}"##,
            ##"{"type":"string","pattern":"^(a*)*$","minLength":100000}"##,
            ##"{"type":"string","pattern":"^((((a|b){0,9}){0,9}){0,9}){0,9}$","minLength":9000}"##,
            ##"{"type":"object","minProperties":1000000000000,"additionalProperties":false}"##,
            ##"{"type":"object","minProperties":1000000000000,"patternProperties":{"^a$":true}}"##,
        ]
    )
    func endless(schema: String) throws {
        let instance = try Self.instance(of: schema, seed: 1)
        #expect(instance.value.serialized().count < 4_000_000)
    }
}
