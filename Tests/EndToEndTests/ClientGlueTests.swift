import Foundation
import TestSupport
import Testing

/// What is in Clients and deploy, each tested by what it is made for, against the binary that was built.
@Suite("Glue for tests in other languages, and for deployment")
struct ClientGlueTests {
    static let binary = SimulatorProcess.binary.path

    /// Optional, unlike all else that the tests need: `scripts/bootstrap --test` installs it where it can be.
    static let hasNGINX =
        ((ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init) + ["/usr/sbin"])
        .contains { FileManager.default.isExecutableFile(atPath: $0 + "/nginx") }

    static func path(_ relative: String) -> String {
        SimulatorProcess.packageFolder.appendingPathComponent(relative).path
    }

    /// Runs a program of the PATH to its end, and expects that it succeeds.
    static func expectSuccess(
        _ command: String,
        _ arguments: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let outcome = try SimulatorProcess.run(
            "/usr/bin/env",
            [command] + arguments,
            environment: ["OPENROUTER_SIM_BINARY": binary, "PYTHONDONTWRITEBYTECODE": "1"]
        )
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)", sourceLocation: sourceLocation)
    }

    @Test("the pytest plugin's own tests pass in two workers")
    func pytest() throws {
        try Self.expectSuccess(
            Self.path(".venv/bin/python"),
            ["-m", "pytest", "-q", "-n", "2", "-p", "no:cacheprovider", Self.path("Clients/python/tests")]
        )
    }

    @Test("the JavaScript module's own tests pass")
    func javaScript() throws {
        let folder = Self.path("Clients/javascript/test")
        // Named one by one: what Node makes of a folder differs from version to version.
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".test.js") }
        #expect(files.count == 4, "\(files)")
        try Self.expectSuccess("node", ["--test"] + files.sorted().map { "\(folder)/\($0)" })
    }

    @Test("the GitHub Action's script starts a server as told, and says what is wrong")
    func gitHubAction() throws {
        try Self.expectSuccess("bash", [Self.path("Clients/github-action/test.sh"), Self.binary])
    }

    @Test("image, compose, Kubernetes and the action agree with the program and with each other")
    func deployFiles() throws {
        let server = try SimulatorProcess(["serve"])
        defer { server.stop() }
        let outcome = try PythonClient("deploy_files", in: .recorders).run([Self.binary], baseURL: server.baseURL)
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test(
        "100 worlds on two replicas behind nginx: no cross-talk, and a killed replica is replaced",
        .enabled(if: hasNGINX, "nginx is not installed, and scripts/bootstrap --test could not install it")
    )
    func twoReplicas() throws {
        try Self.expectSuccess(
            Self.path(".venv/bin/python"),
            [Self.path("Tests/EndToEndTests/Clients/two_replicas.py")]
        )
    }
}
