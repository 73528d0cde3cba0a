import Foundation
import TestSupport
import Testing

/// HTTP/2 as clients of others speak it: curl, httpx and the OpenAI SDK.
@Suite("HTTP/2")
struct HTTP2Tests {
    private static let question =
        #"{"model":"openai/gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"Hi"}]}"#

    /// What curl gets, with the version and the status on the last line.
    private static func curl(_ options: [String], _ url: String) throws -> SimulatorProcess.Outcome {
        let common = ["curl", "-sS", "--max-time", "60", "-w", "\n%{http_version} %{http_code}"]
        return try SimulatorProcess.run("/usr/bin/env", common + options + [url])
    }

    private static func lastLine(_ text: String) -> String {
        text.split(separator: "\n").last.map(String.init) ?? ""
    }

    @Test("curl by prior knowledge: an answer, a stream, the page, and HTTP/1.1 on the same port")
    func priorKnowledge() throws {
        let server = try SimulatorProcess(["serve"])
        defer { server.stop() }
        let prior = ["--http2-prior-knowledge"]
        let asking = ["-H", "Authorization: Bearer sk-or-v1-test", "-d", Self.question]
        let stream = try Self.curl(prior + asking, server.baseURL + "/chat/completions")
        #expect(stream.output.hasPrefix("data: ") || stream.output.hasPrefix(":"), "\(stream.output)\(stream.errors)")
        #expect(stream.output.contains("data: [DONE]"))
        #expect(Self.lastLine(stream.output) == "2 200")
        let plain = try Self.curl(asking, server.baseURL + "/chat/completions")
        #expect(Self.lastLine(plain.output) == "1.1 200")
        let head = try Self.curl(prior + ["-I"], server.origin + "/_sim/")
        #expect(head.output.hasPrefix("HTTP/2 200"))
        // An offer to upgrade is not taken up (RFC 9113 has deprecated it), and answered.
        let upgrade = try Self.curl(["--http2"], server.origin + "/_sim/ready")
        #expect(Self.lastLine(upgrade.output) == "1.1 200")
    }

    @Test("curl over TLS: HTTP/2 by negotiation, HTTP/1.1 for who wants it")
    func encrypted() throws {
        let folder = try TemporaryFolder()
        try folder.makeCertificates()
        let server = try SimulatorProcess([
            "serve", "--tls-cert", folder.path("leaf.pem"), "--tls-key", folder.path("leaf.key"),
        ])
        defer { server.stop() }
        let url = "https://127.0.0.1:\(server.port)/_sim/ready"
        let trusting = ["--cacert", folder.path("ca.pem")]
        #expect(Self.lastLine(try Self.curl(trusting + ["--http2"], url).output) == "2 200")
        #expect(Self.lastLine(try Self.curl(trusting + ["--http1.1"], url).output) == "1.1 200")
        let outcome = try Self.python(
            baseURL: "https://127.0.0.1:\(server.port)/api/v1",
            authority: folder.path("ca.pem")
        )
        #expect(outcome.status == 0, "\(outcome.errors)\(server.stop().errors)")
    }

    @Test("switched off: TLS offers HTTP/1.1 alone, and the preface is a malformed request")
    func switchedOff() throws {
        let folder = try TemporaryFolder()
        try folder.makeCertificates()
        try "http2: off".write(toFile: folder.path("sim.yaml"), atomically: true, encoding: .utf8)
        let encrypted = try SimulatorProcess([
            "serve", "--config", folder.path("sim.yaml"), "--tls-cert", folder.path("leaf.pem"), "--tls-key",
            folder.path("leaf.key"),
        ])
        defer { encrypted.stop() }
        let url = "https://127.0.0.1:\(encrypted.port)/_sim/ready"
        #expect(Self.lastLine(try Self.curl(["--cacert", folder.path("ca.pem"), "--http2"], url).output) == "1.1 200")
        let plain = try SimulatorProcess(["serve", "--http2", "off"])
        defer { plain.stop() }
        let outcome = try Self.curl(["--http2-prior-knowledge"], plain.origin + "/_sim/ready")
        #expect(outcome.status != 0, "\(outcome.output)")
        #expect(Self.lastLine(try Self.curl([], plain.origin + "/_sim/ready").output) == "1.1 200")
    }

    @Test("httpx, the OpenAI SDK and curl: streams, a hundred worlds in one connection, leaving, endings")
    func pythonClients() throws {
        let server = try SimulatorProcess(["serve"])
        defer { server.stop() }
        let outcome = try Self.python(baseURL: server.baseURL)
        #expect(outcome.status == 0, "\(outcome.errors)\(server.stop().errors)")
    }

    @Test("recorded and replayed: the recorder takes HTTP/2 from its client, and a replay is the same by both versions")
    func recorded() throws {
        let upstream = try SimulatorProcess(["serve"])
        defer { upstream.stop() }
        let folder = try TemporaryFolder()
        let cassette = folder.path("h2.cassette")
        let recorder = try SimulatorProcess(["record", "--cassette", cassette, "--upstream", upstream.baseURL])
        defer { recorder.stop() }
        let asking = ["-H", "Authorization: Bearer sk-or-v1-test", "-d", Self.question]
        let prior = ["--http2-prior-knowledge"]
        let recorded = try Self.curl(prior + asking, recorder.baseURL + "/chat/completions")
        #expect(Self.lastLine(recorded.output) == "2 200", "\(recorded.errors)")
        #expect(recorder.stop().status == 0)
        let replayer = try SimulatorProcess(["replay", "--cassette", cassette])
        defer { replayer.stop() }
        let replayed = try Self.curl(prior + asking, replayer.baseURL + "/chat/completions")
        #expect(replayed.output == recorded.output, "\(replayer.errors)")
        let older = try Self.curl(asking, replayer.baseURL + "/chat/completions")
        #expect(older.output.dropLast(8) == recorded.output.dropLast(6))
    }

    private static func python(baseURL: String, authority: String? = nil) throws -> SimulatorProcess.Outcome {
        var environment = [
            "OPENROUTER_BASE_URL": baseURL,
            "OPENROUTER_API_KEY": PythonClient.key,
            "PYTHONDONTWRITEBYTECODE": "1",
        ]
        if let authority { environment["SIM_CA"] = authority }
        let folder = SimulatorProcess.packageFolder
        return try SimulatorProcess.run(
            folder.appendingPathComponent(".venv/bin/python").path,
            [folder.appendingPathComponent("Tests/EndToEndTests/Clients/http2_clients.py").path],
            environment: environment
        )
    }
}
