import Foundation
import OpenRouterAPI
import TestSupport
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// The command `fuzz` with clients of every sort.
@Suite("Fuzz command")
struct FuzzCommandTests {
    private static let folder = SimulatorProcess.packageFolder
    private static let clientPath = folder.appendingPathComponent("Examples/fuzzing/client.py").path
    private static let cassettePath = folder.appendingPathComponent("cassettes/example.cassette").path

    private static func fuzz(
        _ options: [String],
        _ command: [String],
        save folder: TemporaryFolder,
        environment: [String: String] = [:]
    ) throws -> SimulatorProcess.Outcome {
        try SimulatorProcess.run(
            ["fuzz", "--jobs", "2", "--save", folder.path("found")] + options + ["--"] + command,
            environment: environment
        )
    }

    /// A client in Python that is right but for a change.
    private static func client(replacing old: String, with new: String, in folder: TemporaryFolder) throws -> [String] {
        let source = try String(contentsOfFile: clientPath, encoding: .utf8)
        let changed = source.replacingOccurrences(of: old, with: new)
        try #require(changed != source)
        try changed.write(toFile: folder.path("client.py"), atomically: true, encoding: .utf8)
        return ["python3", folder.path("client.py")]
    }

    private static func json(_ outcome: SimulatorProcess.Outcome) throws -> JSONValue {
        try JSONDocument(parsing: Array(outcome.output.utf8)).root
    }

    // MARK: Clients that are none

    static let nonsense: [(command: [String], failure: String, says: String)] = [
        (["sh", "-c", "exit 0"], "no-request", ""),
        (["sh", "-c", "echo boom >&2; exit 3"], "no-request", "boom"),
        (["sh", "-c", "printf '\\033]0;title\\007oops\\n' >&2; exit 3"], "no-request", "\u{1B}]0;title\u{7}oops"),
        (["sh", "-c", "head -c 5000 /dev/urandom; exit 1"], "no-request", ""),
        (["sh", "-c", "head -c 100000000 /dev/zero"], "flood", ""),
        (["sh", "-c", "yes >&2"], "flood", "y"),
        (["sh", "-c", "trap '' TERM INT HUP; sleep 100"], "hang", ""),
        (["sh", "-c", "sleep 100 & sleep 100 & exit 0"], "no-request", ""),
        (["sh", "-c", "kill -SEGV $$"], "crash", ""),
    ]

    @Test(
        "What is no client gets one finding at once, says what it did, and leaves nothing running",
        arguments: nonsense
    )
    func findAtOnce(_ command: [String], _ failure: String, _ says: String) throws {
        let folder = try TemporaryFolder()
        let mark = UUID().uuidString
        let outcome = try Self.fuzz(["--timeout", "500ms", "--json"], command + [mark], save: folder)
        #expect(outcome.status == 1)
        let report = try Self.json(outcome)
        #expect(report["findings"]?.count == 1)
        let finding = try #require(report["findings"]?[0])
        #expect(finding["failure"]?.string == failure)
        if failure != "flood" { #expect(finding["cause"]?.string == (failure == "crash" ? "crash" : "broken")) }
        #expect(finding["stderr"]?.string ?? "" == TerminalText.visible(says), "\(outcome.output.prefix(3000))")
        #expect(report["cases"]?.int == 1)
        #expect(report["notes"]?[0]?.string?.hasPrefix("The client failed on a plain answer, so nothing else") == true)
        #expect(outcome.output.utf8.count < 1 << 20)
        let left = try SimulatorProcess.run("/bin/sh", ["-c", "ps -eo args | grep -c '[s]leep 100$' || true"])
        // Other cases of this table may be running their own.
        #expect(Int(left.output.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 99 <= 4)
    }

    @Test("Clients have the priority that the fuzzer was started with")
    func priority() throws {
        let folder = try TemporaryFolder()
        let script = #"exec nice -n 1 "$0" fuzz --json --save "$1" -- sh -c 'nice >&2; exit 1'"#
        let outcome = try SimulatorProcess.run(
            "/bin/sh",
            ["-c", script, SimulatorProcess.binary.path, folder.path("found")]
        )
        let own = try SimulatorProcess.run("/bin/sh", ["-c", "nice"]).output.trimmingCharacters(in: .newlines)
        let wanted = try min(19, #require(Int(own)) + 1)
        let report = try Self.json(outcome)
        #expect(report["findings"]?[0]?["stderr"]?.string == String(wanted), "\(outcome.output)")
    }

    static let badUses: [(arguments: [String], says: String)] = [
        (["--", "no-such-client"], "cannot run 'no-such-client': No such file or directory"),
        (["--", "/"], "cannot run '/': Permission denied"),
        (["--classes", "linend", "--", "true"], "Unknown class 'linend'. Did you mean 'line-end'?"),
        (["--classes", "breakin", "--", "true"], "Unknown class 'breakin'. Did you mean 'breaking'?"),
        (["--classes", ",", "--", "true"], "--classes names nothing. Classes: preserving, breaking, broken-server"),
        (["--cases", "0", "--", "true"], "--cases and --max-requests have to be at least 1."),
        (["--jobs", "65", "--", "true"], "--jobs has to be from 1 to 64."),
        (["--timeout", "0s", "--", "true"], "--timeout has to be at least 100ms"),
        (
            ["--report", "/no/such/folder/x.xml", "--", "true"],
            "/no/such/folder/x.xml: the folder for this report is not"
        ),
        (["--replay", "/etc/hostname", "--", "true"], "/etc/hostname: no line '# openrouter-sim fuzz: …' with a case"),
        (["--replay", "/no/such/file", "--", "true"], "/no/such/file: it cannot be read"),
        (["--cassette", "/no/such/file", "--", "true"], "/no/such/file: no such cassette"),
        (["--cassette", "/etc/hostname", "--", "true"], "/etc/hostname: is not a cassette"),
        ([], "Missing the client to run. Example: openrouter-sim fuzz -- python3 my_client.py"),
    ]

    @Test("Wrong use says what is wrong before anything runs, with status 2", arguments: badUses)
    func badUse(_ arguments: [String], _ says: String) throws {
        let outcome = try SimulatorProcess.run(["fuzz"] + arguments)
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains(says), "\(outcome.errors)")
    }

    @Test("Findings that cannot be saved are told, and then why they are not saved")
    func unsavable() throws {
        let outcome = try SimulatorProcess.run(["fuzz", "--save", "/proc/no/folder", "--", "sh", "-c", "exit 0"])
        #expect(outcome.status == 2)
        #expect(outcome.output.hasPrefix("1 finding in 1 case ("))
        #expect(outcome.errors.hasPrefix("Error: /proc/no/folder: the folder cannot be made: "))
    }

    @Test("A first signal ends the run with a report, and no client stays", arguments: [SIGINT, SIGTERM])
    func interrupted(_ number: Int32) throws {
        let folder = try TemporaryFolder()
        let script = """
            "$1" fuzz --save "$2/found" --jobs 2 --cases 5000 -- python3 "$3" & child=$!
            while ! grep -q . "$2/started" 2>/dev/null; do kill -0 $child || exit 9; sleep 0.05; done
            kill -\(number) $child
            wait $child
            """
        let wrapper = folder.path("client.sh")
        try "#!/bin/sh\necho x >> \(folder.path("started"))\nexec python3 \(Self.clientPath)\n"
            .write(toFile: wrapper, atomically: true, encoding: .utf8)
        let outcome = try SimulatorProcess.run(
            "/bin/bash",
            [
                "-mc", script.replacingOccurrences(of: "python3 \"$3\"", with: "sh \"$3\""), "-",
                SimulatorProcess.binary.path, folder.url.path, wrapper,
            ]
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("Note: The run was interrupted."))
        #expect(outcome.errors.contains("Stopping after the cases under way"))
    }

    // MARK: Reports and saved findings

    @Test("A finding is reported as text, JSON and XML, saved, tried first the next time, and replayed")
    func findings() async throws {
        let folder = try TemporaryFolder()
        let command = try Self.client(
            replacing: "chunk.get(\"choices\") or []",
            with: "[chunk[\"choices\"][0]]",
            in: folder
        )
        let reports = ["x.json", "x.xml", "x.txt"].map(folder.path)
        let first = try Self.fuzz(
            ["--classes", "no-choices,line-end,usage", "--cases", "30"] + reports.flatMap { ["--report", $0] },
            command,
            save: folder
        )
        #expect(first.status == 1)
        #expect(first.errors.isEmpty, "progress is for terminals: \(first.errors)")
        let text = try String(contentsOfFile: reports[2], encoding: .utf8)
        #expect(text == first.output)
        let report = try JSONDocument(parsing: Array(try Data(contentsOf: URL(fileURLWithPath: reports[0])))).root
        let file = try #require(report["findings"]?[0]?["file"]?.string)
        #expect(first.output.contains("replay: openrouter-sim fuzz --replay \(file) -- COMMAND"))
        #expect(XMLParser(data: try Data(contentsOf: URL(fileURLWithPath: reports[1]))).parse())

        // The corpus comes before everything else.
        let next = try Self.fuzz(["--cases", "1", "--json"], command, save: folder)
        #expect(next.status == 1)
        #expect(try Self.json(next)["findings"]?[0]?["cause"]?.string == "noChoices")
        let fixed = try Self.fuzz(["--cases", "1"], ["python3", Self.clientPath], save: folder)
        #expect(fixed.status == 0, "\(fixed.output)")

        let replayed = try Self.fuzz(["--replay", file, "--json"], command, save: folder)
        #expect(replayed.status == 1)
        #expect(try Self.json(replayed)["findings"]?[0]?["case"]?.raw == report["findings"]?[0]?["case"]?.raw)
        #expect(try Self.fuzz(["--replay", file], ["python3", Self.clientPath], save: folder).status == 0)

        // The client fails in the same way on a server that plays the file, by itself and by name.
        let server = try SimulatorProcess(["serve", file])
        defer { server.stop() }
        let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
        var bodies: Set<String> = []
        for base in [server.baseURL, "\(server.origin)/s/\(name)/api/v1"] {
            let variables = ["OPENROUTER_BASE_URL": base, "OPENROUTER_API_KEY": PythonClient.key]
            let failed = try SimulatorProcess.run("/usr/bin/env", command, environment: variables)
            #expect(failed.status == 1)
            #expect(failed.errors.hasPrefix("IndexError"), "\(failed.errors)")
            let path = String(base.dropFirst(server.origin.count)) + "/chat/completions"
            bodies.insert(try HTTPExchange("POST", path, body: "{\"stream\":true}", port: server.port).body)
        }
        #expect(bodies.count == 1)
    }

    // MARK: Cassettes

    @Test("What was recorded is mutated, what cannot be is explained, and the cassette is only read")
    func cassette() throws {
        let folder = try TemporaryFolder()
        let copy = folder.path("session.cassette")
        try FileManager.default.copyItem(atPath: Self.cassettePath, toPath: copy)
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: copy)
        let before = try Data(contentsOf: URL(fileURLWithPath: copy))
        let options = ["--cassette", copy, "--classes", "chunking,line-end,cut,error-chunk", "--cases", "50"]
        let right = try Self.fuzz(options, ["python3", Self.clientPath], save: folder)
        #expect(right.status == 0, "\(right.output)")
        #expect(right.output.contains("Note: \(copy): "), "\(right.output)")
        #expect(right.output.contains("recordings were mutated. #"), "\(right.output)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: copy)) == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["session.cassette"])
    }

    @Test("A bug that only the recorded events show is found, shrunk, saved, and replayed without the cassette")
    func recordedQuirk() throws {
        let folder = try TemporaryFolder()
        // No tape of the fuzzer's own has this member.
        let command = try Self.client(
            replacing: "        for choice in chunk.get",
            with:
                "        assert \"service_tier\" not in chunk or chunk[\"choices\"] == []\n        for choice in chunk.get",
            in: folder
        )
        let text = folder.path("recording.yaml")
        try Self.recording.write(toFile: text, atomically: true, encoding: .utf8)
        let made = try SimulatorProcess.run(["cassette", "import", text, folder.path("quirk.cassette")])
        try #require(made.status == 0, "\(made.errors)")
        let outcome = try Self.fuzz(
            ["--cassette", folder.path("quirk.cassette"), "--classes", "line-end", "--cases", "20", "--json"],
            command,
            save: folder
        )
        #expect(outcome.status == 1, "\(outcome.errors)")
        let finding = try #require(try Self.json(outcome)["findings"]?[0])
        #expect(finding["case"]?["tape"]?["name"]?.string == folder.path("quirk.cassette") + "#1")
        #expect(finding["cause"]?.string == "recorded")
        // All but the event with the member, the text and the end is left out.
        #expect(finding["case"]?["tape"]?["recorded"]?.count ?? 99 <= 3, "\(outcome.output)")
        try FileManager.default.removeItem(atPath: folder.path("quirk.cassette"))
        let file = try #require(finding["file"]?.string)
        #expect(try Self.fuzz(["--replay", file], command, save: folder).status == 1)
        #expect(try Self.fuzz(["--replay", file], ["python3", Self.clientPath], save: folder).status == 0)
    }

    @Test("A cassette with nothing to mutate says why of each recording")
    func nothingToMutate() throws {
        let folder = try TemporaryFolder()
        let outcome = try Self.fuzz(["--cassette", Self.cassettePath, "--api", "messages"], ["true"], save: folder)
        #expect(outcome.status == 2)
        #expect(
            outcome.errors.contains(
                "none of its 10 recordings can be mutated; expected a stream of the messages API that is whole. "
                    + "#1, #2, #3 and 7 more: is no answer of the messages API."
            ),
            "\(outcome.errors)"
        )
    }

    private static let recording = """
        format: 1
        recorded_at: 2026-09-21T14:13:20.000125Z
        completion: finished
        request:
          method: POST
          target: /api/v1/chat/completions
          headers:
            - content-type: application/json
          body:
            text: '{"model":"openai/gpt-4o-mini","stream":true,"messages":[]}'
        response:
          head_at: 1000
          version: '1.1'
          status: 200
          reason: OK
          headers:
            - content-type: text/event-stream
          frames:
            - {at: 2000, event: 'data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}'}
            - {at: 3000, event: 'data: {"choices":[{"index":0,"delta":{"content":"Hello"}}]}'}
            - {at: 3000, event: 'data: {"choices":[{"index":0,"delta":{"content":" there"}}]}'}
            - {at: 4000, event: 'data: {"service_tier":"flex","choices":[{"index":0,"delta":{"content":"!"}}]}'}
            - {at: 4000, event: 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}'}
            - {at: 5000, event: 'data: [DONE]'}
          ending: complete
          ending_at: 5000

        """
}

/// What a report makes of bytes that a terminal would obey.
private enum TerminalText {
    static func visible(_ text: String) -> String {
        text.unicodeScalars.map { $0.value < 0x20 ? "\\u{\(String($0.value, radix: 16))}" : String($0) }.joined()
    }
}
