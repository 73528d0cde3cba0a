internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import Testing
internal import YAMLDocuments

@testable internal import Conformance

@Suite("Sample requests")
struct SampleRequestTests {
    private static func operation(_ method: HTTPRequest.Method, _ path: String) -> OpenAPIOperation {
        OpenAPIOperation(method: method, path: path, pointer: JSONPointer())
    }

    @Test("Path, query and body are filled with what earlier answers said")
    func filling() throws {
        let sample = SampleRequest(
            operation: "POST /a/{id}",
            name: "minimal",
            path: ["id": "{{thing}}"],
            query: [("q", "{{thing}} & {{other}}")],
            body: .json(["list": [["{{thing}}": "x{{thing}}"]]])
        )
        let request = sample.filled(with: ["thing": "é/1"]).request(of: Self.operation(.post, "/a/{id}"), key: "k")
        #expect(request.target.raw == "/api/v1/a/%C3%A9%2F1?q=%C3%A9%2F1%20%26%20%7B%7Bother%7D%7D")
        #expect(String(buffer: request.body) == #"{"list":[{"{{thing}}":"xé/1"}]}"#)
        #expect(request.fields[.authorization] == "Bearer k")
        #expect(request.fields[.contentType] == "application/json")
        #expect(request.fields[.contentLength] == "32")
    }

    @Test("A form is sent as multipart/form-data")
    func form() {
        let sample = SampleRequest(
            operation: "POST /files",
            name: "minimal",
            body: .form([
                SampleRequest.FormPart("model", "m"),
                SampleRequest.FormPart("file", "data", file: ("a.txt", "text/plain")),
            ])
        )
        let request = sample.request(of: Self.operation(.post, "/files"), key: nil)
        #expect(request.fields[.authorization] == nil)
        #expect(request.fields[.contentType] == "multipart/form-data; boundary=openrouter-sim-conformance")
        #expect(
            String(buffer: request.body).replacing("\r\n", with: "\n") == """
                --openrouter-sim-conformance
                Content-Disposition: form-data; name="model"

                m
                --openrouter-sim-conformance
                Content-Disposition: form-data; name="file"; filename="a.txt"
                Content-Type: text/plain

                data
                --openrouter-sim-conformance--

                """
        )
    }

    @Test("A streamed sample asks for a stream and captures nothing")
    func streamed() {
        let sample = SampleRequest("POST /a", "minimal", json: ["a": 1], captures: ["x": JSONPointer()]).streamed
        #expect(sample.name == "minimal streamed")
        #expect(sample.isStreamed)
        #expect(sample.captures.isEmpty)
        let request = sample.request(of: Self.operation(.post, "/a"), key: nil)
        #expect(String(buffer: request.body) == #"{"a":1,"stream":true}"#)
        #expect(request.fields[.accept] == "text/event-stream")
    }

    /// A schema, and the value made of it.
    static let schemas: [(schema: String, value: String)] = [
        ("{type: string}", #""example""#),
        ("{type: string, minLength: 12}", #""exampleeeeeeeeeeeee""#),
        ("{type: string, maxLength: 3}", #""exa""#),
        ("{type: string, format: uuid}", #""a103d8b6-42f0-4e50-9a3c-bf41e2c3c1a7""#),
        ("{type: string, format: date-time}", #""2026-08-30T09:15:00Z""#),
        ("{type: string, format: uri}", #""https://example.com/""#),
        ("{type: string, enum: [b, a]}", #""b""#),
        ("{const: 5}", "5"),
        ("{type: integer}", "1"),
        ("{type: integer, minimum: 7}", "7"),
        ("{type: number, maximum: 0.5}", "0.5"),
        ("{type: [integer, 'null'], minimum: 3}", "3"),
        ("{type: boolean}", "true"),
        ("{type: 'null'}", "null"),
        ("{type: string, example: x}", #""x""#),
        ("{type: string, default: y}", #""y""#),
        // An example that is not valid is not used.
        ("{type: string, example: 5}", #""example""#),
        ("{type: array, items: {type: integer}}", "[]"),
        ("{type: array, minItems: 2, items: {type: integer}}", "[1,1]"),
        (
            "{type: object, required: [a], properties: {a: {type: object, required: [b], properties: {b: true}}, c: {}}}",
            #"{"a":{"b":{}}}"#
        ),
        ("{oneOf: [{type: integer}, {type: string}]}", "1"),
        (
            "{allOf: [{type: object, required: [a], properties: {a: {const: 1}}}, "
                + "{type: object, required: [b], properties: {b: {const: 2}}}]}",
            #"{"a":1,"b":2}"#
        ),
        ("{$ref: '#/components/schemas/T'}", #"{"t":true}"#),
    ]

    @Test("A value is made of a schema, and is valid", arguments: schemas.indices)
    func generated(row: Int) throws {
        let (schema, expected) = Self.schemas[row]
        let text = SmallSpecification.text
            .replacing(
                "Count: {",
                with:
                    "S: \(schema)\n    T: {type: object, required: [t], properties: {t: {type: boolean}}}\n    Count: {"
            )
            .replacing("data: {$ref: '#/components/schemas/Count'}", with: "data: {$ref: '#/components/schemas/S'}")
        let specification = try SmallSpecification.make(text)
        var library = specification.schemas
        let id = try library.schema(at: try JSONPointer("/components/schemas/S"))
        let value = SampleGenerator(specification: specification).value(of: id)
        #expect(value.description == expected)
        #expect(SchemaValidator(library).isValid(try #require(value.parsed), by: id))
    }

    @Test("A schema that requires itself is cut off")
    func endless() throws {
        let text = SmallSpecification.text.replacing(
            "schema: {type: object, required: [name], properties: {name: {type: string, example: lamp}}}",
            with: "schema: {$ref: '#/components/schemas/Loop'}"
        ).replacing(
            "    Count: {",
            with:
                "    Loop: {type: object, required: [l], properties: {l: {$ref: '#/components/schemas/Loop'}}}\n    Count: {"
        )
        let specification = try SmallSpecification.make(text)
        let operation = try #require(specification.operation(named: "POST /things"))
        let sample = SampleGenerator(specification: specification).request(for: operation, AnswerMemory())
        guard case .json(let json) = sample.body else { throw Unexpected() }
        #expect(json.description.contains(#"{"l":null}"#))
    }

    /// An answer to an operation on `/things`, and what is known of `/things/{thing_id}` then.
    static let answers: [(operation: String, body: String, value: String?)] = [
        ("POST /things", #"{"thing_id":"a","id":"b"}"#, "a"),
        ("POST /things", #"{"data":{"id":"b"},"id":"c"}"#, "b"),
        ("POST /things", #"{"data":{"x":1},"hash":"d"}"#, "d"),
        ("GET /things", #"{"data":[{"slug":"e"},{"slug":"f"}]}"#, "e"),
        ("GET /things", #"{"data":[{"id":7}]}"#, "7"),
        ("GET /things", #"{"data":[]}"#, nil),
        ("GET /others", #"{"id":"a"}"#, nil),
    ]

    @Test("An id comes from what was created or listed", arguments: answers.indices)
    func memory(row: Int) throws {
        let (operation, body, value) = Self.answers[row]
        var memory = AnswerMemory()
        let json = try JSONDocument(parsing: body.utf8).root
        memory.note(json, of: SampleRequest(operation: operation, name: "minimal"))
        #expect(memory.value(of: "thing_id", in: "/things/{thing_id}/parts/{part}") == value)
    }

    private struct Unexpected: Error {}
}
