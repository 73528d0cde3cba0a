import Foundation
import OpenRouterAPI
import TestSupport
import Testing

/// `openrouter-sim.yaml`, variables and flags, and `doctor` that tells them apart.
@Suite("Configuration")
struct ConfigurationTests {
    private static let key = "sk-or-v1-" + String(repeating: "ab", count: 32)
    private static let managementKey = "sk-or-v1-" + String(repeating: "cd", count: 32)

    private static func folder(_ configuration: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try configuration.write(toFile: folder.path("openrouter-sim.yaml"), atomically: true, encoding: .utf8)
        return folder
    }

    @Test("keys, scenarios and everything else come from the file, with paths that start at its folder")
    func serve() throws {
        let folder = try Self.folder(
            """
            auth: strict
            key: \(Self.key)
            management-key: [\(Self.managementKey)]
            clock: fixed:2026-08-30T09:15:00Z
            serve:
              paths: [scenarios]
            """
        )
        try FileManager.default.createDirectory(atPath: folder.path("scenarios"), withIntermediateDirectories: false)
        try "name: teapot\nrules: [{ match: { endpoint: chat }, respond: { status: 418 } }]".write(
            toFile: folder.path("scenarios/teapot.yaml"),
            atomically: true,
            encoding: .utf8
        )
        let server = try SimulatorProcess(["serve", "--config", folder.path("openrouter-sim.yaml")])
        defer { server.stop() }
        func status(_ path: String, _ key: String) throws -> Int {
            try HTTPExchange("GET", "/api/v1" + path, fields: ["Authorization: Bearer \(key)"], port: server.port)
                .status
        }
        #expect(try status("/key", Self.key) == 200)
        #expect(try status("/key", "sk-or-v1-other") == 401)
        #expect(try status("/keys", Self.key) == 401 || status("/keys", Self.key) == 403)
        #expect(try status("/keys", Self.managementKey) == 200)
        let asked = try HTTPExchange(
            "POST",
            "/api/v1/chat/completions",
            body: WorldClient.question,
            fields: ["Authorization: Bearer \(Self.key)"],
            port: server.port
        )
        #expect(asked.status == 418)
    }

    @Test("a required option may be in the file, and a wrong one is told with its place")
    func replay() throws {
        let folder = try Self.folder("replay:\n  cassette: missing.cassette\n  exhausted: fial\n")
        let path = folder.path("openrouter-sim.yaml")
        let wrong = try SimulatorProcess.run(["replay", "--config", path])
        #expect(wrong.status == 2)
        #expect(
            wrong.errors == "Error: \(path):3:14: 'fial' is not valid for 'exhausted'. "
                + "Did you mean 'fail'? Valid: repeat, fail, cycle\n"
        )
        let missing = try SimulatorProcess.run(["replay", "--config", path, "--exhausted", "fail"])
        #expect(missing.status == 2)
    }

    @Test("doctor says where each value comes from, and exits with 1 when a server could not start")
    func doctor() throws {
        let occupant = try RawServer { _ in }
        defer { occupant.stop() }
        let folder = try Self.folder("port: \(occupant.port)\ntiming: recorded\nserve: { state: no/state.db }\n")
        let path = folder.path("openrouter-sim.yaml")
        let outcome = try SimulatorProcess.run(
            ["doctor", "--config", path, "--seed", "7", "--json"],
            environment: [
                "OPENROUTER_SIM_TIMING": "2x", "OPENROUTER_SIM_TIMNG": "2x", "HTTP_PROXY": "http://proxy:1",
                "NO_PROXY": "",
                "no_proxy": "",
            ]
        )
        #expect(outcome.status == 1)
        let root = try JSONDocument(parsing: outcome.output.utf8).root
        #expect(root["ok"]?.bool == false)
        func check(_ name: String) -> JSONValue? {
            root["checks"]?.elements.first { $0["check"]?.string == name }
        }
        #expect(check("port")?["status"]?.string == "failed")
        #expect(check("port")?["message"]?.string?.hasPrefix("127.0.0.1:\(occupant.port) is in use") == true)
        #expect(check("proxy")?["status"]?.string == "warning")
        #expect(check("state")?["status"]?.string == "failed")
        #expect(check("environment")?["remedy"]?.string == "Did you mean OPENROUTER_SIM_TIMING?")
        for name in ["version", "sqlite", "xxhash", "system", "clock", "localhost", "open-files", "configuration"] {
            #expect(check(name)?["status"]?.string != nil, "\(name)")
        }
        func setting(_ name: String) -> (value: String?, source: String?, place: String?) {
            let setting = root["settings"]?.elements.first { $0["option"]?.string == name }
            return (setting?["value"]?.string, setting?["source"]?.string, setting?["place"]?.string)
        }
        #expect(setting("port") == ("\(occupant.port)", "file", "\(path):1:7"))
        #expect(setting("timing") == ("2x", "variable", "OPENROUTER_SIM_TIMING"))
        #expect(setting("seed") == ("7", "flag", "command line"))
        #expect(setting("host") == ("127.0.0.1", "default", "default"))
    }

    @Test("doctor goes on where the configuration is wrong, and shows no key")
    func doctorOfMistakes() throws {
        let folder = try Self.folder("prot: 1\nkey: \(Self.key)\n")
        let outcome = try SimulatorProcess.run([
            "doctor", "--config", folder.path("openrouter-sim.yaml"), "--port", "0", "--key", Self.managementKey,
        ])
        #expect(outcome.status == 1)
        #expect(outcome.output.contains("unknown key 'prot'. Did you mean 'port'?"), "\(outcome.output)")
        #expect(outcome.output.contains("127.0.0.1 has free ports"))
        #expect(outcome.output.contains("sk-or-v1-cdc...cdcd"))
        #expect(!outcome.output.contains(Self.key) && !outcome.output.contains(Self.managementKey))
        #expect(!outcome.output.contains("\u{1B}"), "colors are for terminals")
    }

    @Test("doctor knows a key that does not fit its certificate, and certificates that end soon")
    func certificates() throws {
        let folder = try TemporaryFolder()
        try folder.makeCertificates()
        func tls(_ certificate: String, _ key: String) throws -> (status: Int32, message: String?) {
            let outcome = try SimulatorProcess.run([
                "doctor", "--config", "/dev/null", "--json", "--port", "0",
                "--tls-cert", folder.path(certificate), "--tls-key", folder.path(key),
            ])
            let checks = try JSONDocument(parsing: outcome.output.utf8).root["checks"]
            return (outcome.status, checks?.elements.first { $0["check"]?.string == "tls" }?["message"]?.string)
        }
        let fitting = try tls("leaf.pem", "leaf.key")
        #expect(fitting.status == 0)
        #expect(fitting.message?.hasPrefix("\(folder.path("leaf.pem")): expires on ") == true, "\(fitting)")
        let other = try tls("leaf.pem", "ca.key")
        #expect(other.status == 1)
        #expect(other.message?.contains("cannot be used") == true, "\(other)")
        #expect(try tls("none.pem", "leaf.key").status == 1)
    }

    @Test("completes scenarios, models, and the words of options", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) throws {
        let outcome = try SimulatorProcess.run(["--generate-completion-script", shell])
        #expect(outcome.status == 0)
        // To zsh what follows a colon is a description.
        let timing = shell == "zsh" ? #"'max\:200ms'"# : "max:200ms"
        for word in ["--scenario", timing, "synthesize", "doctor"] {
            #expect(outcome.output.contains(word), "\(word)")
        }
    }

    @Test("bash completes the names of scenarios and models, and timings")
    func bashCompletions() throws {
        let folder = try TemporaryFolder()
        let script = """
            source <('\(SimulatorProcess.binary.path)' --generate-completion-script bash)
            complete_line() {
                COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
                _openrouter-sim openrouter-sim "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
                echo "${COMPREPLY[@]}"
            }
            complete_line openrouter-sim serve --scenario rate
            complete_line openrouter-sim scenario show provider
            complete_line openrouter-sim catalog show openai/gpt-4o-m
            complete_line openrouter-sim replay --timing ""
            """
        try script.write(toFile: folder.path("complete.bash"), atomically: true, encoding: .utf8)
        let path = SimulatorProcess.binary.deletingLastPathComponent().path
        let outcome = try SimulatorProcess.run(
            "/usr/bin/env",
            ["PATH=\(path):/usr/bin:/bin", "bash", folder.path("complete.bash")]
        )
        #expect(
            outcome.output == """
                rate-limited-then-ok rate-limited-no-retry-after
                provider-fallback
                openai/gpt-4o-mini
                instant recorded 2x max:200ms

                """,
            "\(outcome.errors)"
        )
    }

    /// Those of zsh and fish that scripts/bootstrap --test could install.
    private static let shells = ["zsh", "fish"].filter { shell in
        ["/bin/", "/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"]
            .contains { FileManager.default.isExecutableFile(atPath: $0 + shell) }
    }

    @Test("zsh and fish complete commands, words, scenarios and models as they are typed", arguments: shells)
    func interactiveCompletions(shell: String) throws {
        let home = try TemporaryFolder()
        let (settings, completions) =
            shell == "zsh"
            ? (".zshrc", ".zfunc/_openrouter-sim")
            : (".config/fish/config.fish", ".config/fish/completions/openrouter-sim.fish")
        let prompt =
            shell == "zsh"
            ? "fpath=(~/.zfunc $fpath)\nautoload -Uz compinit\ncompinit -u\nPS1='READY> '\n"
            : "set -g fish_autosuggestion_enabled 0\nfunction fish_prompt; echo 'READY> '; end\n"
        let script = try SimulatorProcess.run(["--generate-completion-script", shell]).output
        for (path, text) in [(settings, prompt), (completions, script)] {
            let file = home.url.appendingPathComponent(path)
            let folder = file.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        let rows = [
            ("repl", "replay"),
            ("serve --scenario rate", "serve --scenario rate-limited-"),
            ("scenario show provider", "scenario show provider-fallback"),
            ("catalog show openai/gpt-oss-20b:f", "catalog show openai/gpt-oss-20b:free"),
            ("replay --timing max", "replay --timing max:200ms"),
            ("serve --on-miss syn", "serve --on-miss synthesize"),
        ]
        let lines = rows.map { #"["openrouter-sim \#($0)", "openrouter-sim \#($1)"]"# }
        let folder = SimulatorProcess.packageFolder
        let python = folder.appendingPathComponent(".venv/bin/python").path
        let typist = folder.appendingPathComponent("Tests/EndToEndTests/Clients/complete_in_shell.py").path
        let path = SimulatorProcess.binary.deletingLastPathComponent().path
        let outcome = try SimulatorProcess.run(
            "/usr/bin/env",
            ["PATH=\(path):/usr/bin:/bin:/usr/local/bin:/opt/homebrew/bin", python, typist, shell, home.url.path]
                + lines
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
    }
}
