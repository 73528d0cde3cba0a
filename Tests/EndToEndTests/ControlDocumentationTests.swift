import Foundation
import OpenRouterAPI
import TestSupport
import Testing

/// The pages of the control API and of worlds, held against a real server.
@Suite("Documentation of the control API")
struct ControlDocumentationTests {
    private static func page(_ name: String) throws -> String {
        let url = SimulatorProcess.packageFolder.appendingPathComponent("docs/\(name)")
        return try String(contentsOf: url, encoding: .utf8)
    }

    /// The page's shell examples, in order.
    private static func examples(in page: String) -> [String] {
        page.components(separatedBy: "```sh\n").dropFirst().compactMap { $0.components(separatedBy: "```").first }
    }

    /// Runs the examples as one script, in which curl fails on errors.
    ///
    /// A followed journal never ends by itself; a second of it is enough.
    private static func run(_ examples: [String], against server: SimulatorProcess) throws -> SimulatorProcess.Outcome {
        let script = """
            curl() {
                case "$*" in
                *follow=1*) command curl -sS --fail-with-body --max-time 1 "$@" 2>&1 || [ $? = 28 ] ;;
                *) command curl -sS --fail-with-body --max-time 60 "$@" ;;
                esac
                echo
            }

            """ + examples.joined().replacingOccurrences(of: "http://127.0.0.1:6464", with: server.origin)
        return try SimulatorProcess.run("/bin/sh", ["-ec", script])
    }

    @Test("names every endpoint, and its examples work")
    func controlAPI() throws {
        let example = SimulatorProcess.packageFolder.appendingPathComponent("cassettes/example.cassette").path
        let server = try SimulatorProcess(["serve", example])
        defer { server.stop() }
        let page = try Self.page("control-api.md")
        let ready = try HTTPExchange("GET", "/_sim/ready", port: server.port)
        let endpoints = try JSONDocument(parsing: ready.body.utf8).root["control"]?.elements.compactMap(\.string) ?? []
        #expect(endpoints.count > 20)
        for endpoint in endpoints {
            // Without its parameters, as the rows have them.
            #expect(page.contains("`\(endpoint)`"), "\(endpoint)")
        }
        let examples = Self.examples(in: page)
        #expect(examples.count >= 8)
        let outcome = try Self.run(examples, against: server)
        #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
        #expect(outcome.output.contains("The second provider is happy to help."))
        #expect(outcome.output.contains("Tea is ready."))
        #expect(outcome.output.contains("Coffee is ready."))
        #expect(outcome.output.contains("event: played"))
        #expect(!outcome.output.contains(#""passed":false"#), "\(outcome.output)")
    }

    @Test("has examples of worlds that work")
    func worlds() throws {
        let server = try SimulatorProcess(["serve"])
        defer { server.stop() }
        let page = try Self.page("worlds.md")
        let outcome = try Self.run(Self.examples(in: page), against: server)
        #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
        let folder = try TemporaryFolder()
        let scenarios = page.components(separatedBy: "```yaml\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
        #expect(!scenarios.isEmpty)
        for (index, scenario) in scenarios.enumerated() {
            try scenario.write(toFile: folder.path("\(index).yaml"), atomically: true, encoding: .utf8)
        }
        let checked = try SimulatorProcess.run(["scenario", "check", folder.url.path])
        #expect(checked.status == 0, "\(checked.errors)")
    }
}
