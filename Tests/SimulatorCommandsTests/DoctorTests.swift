import Foundation
import TestSupport
import Testing

@testable import SimulatorCommands

@Suite("Doctor")
struct DoctorTests {
    struct Proxy: Sendable, CustomTestStringConvertible {
        var environment: [String: String]
        var outcome: Finding.Outcome
        var message: String

        var testDescription: String { "\(environment)" }
    }

    @Test(
        "warns of proxies that would get what is for this machine",
        arguments: [
            Proxy(environment: [:], outcome: .fine, message: "no proxy is set"),
            Proxy(environment: ["HTTP_PROXY": ""], outcome: .fine, message: "no proxy is set"),
            Proxy(
                environment: ["http_proxy": "http://proxy:3128"],
                outcome: .warning,
                message: "http_proxy would send requests to 127.0.0.1 and localhost elsewhere"
            ),
            Proxy(
                environment: ["HTTP_PROXY": "p", "NO_PROXY": "localhost,.example.com"],
                outcome: .warning,
                message: "HTTP_PROXY would send requests to 127.0.0.1 elsewhere"
            ),
            Proxy(
                environment: ["ALL_PROXY": "p", "no_proxy": "localhost, 127.0.0.0/8"],
                outcome: .fine,
                message: "ALL_PROXY is set, NO_PROXY leaves this machine out"
            ),
            Proxy(
                environment: ["HTTP_PROXY": "p", "NO_PROXY": "*"],
                outcome: .fine,
                message: "NO_PROXY leaves out every host"
            ),
        ]
    )
    func proxies(_ row: Proxy) {
        let finding = ProxyCheck.finding(row.environment, host: "127.0.0.1")
        #expect(finding.outcome == row.outcome)
        #expect(finding.message == row.message)
    }

    @Test("names who holds a port")
    func heldPort() throws {
        let server = try RawServer { _ in }
        defer { server.stop() }
        let finding = PortChecks.port(host: "127.0.0.1", port: server.port)
        #expect(finding.outcome == .failure)
        #expect(finding.message.hasPrefix("127.0.0.1:\(server.port) is in use"))
        #if os(Linux)
        #expect(finding.message.hasSuffix("(pid \(ProcessInfo.processInfo.processIdentifier))"), "\(finding.message)")
        #endif
    }

    @Test("finds free ports and addresses that are not this machine's")
    func ports() {
        #expect(PortChecks.port(host: "127.0.0.1", port: 0) == .fine("port", "127.0.0.1 has free ports"))
        // TEST-NET-1 (RFC 5737).
        let foreign = PortChecks.port(host: "192.0.2.1", port: 0)
        #expect(foreign.outcome == .failure)
        #expect(foreign.message.hasPrefix("cannot listen on 192.0.2.1:0: "), "\(foreign.message)")
    }

    @Test("warns of few open files and a clock that is off")
    func machine() {
        #expect(MachineChecks.openFiles(soft: 256, hard: 4096).outcome == .warning)
        #expect(MachineChecks.openFiles(soft: 256, hard: 4096).remedy?.hasSuffix("ulimit -n 4096") == true)
        #expect(MachineChecks.openFiles(soft: 1024, hard: 1024).outcome == .fine)
        #expect(MachineChecks.clock(0).message == "the system's clock says 1970-01-01T00:00:00Z")
        #expect(MachineChecks.clock(0).outcome == .warning)
        #expect(MachineChecks.clock(1_790_000_000).outcome == .fine)
    }

    @Test("looks at the folder of files that are still to be made")
    func folders() throws {
        let folder = try TemporaryFolder()
        #expect(FileChecks.writable("state", folder.path("new")).outcome == .fine)
        let finding = FileChecks.writable("state", folder.path("no/new"))
        #expect(finding.outcome == .failure)
        #expect(finding.remedy == "mkdir -p \(folder.path("no"))")
    }

    @Test("tells of every broken scenario, and of files that are none")
    func scenarios() throws {
        let folder = try TemporaryFolder()
        try "name: a\nrules: [{ respond: { text: x } }]".write(
            toFile: folder.path("a.yaml"),
            atomically: true,
            encoding: .utf8
        )
        try "name: b\nrulez: []".write(toFile: folder.path("b.yaml"), atomically: true, encoding: .utf8)
        // Beside scenarios lies the configuration.
        try "port: 0".write(toFile: folder.path("openrouter-sim.yaml"), atomically: true, encoding: .utf8)
        let findings = FileChecks.sources([folder.url.path])
        #expect(findings.filter { $0.outcome == .fine }.map(\.message) == ["\(folder.path("a.yaml")): 'a'"])
        #expect(findings.contains { $0.outcome == .failure && $0.message.contains("b.yaml:2:1: ") }, "\(findings)")
        #expect(!findings.contains { $0.message.contains("openrouter-sim.yaml") })
        #expect(FileChecks.cassette(folder.path("no.cassette")).outcome == .failure)
    }

    @Test("shows keys as OpenRouter does, and who says what")
    func settings() throws {
        let line = try ConfiguredCommandLine(
            ["doctor", "--config", "/dev/null", "--host", "localhost"],
            environment: ["OPENROUTER_SIM_KEY": "sk-or-v1-0123456789abcdef0123456789abcdef"]
        )
        let serve = try #require(CommandShape.root.subcommand("serve"))
        let settings = try EffectiveSetting.all(of: serve, in: line)
        let key = try #require(settings.first { $0.option.name == "key" })
        #expect(key.shownTexts == ["sk-or-v1-012...cdef"])
        #expect(key.sourceText == "OPENROUTER_SIM_KEY")
        let host = try #require(settings.first { $0.option.name == "host" })
        #expect(host.texts == ["localhost"])
        #expect(host.source == .flag)
        #expect(settings.first { $0.option.name == "port" }?.sourceText == "default")
    }
}
