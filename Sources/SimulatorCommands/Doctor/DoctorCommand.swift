internal import ArgumentParser
internal import Foundation
internal import OpenRouterAPI
internal import Simulation
internal import SimulatorServer

/// The command `doctor`.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look for what would keep a server from starting, or clients from reaching it.",
        discussion: """
            Looks at the port, at files and certificates, at the configuration and where each value comes from, at
            proxies, names and limits of this machine. Takes the options of the server that is to run. Examples:
              openrouter-sim doctor
              openrouter-sim doctor --for replay --cassette session.cassette --json

            Exit status: 0 a server can run, 1 something has to be mended.
            """
    )

    static let path = ["doctor"]
    static let targetOption = "for"

    @Option(
        name: .customLong(targetOption),
        help: "The command whose options are looked at: serve, record, replay or run."
    )
    var target = DoctorTarget.serve

    @Flag(help: "Print JSON for machines.")
    var json = false

    @Argument(
        help: ArgumentHelp("Cassettes, scenarios (*.yaml), or folders with them.", valueName: "path"),
        completion: .file(extensions: ["cassette", "yaml", "yml"])
    )
    var paths: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Cassettes of record, replay and run.", valueName: "file"),
        completion: .cassettes
    )
    var cassette: [String] = []

    @OptionGroup var scenario: ScenarioOptions
    @OptionGroup var upstream: UpstreamOptions
    @OptionGroup var options: ServerOptions

    func run() throws {
        guard let line = ConfiguredCommandLine.current else { preconditionFailure("commands run with their line") }
        let report = DoctorReport(
            target: target,
            findings: configurationFindings(line) + findings(),
            settings: settings(line)
        )
        Console.print(json ? report.json.text : report.text(Style(isOn: Console.hasColors(.output))))
        guard report.isFine else { throw ExitStatus.findings }
    }

    private func configurationFindings(_ line: ConfiguredCommandLine) -> [Finding] {
        var findings = line.error.map { $0.problems.map { Finding.failure("configuration", $0) } } ?? []
        if findings.isEmpty {
            let text = line.file.map { "\($0.path) is read" } ?? "no \(ConfigurationFile.defaultName) here"
            findings.append(.fine("configuration", text))
        }
        let unknown = line.environment.unknownNames(commands: CommandShape.root.subcommands)
        findings += unknown.map { name, hint in
            .warning("environment", "\(name) sets nothing", hint.map { "Did you mean \($0)?" })
        }
        return findings
    }

    private func findings() -> [Finding] {
        let configuration: ServerConfiguration
        do {
            configuration = try options.configuration(
                .serve(onMiss: .synthesize),
                defaultPort: target == .run ? 0 : 6464
            )
        } catch {
            return [.failure("options", "\(error)")]
        }
        let now = Date().timeIntervalSince1970
        var findings = MachineChecks.versions()
        findings.append(MachineChecks.clock(now))
        findings.append(PortChecks.port(host: configuration.host, port: configuration.port))
        findings.append(PortChecks.loopback(host: configuration.host))
        findings.append(ProxyCheck.finding(ProcessInfo.processInfo.environment, host: configuration.host))
        findings.append(MachineChecks.openFiles())
        findings += FileChecks.sources(paths)
        findings += target == .record ? cassette.map(FileChecks.recording) : FileChecks.sources(cassette)
        if case .file(let path) = scenario.scenario { findings += FileChecks.scenarios([path]) }
        if let file = configuration.stateFile { findings.append(FileChecks.state(file)) }
        if let file = options.catalog.catalog {
            findings.append(.fine("catalog", "\(file): \(configuration.catalog.models.count) models"))
        }
        if let file = options.readyFile { findings.append(FileChecks.writable("ready-file", file)) }
        if let tls = configuration.tls {
            findings.append(FileChecks.listener(certificate: tls.certificate, key: tls.key, now: now))
        }
        if let file = upstream.upstreamCa { findings.append(FileChecks.validity("upstream-ca", file, now: now)) }
        return findings
    }

    private func settings(_ line: ConfiguredCommandLine) -> [EffectiveSetting] {
        guard let command = CommandShape.root.subcommand(target.rawValue) else { return [] }
        // What is wrong with them is among the findings.
        return (try? EffectiveSetting.all(of: command, in: line)) ?? []
    }
}

/// The commands with a server.
enum DoctorTarget: String, ExpressibleByArgument, CaseIterable {
    case serve, record, replay, run
}
