import Foundation
import TestSupport
import Testing

/// The life of a server process: ready, run, stop.
@Suite("Server process")
struct ServerProcessTests {
    static let chat = "{\"model\":\"openai/gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}"

    @Test("writes the ready-file when it is bound, and nothing but the ready line to stdout")
    func readyFile() throws {
        let folder = try TemporaryFolder()
        let file = folder.path("ready.json")
        let server = try SimulatorProcess(["serve", "--ready-file", file])
        defer { server.stop() }
        let line = try String(contentsOfFile: file, encoding: .utf8)
        #expect(
            line
                == "{\"event\":\"ready\",\"base_url\":\"\(server.baseURL)\",\"port\":\(server.port),\"pid\":\(server.processIdentifier)}\n"
        )
        #expect(try HTTPExchange("GET", "/_sim/health", port: server.port).body == "{\"status\":\"ok\"}")
    }

    @Test("stops with 0 on SIGTERM and SIGINT", arguments: [SIGTERM, SIGINT])
    func stops(signal: Int32) throws {
        let server = try SimulatorProcess(["serve"])
        defer { server.stop() }
        server.kill(signal)
        #expect(server.wait().status == 0)
    }

    @Test("lets a slow stream finish when told to stop")
    func drains() throws {
        let folder = try TemporaryFolder()
        let cassette = folder.path("slow.cassette")
        let upstream = try RawServer { client in
            while client.receiveRequest() != nil {
                client.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
                for _ in 0..<5 {
                    client.pause(milliseconds: 100)
                    client.send("9\r\ndata: x\n\n\r\n")
                }
                client.send("0\r\n\r\n")
            }
        }
        let recorder = try SimulatorProcess([
            "record", "--cassette", cassette, "--upstream", "http://127.0.0.1:\(upstream.port)/v1",
        ])
        defer { recorder.stop() }
        _ = try HTTPExchange("POST", "/v1/chat/completions", body: Self.chat, port: recorder.port)
        recorder.stop()

        let replayer = try SimulatorProcess(["replay", "--cassette", cassette, "--timing", "recorded"])
        defer { replayer.stop() }
        let client = try RawConnection(port: replayer.port)
        client.send(
            "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: \(Self.chat.utf8.count)\r\n\r\n\(Self.chat)"
        )
        _ = client.read { $0.firstRange(of: Array("data: x".utf8)) != nil }
        replayer.kill(SIGTERM)
        let rest = client.read()
        #expect(rest.end == .closed)
        #expect(rest.text.hasSuffix("0\r\n\r\n"))
        #expect(replayer.wait().status == 0)
    }

    @Test("records, replays and misses through mistyped base URLs alike")
    func mistypedBases() throws {
        let upstream = try SimulatorProcess(["serve"])
        defer { upstream.stop() }
        let folder = try TemporaryFolder()
        let cassette = folder.path("bases.cassette")
        let recorder = try SimulatorProcess(["record", "--cassette", cassette, "--upstream", upstream.baseURL])
        defer { recorder.stop() }
        let recorded = try HTTPExchange("POST", "/v1/chat/completions", body: Self.chat, port: recorder.port)
        recorder.stop()
        let replayer = try SimulatorProcess(["replay", "--cassette", cassette])
        defer { replayer.stop() }
        for path in [
            "/api/v1/chat/completions", "/v1/chat/completions", "/chat/completions", "/api/v1/chat/completions/",
        ] {
            let replayed = try HTTPExchange("POST", path, body: Self.chat, port: replayer.port)
            #expect(replayed.body == recorded.body, "\(path)")
        }
        let miss = try HTTPExchange("POST", "/v1/chat/completions", body: "{\"model\":\"x/y\"}", port: replayer.port)
        #expect(miss.status == 404)
        #expect(miss.field("X-Sim-Miss") == "true")
        #expect(miss.body.contains("never_recorded"))
        let misses = try HTTPExchange("GET", "/_sim/misses", port: replayer.port)
        #expect(misses.body.contains("\"count\":1"), "\(misses.body)")
    }

    @Test(
        "replays equal requests in recorded order, then as told",
        arguments: [
            ("repeat", ["1", "2", "2", "2"]), ("cycle", ["1", "2", "1", "2"]), ("fail", ["1", "2", "404", "404"]),
        ]
    )
    func recordedOrder(exhausted: String, expected: [String]) throws {
        let folder = try TemporaryFolder()
        let cassette = folder.path("order.cassette")
        let upstream = try RawServer { client in
            var count = 0
            while client.receiveRequest() != nil {
                count += 1
                client.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n\(count)")
            }
        }
        let recorder = try SimulatorProcess([
            "record", "--cassette", cassette, "--upstream", "http://127.0.0.1:\(upstream.port)/api/v1",
        ])
        defer { recorder.stop() }
        for _ in 0..<2 {
            _ = try HTTPExchange("POST", "/api/v1/chat/completions", body: Self.chat, port: recorder.port)
        }
        recorder.stop()
        let replayer = try SimulatorProcess(["replay", "--cassette", cassette, "--exhausted", exhausted])
        defer { replayer.stop() }
        let answers = try expected.map { _ in
            let exchange = try HTTPExchange("POST", "/api/v1/chat/completions", body: Self.chat, port: replayer.port)
            return exchange.status == 200 ? exchange.body : String(exchange.status)
        }
        #expect(answers == expected)
    }

    @Test("serves what is recorded while it records the rest, and leaves one file")
    func newEpisodes() throws {
        let folder = try TemporaryFolder()
        let cassette = folder.path("episodes.cassette")
        let upstream = try RawServer { client in
            while let request = client.receiveRequest() {
                client.send("HTTP/1.1 200 OK\r\nContent-Length: \(request.body.count)\r\n\r\n\(request.bodyText)")
            }
        }
        let arguments = ["record", "--cassette", cassette, "--upstream", "http://127.0.0.1:\(upstream.port)/api/v1"]
        func ask(_ text: String, of server: SimulatorProcess) throws -> Int {
            try HTTPExchange("POST", "/v1/chat/completions", body: "{\"a\":\"\(text)\"}", port: server.port).status
        }
        // As mktemp leaves it: nothing recorded yet is nothing to refuse.
        #expect(FileManager.default.createFile(atPath: cassette, contents: nil))
        let first = try SimulatorProcess(arguments)
        defer { first.stop() }
        #expect(try ask("old", of: first) == 200)
        first.stop()

        let second = try SimulatorProcess(arguments)
        defer { second.stop() }
        #expect(try ask("old", of: second) == 200)
        #expect(try ask("new", of: second) == 200)
        let outcome = second.stop()
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("served 2 answers, recorded 1, 0 misses"), "\(outcome.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["episodes.cassette"])
        let list = try SimulatorProcess.run(["cassette", "ls", cassette, "--json"])
        #expect(list.output.components(separatedBy: "\"fingerprint\"").count == 3, "\(list.output)")

        upstream.stop()
        let all = try SimulatorProcess(arguments + ["--record-mode", "once"])
        defer { all.stop() }
        #expect(try ask("new", of: all) == 200)
        #expect(try ask("never", of: all) == 404)
    }

    @Test("records a stall that a client gave up on, and stalls again in replay")
    func stall() throws {
        let folder = try TemporaryFolder()
        let cassette = folder.path("stall.cassette")
        let upstream = try RawServer { client in
            guard client.receiveRequest() != nil else { return }
            client.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
            client.send("9\r\ndata: a\n\n\r\n")
            _ = client.receive()
        }
        let recorder = try SimulatorProcess([
            "record", "--cassette", cassette, "--upstream", "http://127.0.0.1:\(upstream.port)/api/v1",
        ])
        defer { recorder.stop() }
        let live = try HTTPExchange(
            "POST",
            "/v1/chat/completions",
            body: Self.chat,
            port: recorder.port,
            silenceLimit: .milliseconds(2300)
        )
        #expect(live.reading.end == .silence)
        recorder.stop()
        let replayer = try SimulatorProcess(["replay", "--cassette", cassette])
        defer { replayer.stop() }
        let replayed = try HTTPExchange(
            "POST",
            "/v1/chat/completions",
            body: Self.chat,
            port: replayer.port,
            silenceLimit: .milliseconds(300)
        )
        #expect(replayed.reading.end == .silence)
        #expect(replayed.reading.bytes == live.reading.bytes)
    }

    @Test("keeps what a client had that left while the upstream was silent, and does not replay it")
    func clientLeaves() throws {
        let folder = try TemporaryFolder()
        let cassette = folder.path("left.cassette")
        let upstream = try RawServer { client in
            guard client.receiveRequest() != nil else { return }
            client.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
            client.send("9\r\ndata: a\n\n\r\n")
            // Says nothing more until the recorder closes.
            _ = client.receive()
        }
        let recorder = try SimulatorProcess([
            "record", "--cassette", cassette, "--upstream", "http://127.0.0.1:\(upstream.port)/api/v1",
        ])
        defer { recorder.stop() }
        do {
            let client = try RawConnection(port: recorder.port)
            client.send(
                "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: \(Self.chat.utf8.count)\r\n\r\n\(Self.chat)"
            )
            _ = client.read { $0.firstRange(of: Array("data: a".utf8)) != nil }
            client.resetOnClose()
        }
        recorder.stop()
        let list = try SimulatorProcess.run(["cassette", "ls", cassette, "--json"])
        #expect(list.output.contains("\"completion\":\"client-left\""), "\(list.output)")

        let replayer = try SimulatorProcess(["replay", "--cassette", cassette])
        defer { replayer.stop() }
        let miss = try HTTPExchange("POST", "/v1/chat/completions", body: Self.chat, port: replayer.port)
        #expect(miss.status == 404)
        #expect(miss.body.contains("only_incomplete"), "\(miss.body)")
        let asked = try SimulatorProcess(["replay", "--cassette", cassette, "--include-incomplete"])
        defer { asked.stop() }
        let kept = try HTTPExchange("POST", "/v1/chat/completions", body: Self.chat, port: asked.port)
        #expect(kept.body == "data: a\n\n")
    }

    @Test("run gives a command its server and passes its exit status on")
    func run() throws {
        let print = "import os; print(os.environ['OPENROUTER_BASE_URL'], os.environ['ANTHROPIC_BASE_URL'])"
        let fine = try SimulatorProcess.run(["run", "--", "python3", "-c", print])
        #expect(fine.status == 0, "\(fine.errors)")
        let urls = fine.output.split(whereSeparator: \.isWhitespace)
        #expect(urls.count == 2 && urls[0].hasSuffix("/api/v1") && urls[1].hasSuffix("/api"), "\(fine.output)")
        #expect(try SimulatorProcess.run(["run", "--", "sh", "-c", "exit 7"]).status == 7)
        #expect(try SimulatorProcess.run(["run", "--", "sh", "-c", "kill -9 $$"]).status == 137)
        let example = SimulatorProcess.packageFolder.appendingPathComponent("cassettes/example.cassette").path
        let ask = """
            import os, urllib.request, urllib.error
            try: urllib.request.urlopen(os.environ['OPENROUTER_BASE_URL'] + '/models/count')
            except urllib.error.HTTPError as error: print(error.code)
            """
        let missed = try SimulatorProcess.run(["run", "--cassette", example, "--", "python3", "-c", ask])
        #expect(missed.output == "404\n")
        #expect(missed.status == 1, "\(missed.errors)")
    }

    @Test("stops when its parent does, if asked to")
    func parentWatch() throws {
        let folder = try TemporaryFolder()
        let ready = folder.path("ready.json")
        // The inner shell ends at once and leaves the server an orphan; cat ends when the server has closed the pipe.
        let server = "'\(SimulatorProcess.binary.path)' serve --port 0 --parent-watch --ready-file '\(ready)'"
        let script = "sh -c \"\(server) 2>&1 & while [ ! -s '\(ready)' ]; do :; done\" | cat > '\(folder.path("log"))'"
        let outcome = try SimulatorProcess.run("/bin/sh", ["-c", script])
        #expect(outcome.status == 0)
        let all = try String(contentsOfFile: folder.path("log"), encoding: .utf8)
        #expect(all.contains("served 0 answers"), "\(all)")
    }

    @Test("tells which upstream gave no answer, and records nothing", arguments: ["refused", "reset", "tls"])
    func upstreamFailure(kind: String) throws {
        let upstream = try RawServer { client in
            _ = client.receive()
            client.resetOnClose()
        }
        if kind == "refused" { upstream.stop() }
        let url = "\(kind == "tls" ? "https" : "http")://127.0.0.1:\(upstream.port)/api/v1"
        let folder = try TemporaryFolder()
        let cassette = folder.path("failure.cassette")
        let recorder = try SimulatorProcess(["record", "--cassette", cassette, "--upstream", url])
        defer { recorder.stop() }
        let exchange = try HTTPExchange("POST", "/api/v1/chat/completions", body: Self.chat, port: recorder.port)
        #expect(exchange.status == 502)
        #expect(exchange.body.contains("upstream \(url)"), "\(exchange.body)")
        #expect(exchange.body.contains("provider_unavailable"))
        recorder.stop()
        let list = try SimulatorProcess.run(["cassette", "ls", cassette, "--json"])
        #expect(list.output == "[]\n")
    }
}
