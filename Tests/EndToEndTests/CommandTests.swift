import Foundation
import TestSupport
import Testing

/// Bad input says what, where, what was expected, what to do, and exits with 2.
@Suite("Command line")
struct CommandTests {
    struct BadUse: Sendable, CustomTestStringConvertible {
        var arguments: [String]
        /// Parts of the message on stderr.
        var says: [String]
        var saysNot: [String] = []

        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let badUses: [BadUse] = [
        BadUse(
            arguments: ["replay", "--cassette", "{folder}/missing.cassette"],
            says: ["missing.cassette: no such cassette", "openrouter-sim record --cassette"]
        ),
        BadUse(
            arguments: ["replay", "--cassette", "{folder}/session.casette"],
            says: ["no such cassette", "Did you mean", "session.cassette"]
        ),
        BadUse(arguments: ["replay", "--cassette", "{folder}/foreign.cassette"], says: ["is not a cassette"]),
        BadUse(
            arguments: ["replay", "--cassette", "{folder}/newer.cassette"],
            says: ["has format version 999", "Update openrouter-sim"]
        ),
        BadUse(
            arguments: ["replay", "--cassette", "{folder}/empty-folder"],
            says: ["no *.cassette file in this folder"]
        ),
        BadUse(arguments: ["replay"], says: ["Missing expected argument '--cassette"]),
        BadUse(
            arguments: ["record", "--cassette", "{folder}/no/such/folder.cassette"],
            says: ["the folder", "does not exist"]
        ),
        BadUse(
            arguments: ["record", "--cassette", "{folder}/new.cassette", "--upstream", "openrouter.ai/api/v1"],
            says: ["upstream 'openrouter.ai/api/v1'", "expected http://HOST", "Example: https://openrouter.ai/api/v1"]
        ),
        BadUse(
            arguments: ["record", "--cassette", "{folder}/new.cassette", "--upstream", "http://127.0.0.1:99999"],
            says: ["expected a port from 1 to 65535"]
        ),
        BadUse(
            arguments: ["record", "--cassette", "{folder}/new.cassette", "--host", "0.0.0.0"],
            says: ["--allow-remote-recording"]
        ),
        BadUse(
            arguments: ["record", "--cassette", "{folder}/new.cassette", "--redact", "("],
            says: ["'('"]
        ),
        BadUse(
            arguments: ["record", "--cassette", "{folder}/new.cassette", "--ignore", "seed"],
            says: ["'seed' is no JSON Pointer", "such as '/seed'"]
        ),
        BadUse(
            arguments: ["record", "--cassette", "{folder}/new.cassette", "--normalize", "timestamp"],
            says: ["'timestamp' is not a pattern", "timestamps, uuids, tool-call-ids"]
        ),
        BadUse(
            arguments: ["serve", "--timing", "fast"],
            says: ["'fast' is invalid for '--timing"]
        ),
        BadUse(
            arguments: ["serve", "--on-miss", "synthesise"],
            says: ["'synthesise' is invalid", "Did you mean 'synthesize'? Please provide one of", "fail", "forward"]
        ),
        BadUse(
            arguments: ["serve", "--clock", "fixed:yesterday"],
            says: ["'fixed:yesterday' is invalid for '--clock"]
        ),
        BadUse(arguments: ["serve", "--port", "123456"], says: ["'123456'", "'--port'", "0 to 65535"]),
        BadUse(arguments: ["serve", "--prot", "1"], says: ["Unknown option '--prot'", "Did you mean '--port'"]),
        BadUse(
            arguments: ["serve", "scenario.yaml"],
            says: ["scenario.yaml: cannot be read. Expected a scenario file."]
        ),
        BadUse(arguments: ["serve", "--tls-cert", "x.pem"], says: ["Missing '--tls-key'"]),
        BadUse(arguments: ["serve", "--port", "{used-port}"], says: ["the port is in use", "--port 0"]),
        BadUse(arguments: ["serve", "--host", "192.0.2.1", "--port", "0"], says: ["cannot listen on 192.0.2.1"]),
        BadUse(
            arguments: ["serve", "--host", "127.0.0.1x"],
            says: ["cannot listen on 127.0.0.1x:", "has no address"],
            saysNot: ["everybody who can reach"]
        ),
        BadUse(
            arguments: ["serve", "--port", "0", "--ready-file", "{folder}/none/ready.json"],
            says: ["cannot write --ready-file", "No such file or directory"]
        ),
        BadUse(
            arguments: ["serve", "--port", "0", "--ready-file", "{folder}"],
            says: ["cannot write --ready-file", "Is a directory"]
        ),
        BadUse(arguments: ["run"], says: ["Missing the command to run"]),
        BadUse(
            arguments: ["run", "--", "{folder}/no-such-program"],
            says: ["Error: cannot run '", "no-such-program': No such file or directory. Expected a program in PATH"],
            saysNot: ["Waiting"]
        ),
        BadUse(arguments: ["run", "--", "no-such-program"], says: ["cannot run 'no-such-program': no such program."]),
        BadUse(arguments: ["cassette", "verify", "{folder}/missing.cassette"], says: ["no such cassette"]),
        BadUse(arguments: ["cassette", "show", "{folder}/session.cassette", "77"], says: ["77"]),
        BadUse(arguments: ["tape"], says: ["tape"]),
    ]

    @Test("says what is wrong and exits with 2", arguments: badUses)
    func badUse(_ use: BadUse) throws {
        let folder = try Self.folder()
        let occupant = try RawServer { _ in }
        let arguments = use.arguments.map {
            $0.replacingOccurrences(of: "{folder}", with: folder.url.path)
                .replacingOccurrences(of: "{used-port}", with: String(occupant.port))
        }
        let outcome = try SimulatorProcess.run(arguments)
        #expect(outcome.status == 2, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.isEmpty)
        for part in use.says {
            #expect(outcome.errors.contains(part), "'\(part)' in: \(outcome.errors)")
        }
        for part in use.saysNot { #expect(!outcome.errors.contains(part), "\(outcome.errors)") }
    }

    @Test("explains with the cassettes of the folder where none is named")
    func explainsHere() throws {
        let folder = try Self.folder()
        try Data("{\"model\":\"none/such\"}".utf8).write(to: URL(fileURLWithPath: folder.path("request.json")))
        let binary = SimulatorProcess.binary.path
        func explain(in path: String) throws -> SimulatorProcess.Outcome {
            try SimulatorProcess.run(
                "/bin/sh",
                ["-c", "cd '\(path)' && '\(binary)' cassette explain '\(folder.path("request.json"))'"]
            )
        }
        let files = ["foreign.cassette", "newer.cassette"]
        for file in files { try FileManager.default.removeItem(atPath: folder.path(file)) }
        let outcome = try explain(in: folder.url.path)
        #expect(outcome.status == 1, "\(outcome.errors)")
        #expect(outcome.output.contains("session.cassette"), "\(outcome.output)")
        let nowhere = try explain(in: folder.path("empty-folder"))
        #expect(nowhere.status == 2)
        #expect(nowhere.errors.contains("no *.cassette file in this folder"), "\(nowhere.errors)")
    }

    #if os(Linux)
    @Test("says that what it prints did not arrive, and exits with 1; a reader that leaves is nothing to tell of")
    func fullDisk() throws {
        let folder = try Self.folder()
        let list = "'\(SimulatorProcess.binary.path)' cassette ls '\(folder.path("session.cassette"))'"
        let full = try SimulatorProcess.run("/bin/sh", ["-c", "\(list) > /dev/full"])
        #expect(full.status == 1)
        #expect(full.errors == "Error: cannot write to stdout: No space left on device\n")
        // The reader is gone before anything is written.
        let leaving = "exec 3> >(exec true); wait $!; \(list) >&3; echo $? >&2"
        let left = try SimulatorProcess.run("/bin/bash", ["-c", leaving])
        #expect(left.errors == "0\n")
    }
    #endif

    @Test("warns of a host that others can reach, once it listens there")
    func publicHost() throws {
        let server = try SimulatorProcess(["serve", "--host", "0.0.0.0"])
        server.stop()
        #expect(server.errors.contains("listening on 0.0.0.0: everybody who can reach"), "\(server.errors)")
    }

    @Test("finds damage, lists it and exits with 1")
    func damagedCassette() throws {
        let folder = try Self.folder()
        let path = folder.path("session.cassette")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let place = try #require(bytes.firstRange(of: Data("assistant".utf8)))
        bytes[place.lowerBound] = UInt8(ascii: "A")
        try bytes.write(to: URL(fileURLWithPath: path))
        let verified = try SimulatorProcess.run(["cassette", "verify", path])
        #expect(verified.status == 1)
        #expect(verified.output.contains("body"), "\(verified.output)")
    }

    @Test(
        "has help with an example for every command",
        arguments: [
            ["serve"], ["record"], ["replay"], ["run"], ["cassette", "ls"], ["cassette", "show"],
            ["cassette", "verify"], ["cassette", "stats"], ["cassette", "explain"], ["cassette", "rematch"],
            ["scenario", "list"], ["scenario", "show"], ["scenario", "check"], ["scenario", "schema"],
            ["cassette", "recover"], ["doctor"], ["fuzz"], ["catalog", "show"], ["catalog", "update"],
        ]
    )
    func help(command: [String]) throws {
        let outcome = try SimulatorProcess.run(command + ["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("openrouter-sim " + command.joined(separator: " ")))
        #expect(outcome.output.contains("xample"))
        #expect(!outcome.output.contains("Argument("), "A type of ours is shown as a default value")
        #expect(outcome.errors.isEmpty)
    }

    @Test("takes options from the environment, flags win")
    func environment() throws {
        let timing = try SimulatorProcess.run(["serve"], environment: ["OPENROUTER_SIM_TIMING": "soon"])
        #expect(timing.status == 2)
        #expect(
            timing.errors.contains("OPENROUTER_SIM_TIMING: 'soon' is not valid for 'timing'. How gaps"),
            "\(timing.errors)"
        )
        let server = try SimulatorProcess(["serve", "--auth", "strict"], environment: ["OPENROUTER_SIM_AUTH": "open"])
        defer { server.stop() }
        #expect(try HTTPExchange("GET", "/api/v1/key", port: server.port).status == 401)
    }

    /// A folder with one good cassette and several that are not.
    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let example = SimulatorProcess.packageFolder.appendingPathComponent("cassettes/example.cassette")
        let good = URL(fileURLWithPath: folder.path("session.cassette"))
        try FileManager.default.copyItem(at: example, to: good)
        try Data("not a database at all, but long enough to be one".utf8)
            .write(to: URL(fileURLWithPath: folder.path("foreign.cassette")))
        // SQLite's header keeps user_version at byte 60, big-endian (sqlite.org/fileformat2.html, 1.3).
        var newer = try Data(contentsOf: example)
        newer.replaceSubrange(60..<64, with: [0, 0, 3, 231])
        try newer.write(to: URL(fileURLWithPath: folder.path("newer.cassette")))
        try FileManager.default.createDirectory(atPath: folder.path("empty-folder"), withIntermediateDirectories: false)
        return folder
    }
}
