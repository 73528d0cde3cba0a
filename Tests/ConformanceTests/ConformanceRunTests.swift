internal import HTTPTypes
internal import NIOCore
internal import OpenRouterAPI
internal import Synchronization
internal import Tapes
internal import Testing

@testable internal import Conformance

@Suite("Conformance run")
struct ConformanceRunTests {
    /// An API that answers as its table says and remembers what it was asked.
    private final class FakeAPI: Sendable {
        private let answers: [String: Tape]
        private let log = Mutex<[String]>([])

        init(_ answers: [String: Tape]) {
            self.answers = answers
        }

        var requests: [String] { log.withLock { $0 } }

        func answer(_ request: Request) -> Tape {
            let key = request.fields[.authorization] == nil ? " without key" : ""
            log.withLock { log in
                log.append("\(request.method) \(request.target.raw) \(String(buffer: request.body))\(key)")
            }
            if !key.isEmpty { return .json(#"{"error":{"message":"No key"}}"#, status: 401) }
            if request.method == .post, request.body.readableBytes < 12 {
                return .json(#"{"error":{"message":"Bad body"}}"#, status: 400)
            }
            return answers["\(request.method) \(request.target.path)"] ?? .unknownOperation
        }
    }

    private static let good: [String: Tape] = [
        "GET /api/v1/models/count": .json(#"{"data":{"count":3}}"#),
        "POST /api/v1/things": .json(#"{"id":"t-7","name":"lamp"}"#, status: 201),
        "GET /api/v1/things/t-7": .json(#"{"id":"t-7","name":"lamp"}"#),
        "DELETE /api/v1/things/t-7": .make(204, nil),
    ]

    @Test("Every operation is called, with ids out of earlier answers, and deleted last")
    func order() async throws {
        let api = FakeAPI(Self.good)
        var run = ConformanceRun(try SmallSpecification.make()) { api.answer($0) }
        let report = try await run.report()
        #expect(
            api.requests == [
                "GET /api/v1/models/count ", "GET /api/v1/models/count?output_modalities=text ",
                #"POST /api/v1/things {"name":"lamp"}"#, "GET /api/v1/stream ", "GET /api/v1/things/t-7 ",
                "DELETE /api/v1/things/t-7 ",
                // Then what ought to fail, an operation after the other.
                "GET /api/v1/models/count  without key", "POST /api/v1/models/count ", "PUT /api/v1/models/count ",
                "PATCH /api/v1/models/count ", "DELETE /api/v1/models/count ",
                #"POST /api/v1/things {"name":"lamp"} without key"#, #"POST /api/v1/things {"model":"#,
                "POST /api/v1/things {}", "POST /api/v1/things {}", #"POST /api/v1/things {"name":-1}"#,
                #"POST /api/v1/things {"name":1000000000000}"#, #"POST /api/v1/things {"name":0.5}"#,
                #"POST /api/v1/things {"name":true}"#, #"POST /api/v1/things {"name":{}}"#,
                #"POST /api/v1/things {"name":[]}"#, #"POST /api/v1/things {"name":[{}]}"#,
                #"GET /api/v1/things {"name":"lamp"}"#, #"PUT /api/v1/things {"name":"lamp"}"#,
                #"PATCH /api/v1/things {"name":"lamp"}"#, #"DELETE /api/v1/things {"name":"lamp"}"#,
                "GET /api/v1/things/t-7  without key", "GET /api/v1/things/nope ",
                "GET /api/v1/things/00000000-0000-4000-8000-000000000000 ", "GET /api/v1/things/%25 ",
                "GET /api/v1/things/%C3%A9%2F%E2%80%A6 ", "POST /api/v1/things/t-7 ", "PUT /api/v1/things/t-7 ",
                "PATCH /api/v1/things/t-7 ", "DELETE /api/v1/things/t-7  without key", "DELETE /api/v1/things/nope ",
                "DELETE /api/v1/things/00000000-0000-4000-8000-000000000000 ", "DELETE /api/v1/things/%25 ",
                "DELETE /api/v1/things/%C3%A9%2F%E2%80%A6 ", "POST /api/v1/things/t-7 ", "PUT /api/v1/things/t-7 ",
                "PATCH /api/v1/things/t-7 ",
            ]
        )
        #expect(
            report.text == """
                OPERATION            CASE                        STATUS  VERDICT          FIRST PROBLEM
                GET /models/count    minimal                     200     conforms
                GET /models/count    rich                        200     conforms
                GET /models/count    no key                      401     violates         status: 401 is not declared; declared are 200 (#/paths/~1models~1count/get)
                GET /models/count    bad input: 4 of 4 refused   -       conforms
                POST /things         generated                   201     conforms
                POST /things         no key                      401     conforms
                POST /things         broken JSON                 400     conforms
                POST /things         empty object                400     conforms
                POST /things         bad input: 8 of 12 refused  -       conforms
                GET /things/{id}     generated                   200     conforms
                GET /things/{id}     no key                      401     violates         status: 401 is not declared; declared are 200, 404 (#/paths/~1things~1{id}/get)
                GET /things/{id}     bad input: 7 of 7 refused   -       conforms
                DELETE /things/{id}  generated                   204     conforms
                DELETE /things/{id}  no key                      401     violates         status: 401 is not declared; declared are 204 (#/paths/~1things~1{id}/delete)
                DELETE /things/{id}  bad input: 7 of 7 refused   -       conforms
                GET /stream          generated                   404     not implemented

                5 operations, 16 cases: 12 conforms, 3 violates, 1 not implemented
                """
        )
        #expect(report.hasFindings)
        #expect(
            report.notes == [
                "not checked: the keyword 'multipleOf', first at #/components/schemas/Count/properties/count/multipleOf"
            ]
        )
    }

    @Test("Only the chosen operations are judged, though others are called for their ids")
    func selection() async throws {
        let api = FakeAPI(Self.good)
        var run = ConformanceRun(try SmallSpecification.make()) { api.answer($0) }
        let pattern = OperationPattern("get /things/*")
        let report = try await run.report { pattern.matches($0) }
        #expect(report.cases.map(\.name) == ["generated", "no key", "bad input: 7 of 7 refused"])
        #expect(report.cases.first?.target == "/api/v1/things/t-7")
        #expect(report.operationCount == 1)
    }

    @Test("A refusal that the document allows is a finding, an unknown operation another")
    func refusal() async throws {
        let api = FakeAPI([
            "POST /api/v1/things": .json(#"{"error":{"message":"No more things"}}"#, status: 409),
            "GET /api/v1/things/t-0": .json(#"{"error":{"message":"Thing not found"}}"#, status: 404),
        ])
        var run = ConformanceRun(try SmallSpecification.make()) { api.answer($0) }
        let report = try await run.report { $0.path.hasPrefix("/things") }
        let found = report.cases.filter { $0.name == "generated" }
        #expect(found.map(\.verdict) == [.refused, .refused, .notImplemented])
        #expect(found.first?.problems.map(\.description) == ["status: expected a success, found No more things"])
        // Nothing was made, so the example of the parameter is asked for.
        #expect(found.map(\.target) == ["/api/v1/things", "/api/v1/things/t-0", "/api/v1/things/example"])
    }

    @Test("A request of ours that the document does not allow is no judgment of the answer")
    func badSample() async throws {
        let text = SmallSpecification.text.replacing("name: output_modalities", with: "name: modalities")
        let api = FakeAPI(Self.good)
        var run = ConformanceRun(try SmallSpecification.make(text)) { api.answer($0) }
        let report = try await run.report { $0.path == "/models/count" }
        let rich = try #require(report.cases.first { $0.name == "rich" })
        #expect(rich.verdict == .badSample)
        #expect(
            rich.problems.map(\.description) == [
                "parameter output_modalities: is not declared (#/paths/~1models~1count/get)"
            ]
        )
    }

    @Test("The report as JSON holds every problem with its pointers")
    func json() async throws {
        let api = FakeAPI(["GET /api/v1/models/count": .json(#"{"data":{"count":"3"}}"#)])
        var run = ConformanceRun(try SmallSpecification.make()) { api.answer($0) }
        let report = try await run.report { $0.identifier == "countModels" }
        let json = try JSONDocument(parsing: report.json.serialized()).root
        #expect(json["document"]?.string == "Small API 1")
        #expect(json["counts"]?["violates"]?.int == 3)
        let problem = json["cases"]?[0]?["problems"]?[0]
        #expect(problem?["in"]?.string == "body")
        #expect(problem?["pointer"]?.string == "/data/count")
        #expect(problem?["schema"]?.string == "#/components/schemas/Count/properties/count/type")
        #expect(problem?["message"]?.string == #"expected integer, found "3""#)
        #expect(json["cases"]?[0]?["status"]?.int == 200)
        #expect(json["not_checked"]?[0]?["keyword"]?.string == "multipleOf")
    }

    @Test(
        "Operations are chosen by name, path or id",
        arguments: [
            ("POST /things", true), ("post /THINGS", true), ("/things", true), ("makeThing", true), ("*", true),
            ("/th*", true), ("*ings", true), ("/t?ings", true), ("/thing", false), ("GET *", false), ("", false),
            ("**g*s", true), ("/things/*", false),
        ]
    )
    func pattern(text: String, matches: Bool) throws {
        let operation = try #require(try SmallSpecification.make().operation(named: "POST /things"))
        #expect(OperationPattern(text).matches(operation) == matches)
    }
}
