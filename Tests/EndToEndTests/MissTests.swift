import Foundation
import OpenRouterAPI
import TestSupport
import Testing

/// Misses are told apart, and what they say to do works when it is pasted.
@Suite("Misses and what mends them")
struct MissTests {
    private static let chatPath = "/api/v1/chat/completions"

    private static func chat(_ text: String, _ more: String = "") -> String {
        #"{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"\#(text)"}]\#(more)}"#
    }

    let folder: TestSupport.TemporaryFolder
    private let upstream: SimulatorProcess

    init() throws {
        folder = try TemporaryFolder()
        upstream = try SimulatorProcess(["serve"])
    }

    private var cassette: String { folder.path("a b.cassette") }

    private func ask(
        _ body: String,
        _ server: SimulatorProcess,
        path: String = chatPath,
        fields: [String] = []
    ) throws -> HTTPExchange {
        try HTTPExchange(
            "POST",
            path,
            body: body,
            fields: ["Authorization: Bearer sk-or-v1-x"] + fields,
            port: server.port
        )
    }

    /// One whole recording of `hello`, one of `left` whose client was gone before the end, and a rule.
    private func record() throws {
        let slow = try RawServer { client in
            guard client.receiveRequest() != nil else { return }
            client.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
            client.send("9\r\ndata: a\n\n\r\n")
            // Says nothing more until the recorder closes.
            _ = client.receive()
        }
        defer { slow.stop() }
        let options = ["record", "--cassette", cassette, "--ignore", "/seed"]
        let first = try SimulatorProcess(options + ["--upstream", upstream.baseURL])
        #expect(try ask(Self.chat("hello"), first).status == 200)
        #expect(first.stop().status == 0)
        let second = try SimulatorProcess(options + ["--upstream", "http://127.0.0.1:\(slow.port)/api/v1"])
        defer { second.stop() }
        let client = try RawConnection(port: second.port)
        let body = Self.chat("left")
        client.send("POST \(Self.chatPath) HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        _ = client.read { $0.firstRange(of: Array("data: a".utf8)) != nil }
        client.resetOnClose()
    }

    private struct Row {
        var body: String
        var path = MissTests.chatPath
        var world = "one"
        /// Nil for an answer.
        var reason: String?
        var message = ""
        /// What differs from the nearest recording.
        var differences: [String] = []
    }

    private static let rows = [
        Row(body: chat("hello", #","seed":7"#), world: "one"),
        Row(
            body: chat("hello", #","seed":8"#),
            world: "one",
            reason: "consumed",
            message: "this request was recorded once, and each recording was played in world 'one'"
        ),
        Row(body: chat("hello"), world: "two"),
        Row(
            body: chat("goodbye", #","seed":9"#),
            reason: "never_recorded",
            message: "this request was never recorded",
            differences: [#"/messages/0/content: recorded "hello" → requested "goodbye""#]
        ),
        Row(
            body: chat("left"),
            reason: "only_incomplete",
            message: "this request was recorded, but only until the client left"
        ),
        Row(
            body: chat("hello"),
            path: "/api/v1/completions",
            reason: "other_endpoint",
            message: "this request was recorded with another method or path: POST \(chatPath)",
            differences: ["path: recorded \(chatPath) → requested /api/v1/completions"]
        ),
    ]

    @Test("Consumed, another world, ignored by a rule, never recorded, left by the client and elsewhere are told apart")
    func reasons() throws {
        defer { upstream.stop() }
        try record()
        let replayer = try SimulatorProcess(["replay", "--cassette", cassette, "--exhausted", "fail"])
        defer { replayer.stop() }
        for row in Self.rows {
            let answer = try ask(row.body, replayer, path: row.path, fields: ["X-Sim-World: \(row.world)"])
            guard let reason = row.reason else {
                #expect(answer.status == 200, "\(row.body): \(answer.body)")
                continue
            }
            #expect(answer.status == 404)
            let metadata = try JSONDocument(parsing: answer.body.utf8).root["error"]?["metadata"]
            #expect(metadata?["reason"]?.string == reason, "\(answer.body)")
            #expect(metadata?["message"]?.string == row.message)
            let differences = metadata?["nearest"]?[0]?["differences"]?.elements.compactMap(\.string)
            #expect(differences == row.differences, "\(answer.body)")
            try expectExplained(row, reason, metadata)
        }
    }

    /// Offline nobody plays, so that nothing is consumed; all else is told alike, from a file and from standard input.
    private func expectExplained(_ row: Row, _ reason: String, _ metadata: JSONValue?) throws {
        let file = folder.path("request.json")
        try Data(row.body.utf8).write(to: URL(filePath: file))
        let binary = SimulatorProcess.binary.path
        let options = "--cassette '\(cassette)' --path \(row.path) --json"
        let fromFile = try SimulatorProcess.run("/bin/sh", ["-c", "'\(binary)' cassette explain '\(file)' \(options)"])
        let piped = try SimulatorProcess.run(
            "/bin/sh",
            ["-c", "'\(binary)' cassette explain - \(options) < '\(file)'"]
        )
        #expect(fromFile.output == piped.output)
        #expect(fromFile.status == piped.status)
        let json = try JSONDocument(parsing: fromFile.output.utf8).root
        guard reason != "consumed" else {
            #expect(fromFile.status == 0)
            #expect(json["match"]?.bool == true)
            return
        }
        #expect(fromFile.status == 1)
        for name in ["reason", "message", "fingerprint", "nearest"] {
            #expect(json[name].map { Array($0.raw) } == metadata?[name].map { Array($0.raw) }, "\(name)")
        }
    }

    /// The commands in a report, between backticks or quotes.
    private static func commands(in fixes: [String]) -> [String] {
        fixes.flatMap { fix in
            let marked = fix.split(separator: "`", omittingEmptySubsequences: false)
            if marked.count == 3 { return [String(marked[1])] }
            guard let start = fix.range(of: "'openrouter-sim "), let end = fix.lastIndex(of: "'") else { return [] }
            return [String(fix[fix.index(after: start.lowerBound)..<end])]
        }
    }

    @Test("The commands of a miss do what they say when they are pasted")
    func commands() throws {
        defer { upstream.stop() }
        try record()
        let changed = Self.chat("hello", #","temperature":0.5"#)
        let new = Self.chat("something new")
        let replayer = try SimulatorProcess(["replay", "--cassette", cassette])
        let misses = try [changed, new].map { body in
            let metadata = try JSONDocument(parsing: try ask(body, replayer).body.utf8).root["error"]?["metadata"]
            return metadata?["how_to_fix"]?.elements.compactMap(\.string) ?? []
        }
        replayer.stop()
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folder = SimulatorProcess.binary.deletingLastPathComponent().path
        let environment = [
            "PATH": folder + ":" + path, "OPENROUTER_SIM_UPSTREAM": upstream.baseURL,
        ]
        let rematch = try #require(Self.commands(in: misses[0]).first { $0.contains(" rematch ") })
        let pasted = try SimulatorProcess.run("/bin/sh", ["-c", rematch], environment: environment)
        #expect(pasted.status == 0, "\(rematch): \(pasted.errors)")

        let record = try #require(
            Self.commands(in: misses[1]).first { $0.contains(" record ") && !$0.contains("mode") }
        )
        let recorder = try SimulatorProcess(
            ["-c", "exec " + record + #" "$@""#, "sh"],
            program: "/bin/sh",
            environment: environment
        )
        #expect(try ask(new, recorder).status == 200)
        #expect(recorder.stop().status == 0)

        let explain = try #require(Self.commands(in: misses[1]).first { $0.contains(" explain ") })
        let file = self.folder.path("request.json")
        try Data(new.utf8).write(to: URL(filePath: file))
        let explained = try SimulatorProcess.run(
            "/bin/sh",
            ["-c", explain.replacingOccurrences(of: "REQUEST.json", with: file)],
            environment: environment
        )
        #expect(explained.status == 0, "\(explain): \(explained.output)")

        let again = try SimulatorProcess(["replay", "--cassette", cassette])
        defer { again.stop() }
        for body in [changed, new] { #expect(try ask(body, again).status == 200, "\(body)") }
    }
}
