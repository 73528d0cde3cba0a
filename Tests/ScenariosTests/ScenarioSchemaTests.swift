internal import Conformance
internal import OpenRouterAPI
internal import Testing
internal import YAMLDocuments

@testable internal import Scenarios

@Suite("JSON Schema of scenarios")
struct ScenarioSchemaTests {
    private static func violations(of yaml: [UInt8]) throws -> [SchemaViolation] {
        let schema = try YAMLDocument(parsing: ScenarioSchema.json.serialized(), file: "schema.json")
        var library = SchemaLibrary(of: schema)
        let root = try library.schema(at: JSONPointer())
        let document = try YAMLDocument(parsing: yaml, file: "scenario.yaml")
        return SchemaValidator(library).violations(of: document.json.root, by: root)
    }

    @Test("Each built-in scenario is valid", arguments: BuiltInScenarios.files.map(\.name))
    func builtIn(name: String) throws {
        let bytes = try #require(BuiltInScenarios.files.first { $0.name == name }).bytes
        #expect(try Self.violations(of: bytes).map(\.description) == [])
    }

    @Test("The example of the contract is valid")
    func contract() throws {
        #expect(try Self.violations(of: Array(ScenarioReadingTests.example.utf8)).map(\.description) == [])
    }

    /// What a single key or value shows; the reader also looks at what several of them mean together.
    @Test("Wrong files are not", arguments: WrongFileTests.rows.filter { !beyondSchemas.contains($0.name) })
    func wrong(row: WrongFileTests.Row) throws {
        #expect(try !Self.violations(of: Array(row.file.utf8)).isEmpty)
    }

    private static let beyondSchemas: Set = [
        // No JSON at all.
        "no-yaml", "key-twice",
        // Keys that exclude each other, or the order of steps.
        "absent-and-exact", "bodies-together", "pause-at-the-end", "rule-without-effect", "state-twice",
        "step-after-cut", "words-after-error", "words-after-finish", "two-responses-in-one", "then-without-respond",
        // Texts and numbers that only a reader can judge.
        "bad-calls", "bad-chance", "bad-regex", "fractional-retry-after", "long-jitter", "misspelled-position",
        "parts-larger-than-whole", "unknown-state", "unknown-variable", "variable-in-arguments",
        // Names of keys, which the validator does not check.
        "bad-header-name", "bad-pointer",
    ]

    @Test("The reader's words are the schema's")
    func words() throws {
        let schema = try JSONDocument(parsing: ScenarioSchema.json.serialized()).root
        let step = try #require(schema.at(JSONPointer("/$defs/step/properties")))
        #expect(step.members.map(\.key) == ScenarioLanguage.step.fields.map(\.name))
        #expect(schema["$schema"]?.string == "https://json-schema.org/draft/2020-12/schema")
    }
}
