internal import OpenRouterAPI
internal import Testing
internal import YAMLDocuments

@testable internal import Conformance

@Suite("OpenAPI document")
struct OpenAPIDocumentTests {
    @Test("Operations are read in the order of the document, references followed")
    func operations() throws {
        let document = try SmallSpecification.make()
        #expect(document.title == "Small API 1")
        #expect(
            document.operations.map(\.name) == [
                "GET /models/count", "POST /things", "GET /things/{id}", "DELETE /things/{id}", "GET /stream",
            ]
        )
        let count = try #require(document.operation(named: "GET /models/count"))
        #expect(count.identifier == "countModels")
        #expect(count.parameters.map(\.name) == ["output_modalities"])
        #expect(count.parameters.first?.location == .query)
        #expect(count.parameters.first?.isRequired == false)
        let thing = try #require(document.operation(named: "GET /things/{id}"))
        #expect(thing.parameters.first?.example?.string == "t-0")
        #expect(thing.bodies(forStatus: 200)?.map(\.type) == ["application/json"])
        #expect(thing.bodies(forStatus: 500) == nil)
        let deletion = try #require(document.operation(named: "DELETE /things/{id}"))
        #expect(deletion.bodies(forStatus: 204)?.isEmpty == true)
        let creation = try #require(document.operation(named: "POST /things"))
        #expect(creation.bodies(forStatus: 418)?.first?.type == "application/json")
        #expect(creation.requestBodies.map(\.type) == ["application/json"])
    }

    @Test("Media types of a range include those in it")
    func media() throws {
        let stream = try #require(try SmallSpecification.make().operation(named: "GET /stream"))
        let bodies = try #require(stream.bodies(forStatus: 200))
        #expect(bodies.map(\.sentinel) == ["[DONE]", nil])
        #expect(bodies.first { $0.includes("audio/mpeg") }?.type == "audio/*")
        #expect(bodies.first { $0.includes("video/mp4") } == nil)
    }

    static let mistakes: [(text: String, message: String)] = [
        (
            "swagger: '2.0'\n",
            "small.yaml:1:1: 'openapi' is missing; expected a document of OpenAPI 3.1 with \"openapi: 3.1.0\""
        ),
        ("openapi: 3.1.0\ninfo: {}\n", "small.yaml:1:1: 'paths' is missing; expected an object of paths"),
        (
            "openapi: 3.1.0\npaths: {}\n",
            "small.yaml:2:8: no operation is declared here; expected paths such as '/models'"
        ),
        (
            "openapi: 3.1.0\npaths:\n  /a:\n    get: {}\n",
            "small.yaml:4:10: 'responses' is missing; expected an object of statuses"
        ),
        (
            "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      parameters: [{name: x, in: body}]\n      responses: {}\n",
            "small.yaml:5:34: 'in' is \"body\"; expected path, query, header or cookie"
        ),
        (
            "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses: {'200': {$ref: '#/x'}}\n",
            "small.yaml:5:33: '$ref' is \"#/x\"; expected a reference to something in this document"
        ),
        (
            "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses:\n        '200':\n          content:\n"
                + "            application/json:\n              schema: {type: text}\n",
            "small.yaml:9:30: 'type' is \"text\"; expected one or several of object, array, string, number, integer, "
                + "boolean, null"
        ),
    ]

    @Test("What cannot be read is told with its place", arguments: mistakes.indices)
    func mistake(row: Int) {
        #expect {
            try SmallSpecification.make(Self.mistakes[row].text)
        } throws: {
            "\($0)" == Self.mistakes[row].message
        }
    }
}
