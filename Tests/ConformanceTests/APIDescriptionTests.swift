import HTTPTypes
import OpenRouterAPI
import Testing
import YAMLDocuments

@testable import Conformance
@testable import Simulation

/// The simulator's own OpenAPI document, read by the reader that reads the official one.
@Suite("Description of the API")
struct APIDescriptionTests {
    private static func document() throws -> OpenAPIDocument {
        try OpenAPIDocument(parsing: APIDescription.json(version: "1.2.3").serialized(), file: "openapi.json")
    }

    private static let operations = OperationTable.all + OperationTable.besideV1

    /// `/keys/{hash}` of `/keys/:hash`.
    private static func path(of pattern: String) -> String {
        pattern.split(separator: "/").map { "/" + ($0.first == ":" ? "{\($0.dropFirst())}" : $0) }.joined()
    }

    @Test("Every operation is in it, under every path, with ids that no other has")
    func operations() throws {
        let document = try Self.document()
        #expect(document.title == "openrouter-sim 1.2.3")
        let expected = Self.operations.flatMap { operation in
            operation.paths.map { "\(operation.method.rawValue) \(Self.path(of: $0))" }
        }
        #expect(document.operations.map(\.name).sorted() == expected.sorted())
        let ids = document.operations.compactMap(\.identifier)
        #expect(ids.count == document.operations.count)
        #expect(Set(ids).count == ids.count)
        #expect(Set(Self.operations.map(\.id)).isSubset(of: ids))
    }

    @Test("Every segment that varies is a parameter, and every parameter has a schema")
    func parameters() throws {
        for operation in try Self.document().operations {
            let varying = operation.path.split(separator: "/").filter { $0.first == "{" }.map {
                $0.dropFirst().dropLast()
            }
            let declared = operation.parameters.filter { $0.location == .path }
            #expect(declared.map { $0.name[...] } == varying, "\(operation.name)")
            let optional = declared.filter { !$0.isRequired }
            #expect(optional.isEmpty)
            let shapeless = operation.parameters.filter { $0.schema == nil }
            #expect(shapeless.isEmpty, "\(operation.name)")
        }
    }

    @Test("Access is told as security")
    func security() throws {
        let root = try JSONDocument(parsing: APIDescription.json(version: "1").serialized()).root
        let paths = try #require(root["paths"])
        #expect(paths["/models"]?["get"]?["security"]?.source == "[]")
        #expect(paths["/credits"]?["get"]?["security"]?.source == #"[{"bearer":[]}]"#)
        #expect(paths["/messages"]?["post"]?["security"]?.source == #"[{"bearer":[]},{"anthropicKey":[]}]"#)
        let error = paths["/messages"]?["post"]?["responses"]?["default"]?["content"]?["application/json"]?["schema"]
        #expect(error?.source == ##"{"$ref":"#/components/schemas/AnthropicError"}"##)
        #expect(paths["/auth"]?["servers"]?.source == #"[{"url":"/"}]"#)
        #expect(paths["/auth/key"]?["get"]?["deprecated"]?.bool == true)
    }

    @Test("Every operation that takes a body says which")
    func bodies() throws {
        let withoutBody = try Self.document().operations.filter { operation in
            ["POST", "PUT", "PATCH"].contains(operation.method.rawValue) && operation.requestBodies.isEmpty
        }
        // One is gone, the other is a page's form.
        #expect(withoutBody.map(\.name) == ["POST /credits/coinbase", "POST /auth"])
    }

    @Test("The sample requests are what the document says")
    func samples() throws {
        let document = try Self.document()
        let validator = SchemaValidator(document.schemas)
        let byShape = Dictionary(grouping: document.operations) { operation in
            operation.method.rawValue + operation.path.replacing(#/\{[^}]*\}/#, with: "{}")
        }
        var checked: Set<String> = []
        for sample in SampleRequests.all {
            guard case .json(let body) = sample.body else { continue }
            let shape = sample.operation.replacing(" ", with: "").replacing(#/\{[^}]*\}/#, with: "{}")
            let operation = try #require(byShape[shape]?.first, "\(sample.operation)")
            let media = try #require(operation.requestBodies.first { $0.includes("application/json") })
            let schema = try #require(media.schema)
            let value = try JSONDocument(parsing: body.serialized()).root
            // What is captured from earlier answers is not there yet.
            guard !body.text.contains("{{") else { continue }
            let violations = validator.violations(of: value, by: schema)
            #expect(violations.isEmpty, "\(sample.operation) \(sample.name): \(violations)")
            checked.insert(sample.operation)
        }
        #expect(checked.count >= 20)
    }

    @Test(
        "Bodies that the server refuses are refused by the document",
        arguments: [
            ("POST /chat/completions", "{}"), ("POST /chat/completions", #"{"messages":[]}"#),
            ("POST /chat/completions", #"{"messages":[{"role":"user"}],"temperature":3}"#),
            ("POST /messages", #"{"messages":[{"role":"user","content":"Hi"}]}"#),
            ("POST /embeddings", #"{"model":"m"}"#), ("POST /rerank", #"{"model":"m","query":"q","documents":[]}"#),
            ("POST /keys", #"{"name":1}"#), ("POST /generation/feedback", #"{"generation_id":"g","category":"x"}"#),
        ]
    )
    func refused(name: String, body: String) throws {
        let document = try Self.document()
        let schema = try #require(document.operation(named: name)?.requestBodies.first?.schema)
        let value = try JSONDocument(parsing: body.utf8).root
        #expect(!SchemaValidator(document.schemas).isValid(value, by: schema))
    }
}

extension JSONValue {
    /// As it was written.
    fileprivate var source: String { String(decoding: raw, as: UTF8.self) }
}
