import Foundation
import TestSupport
import Testing

/// Users sign in to apps, with a real browser and on the wire.
@Suite("Signing in")
struct SignInTests {
    private struct Line: Decodable {
        var check: String
        var secrets: [String]
    }

    /// Chromium is not optional: `scripts/bootstrap --test` installs it.
    @Test("in Chromium gives the app a key, and the secrets are in no log and no journal")
    func browser() throws {
        let server = try SimulatorProcess(["serve", "--auth", "strict", "--key", PythonClient.key])
        defer { server.stop() }
        let outcome = try PythonClient("pkce_browser").run(baseURL: server.baseURL)
        try #require(outcome.status == 0, "\(outcome.errors)\(server.errors)")
        let lines = try outcome.output.split(separator: "\n").map {
            try JSONDecoder().decode(Line.self, from: Data($0.utf8))
        }
        #expect(lines.map(\.check) == ["approve", "deny", "headless", "server_side", "foreign"])
        let secrets = lines.flatMap(\.secrets)
        #expect(secrets.count == 11)
        let outputs = try ["/_sim/journal", "/_sim/misses", "/_sim/metrics", "/_sim/ready"].map {
            try HTTPExchange("GET", $0, port: server.port).body
        }
        #expect(outputs[0].contains("/api/v1/auth/keys"))
        let errors = server.stop().errors
        for secret in secrets {
            #expect(!(outputs + [errors]).contains { $0.contains(secret) }, "\(secret)")
        }
    }

    @Test("without a click redirects on the wire, and the code buys a key", arguments: ["current", "legacy"])
    func automatic(era: String) throws {
        let server = try SimulatorProcess(["serve", "--era", era])
        defer { server.stop() }
        let redirect = try HTTPExchange(
            "GET",
            "/auth?callback_url=http%3A%2F%2Flocalhost%3A3000%2Fcb%3Fx%3D1&code_challenge=s&state=%C3%BC&auto=approve",
            fields: [],
            port: server.port
        )
        #expect(redirect.status == 302)
        #expect(redirect.body.isEmpty)
        #expect(redirect.field("Access-Control-Allow-Origin") == nil)
        let location = try #require(redirect.field("Location"))
        let match = try #require(
            location.wholeMatch(of: /http:\/\/localhost:3000\/cb\?x=1&code=(auth_code_[0-9A-Za-z]+)&state=%C3%BC/)
        )
        let body = "{\"code\":\"\(match.1)\",\"code_verifier\":\"s\"}"
        let answer = try HTTPExchange("POST", "/api/v1/auth/keys", body: body, fields: [], port: server.port)
        #expect(answer.status == 200)
        #expect(answer.body.contains("\"user_id\"") == (era == "current"))
        let second = try HTTPExchange("POST", "/api/v1/auth/keys", body: body, fields: [], port: server.port)
        #expect(second.status == 403)
        let missing = try HTTPExchange("GET", "/api/v1/key", fields: [], port: server.port)
        #expect(missing.body.contains(era == "current" ? "Missing Authentication header" : "No auth credentials found"))
        let journal = try HTTPExchange("GET", "/_sim/journal", port: server.port).body
        #expect(journal.contains("\"/auth\""))
        #expect(!(journal + server.stop().errors).contains(match.1))
    }

    @Test("while recording is done at the upstream")
    func recording() throws {
        let folder = try TemporaryFolder()
        let upstream = try SimulatorProcess(["serve"])
        defer { upstream.stop() }
        let recorder = try SimulatorProcess([
            "record", "--cassette", folder.path("a.cassette"), "--upstream", upstream.baseURL,
        ])
        defer { recorder.stop() }
        let answer = try HTTPExchange("GET", "/auth?callback_url=https%3A%2F%2Fa.b%2F", fields: [], port: recorder.port)
        #expect(answer.status == 302)
        #expect(answer.field("Location") == upstream.origin + "/auth?callback_url=https%3A%2F%2Fa.b%2F")
    }
}
