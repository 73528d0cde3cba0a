import Foundation
import TestSupport
import Testing

/// The page `/_sim/` in a real browser, with a cassette of an upstream that says what would be dangerous as markup.
@Suite("The page in Chromium")
struct PageTests {
    private static let hostile = "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>"

    /// Chromium is not optional: `scripts/bootstrap --test` installs it.
    @Test("says in each view that there is nothing yet")
    func empty() throws {
        let server = try SimulatorProcess(["serve"])
        defer { server.stop() }
        let outcome = try PythonClient("page_browser").run(["empty"], baseURL: server.baseURL)
        #expect(outcome.status == 0, "\(outcome.errors)\(server.stop().errors)")
    }

    @Test("shows what happens live, plays, changes, stays quick, and runs nothing of what it shows")
    func busy() throws {
        let folder = try TemporaryFolder()
        let cassette = folder.path("hostile.cassette")
        try Self.record(cassette, in: folder)
        let example = SimulatorProcess.packageFolder.appendingPathComponent("cassettes/example.cassette").path
        let server = try SimulatorProcess(["serve", cassette, example])
        defer { server.stop() }
        let checks = ["live", "elsewhere", "busy", "keyboard", "scenarios", "worlds_and_controls", "many", "hostile"]
        let outcome = try PythonClient("page_browser").run(checks, baseURL: server.baseURL)
        #expect(outcome.status == 0, "\(outcome.errors)\(server.stop().errors)")
        #expect(outcome.output.split(separator: "\n").count == checks.count)

        let replayer = try SimulatorProcess(["replay", "--cassette", cassette, "--cassette", example])
        defer { replayer.stop() }
        let misses = try PythonClient("page_browser").run(["misses"], baseURL: replayer.baseURL)
        #expect(misses.status == 0, "\(misses.errors)\(replayer.stop().errors)")
    }

    /// One recording with markup in all that an upstream and a client can choose.
    private static func record(_ cassette: String, in folder: TemporaryFolder) throws {
        let scenario = folder.path("hostile.yaml")
        let text = """
            name: hostile-upstream
            description: An upstream that answers with markup
            rules:
              - respond:
                  status: 200
                  headers: { content-type: text/event-stream, x-request-id: '\(hostile)' }
                  body: |+
                    : \(hostile)

                    data: {"model":"\(hostile)","choices":[{"index":0,"delta":{"content":"\(hostile)"}}]}

                    data: [DONE]

            """
        try text.write(toFile: scenario, atomically: true, encoding: .utf8)
        let upstream = try SimulatorProcess(["serve", "--scenario", scenario])
        defer { upstream.stop() }
        let recorder = try SimulatorProcess(["record", "--cassette", cassette, "--upstream", upstream.baseURL])
        defer { recorder.stop() }
        let answer = try HTTPExchange(
            "POST",
            "/api/v1/chat/completions",
            body: """
                {"model":"a/\(hostile)","stream":true,"messages":[{"role":"user","content":"\(hostile)"}]}
                """,
            port: recorder.port
        )
        try #require(answer.status == 200)
        try #require(recorder.stop().status == 0)
    }
}
