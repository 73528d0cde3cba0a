internal import Foundation
internal import OpenRouterAPI
internal import TestSupport
internal import Testing

@Suite("Command conformance")
struct ConformanceCommandTests {
    private static func run(_ text: String, _ arguments: String..., key: String = "") throws -> SimulatorProcess.Outcome
    {
        let folder = try TemporaryFolder()
        let path = folder.path("small.yaml")
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return try SimulatorProcess.run(
            ["conformance", "--spec", path] + arguments,
            environment: ["OPENROUTER_API_KEY": key]
        )
    }

    @Test("exits with 0 and a table when everything conforms")
    func conforms() throws {
        let outcome = try Self.run(SmallSpecification.text, "--operation", "countModels")
        #expect(
            outcome.output == """
                OPERATION          CASE                       STATUS  VERDICT   FIRST PROBLEM
                GET /models/count  minimal                    200     conforms
                GET /models/count  rich                       200     conforms
                GET /models/count  no key                     200     conforms
                GET /models/count  bad input: 4 of 4 refused  -       conforms

                1 operations, 4 cases: 4 conforms

                """
        )
        #expect(outcome.errors.hasPrefix("not checked: the keyword 'multipleOf'"))
        #expect(outcome.status == 0)
    }

    @Test("exits with 1 when there are findings, as JSON too")
    func findings() throws {
        let outcome = try Self.run(SmallSpecification.text, "--json")
        #expect(outcome.status == 1)
        #expect(outcome.errors.isEmpty)
        let json = try JSONDocument(parsing: outcome.output.utf8).root
        #expect(json["counts"]?["not implemented"]?.int == 4)
        #expect(json["operations"]?.int == 5)
    }

    @Test("exits with 2 and the place when the document cannot be read")
    func unreadable() throws {
        let outcome = try Self.run("openapi: 3.1.0\npaths:\n  /a:\n\tget: {}\n")
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("small.yaml:4:1: found "), "\(outcome.errors)")
        let missing = try SimulatorProcess.run(["conformance", "--spec", "/nowhere/spec.yaml"])
        #expect(missing.status == 2)
        #expect(
            missing.errors.contains("/nowhere/spec.yaml: cannot be read. Expected a file with an OpenAPI document.")
        )
    }

    @Test("exits with 2 when used wrongly, and says what is near")
    func wrongUse() throws {
        let unknown = try Self.run(SmallSpecification.text, "--operation", "POST /thing")
        #expect(unknown.status == 2)
        #expect(unknown.errors.contains("matches 'POST /thing'. Did you mean 'POST /things'?"), "\(unknown.errors)")
        let keyless = try Self.run(SmallSpecification.text, "--against", "http://127.0.0.1:1/api/v1")
        #expect(keyless.status == 2)
        #expect(keyless.errors.contains("Missing the variable OPENROUTER_API_KEY"))
        let unspent = try Self.run(SmallSpecification.text, "--spend")
        #expect(unspent.status == 2)
        #expect(unspent.errors.contains("Missing '--against'"))
        let unreachable = try Self.run(SmallSpecification.text, "--against", "http://127.0.0.1:1/api/v1", key: "k")
        #expect(unreachable.status == 2)
        #expect(unreachable.errors.contains("upstream http://127.0.0.1:1/api/v1 refused the connection"))
    }

    @Test("compares a live API, here the simulator itself, which does not drift from itself")
    func against() throws {
        let server = try SimulatorProcess(["serve"])
        defer { server.stop() }
        let outcome = try Self.run(
            SmallSpecification.text,
            "--against",
            server.baseURL,
            "--operation",
            "countModels",
            key: "sk-or-v1-test"
        )
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("2 conforms"))
    }

    @Test("has help with examples")
    func help() throws {
        let outcome = try SimulatorProcess.run(["conformance", "--help"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("openrouter-sim conformance --spec openapi.yaml"))
    }
}
