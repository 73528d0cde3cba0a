import Foundation
import TestSupport
import Testing

/// What an upstream does on the wire comes through the recorder, and out of the cassette again.
@Suite("Recorded and replayed wire")
struct WireTests {
    /// An upstream's answer, by the byte.
    struct Script: Sendable, CustomTestStringConvertible {
        var name: String
        /// The recorded and replayed ending that a client sees.
        var end: RawConnection.End
        var answer: @Sendable (RawConnection) -> Void

        var testDescription: String { name }

        static let head = "HTTP/1.1 200 Fine By Me\r\nContent-Type: text/event-stream\r\nX-Odd-CASE: a  b\r\n"

        static func chunk(_ bytes: some Collection<UInt8>) -> [UInt8] {
            Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [13, 10]
        }

        static func chunk(_ text: String) -> [UInt8] { chunk(Array(text.utf8)) }
    }

    static let scripts: [Script] = [
        Script(name: "chunks inside a UTF-8 character and inside data:", end: .found) { client in
            client.send(Script.head + "Transfer-Encoding: chunked\r\n\r\n")
            let emoji = Array("😀".utf8)
            for piece in [
                Array("da".utf8), Array("ta: {\"x\":\"".utf8) + emoji[..<2], emoji[2...] + Array("\"}\n\n".utf8),
                Array(": OPENROUTER PROCESSING\n\n".utf8), Array("data: [DONE]\n\n".utf8),
            ] {
                client.send(Script.chunk(piece))
                client.pause(milliseconds: 5)
            }
            client.send("0\r\n\r\n")
        },
        Script(name: "a chunk that comes in two pieces", end: .found) { client in
            client.send(Script.head + "Transfer-Encoding: chunked\r\n\r\n")
            client.send("1388\r\n" + String(repeating: "a", count: 2000))
            client.pause(milliseconds: 30)
            client.send(String(repeating: "b", count: 3000) + "\r\n3;ext=1\r\nend\r\n0\r\n\r\n")
        },
        Script(name: "a large chunk", end: .found) { client in
            client.send(Script.head + "Transfer-Encoding: chunked\r\n\r\n")
            client.send(Script.chunk([UInt8](repeating: 7, count: 300_000)))
            client.send(Script.chunk("tail"))
            client.send("0\r\n\r\n")
        },
        Script(name: "trailers", end: .found) { client in
            client.send(Script.head + "Trailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n")
            client.send(Script.chunk("data: [DONE]\n\n"))
            client.send("0\r\nX-Sum: 12\r\n\r\n")
        },
        Script(name: "a close inside a chunk", end: .closed) { client in
            client.send(Script.head + "Transfer-Encoding: chunked\r\n\r\n")
            client.send(Script.chunk("data: one\n\n"))
            client.send("100\r\nabc")
            client.pause(milliseconds: 20)
        },
        Script(name: "a close between chunks", end: .closed) { client in
            client.send(Script.head + "Transfer-Encoding: chunked\r\n\r\n")
            client.send(Script.chunk("data: one\n\n"))
            client.pause(milliseconds: 20)
        },
        Script(name: "a reset", end: .reset) { client in
            client.send(Script.head + "Transfer-Encoding: chunked\r\n\r\n")
            client.send(Script.chunk("data: one\n\n"))
            client.pause(milliseconds: 40)
            client.resetOnClose()
        },
        Script(name: "a body shorter than its length", end: .closed) { client in
            client.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{\"a\":1")
            client.pause(milliseconds: 20)
        },
        Script(name: "a body that ends with the connection", end: .closed) { client in
            client.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nhello")
            client.pause(milliseconds: 20)
            client.send(" world")
        },
        Script(name: "an error with Retry-After", end: .found) { client in
            let body = "{\"error\":{\"message\":\"Rate limit exceeded\",\"code\":429}}"
            client.send(
                "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 17\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            )
        },
        Script(name: "no content", end: .found) { client in
            client.send("HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n")
        },
        Script(name: "an HTML error page", end: .found) { client in
            let body = "<html><h1>502</h1></html>"
            client.send(
                "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            )
        },
        Script(name: "header bytes that are no UTF-8", end: .found) { client in
            client.send("HTTP/1.1 200 OK\r\nX-Latin: ".utf8 + [0xE9] + "\r\nContent-Length: 2\r\n\r\nok".utf8)
        },
    ]

    @Test("are the upstream's bytes, and end as it ended", arguments: scripts)
    func sameBytes(script: Script) throws {
        let upstream = try RawServer { client in
            while client.receiveRequest() != nil {
                script.answer(client)
                guard script.end == .found else { return }
            }
        }
        let direct = try exchange(port: upstream.port)
        let folder = try TemporaryFolder()
        let cassette = folder.path("wire.cassette")
        let recorder = try SimulatorProcess([
            "record", "--cassette", cassette, "--upstream", "http://127.0.0.1:\(upstream.port)/api/v1",
        ])
        defer { recorder.stop() }
        let live = try exchange(port: recorder.port)
        #expect(live.reading.end == script.end)
        #expect(live.head == direct.head)
        #expect(live.chunks == direct.chunks)
        #expect(recorder.stop().status == 0)
        upstream.stop()

        let verified = try SimulatorProcess.run(["cassette", "verify", cassette])
        #expect(verified.status == 0, "\(verified.output)")
        for timing in ["instant", "recorded"] {
            let replayer = try SimulatorProcess(["replay", "--cassette", cassette, "--timing", timing])
            defer { replayer.stop() }
            let replayed = try exchange(port: replayer.port)
            #expect(replayed.reading.end == script.end, "\(timing)")
            #expect(replayed.reading.bytes == live.reading.bytes, "\(timing)")
        }
    }

    @Test("keep their time to 25 ms a chunk with --timing recorded, and lose it without")
    func timing() throws {
        let gaps: [Int32] = [0, 60, 120, 30, 200]
        let upstream = try RawServer { client in
            while client.receiveRequest() != nil {
                client.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
                for gap in gaps {
                    client.pause(milliseconds: gap)
                    client.send(Script.chunk("data: \(gap)\n\n"))
                }
                client.send("0\r\n\r\n")
            }
        }
        let folder = try TemporaryFolder()
        let cassette = folder.path("wire.cassette")
        let recorder = try SimulatorProcess([
            "record", "--cassette", cassette, "--upstream", "http://127.0.0.1:\(upstream.port)/api/v1",
        ])
        defer { recorder.stop() }
        _ = try exchange(port: recorder.port)
        recorder.stop()

        // The tape's own gaps are compared, not this machine's scheduling: what was recorded is what the upstream did.
        let shown = try SimulatorProcess.run(["cassette", "show", cassette, "--json"])
        let recordings = try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [[String: Any]]
        let answer = recordings?.first?["answer"] as? [String: Any]
        let frames = answer?["frames"] as? [[String: Any]] ?? []
        #expect(frames.count == gaps.count)
        // Counted from the request, a late reading can only add: no event is recorded before it was sent.
        var recorded = (answer?["head_us"] as? Int ?? 0) / 1000
        var sent = 0
        for (frame, gap) in zip(frames, gaps) {
            recorded += (frame["gap_us"] as? Int ?? 0) / 1000
            sent += Int(gap)
            #expect(recorded >= sent - 5, "\(recorded) ms for \(sent) ms")
        }

        let replayer = try SimulatorProcess(["replay", "--cassette", cassette, "--timing", "recorded"])
        defer { replayer.stop() }
        let start = ContinuousClock.now
        let paced = try exchange(port: replayer.port)
        #expect(ContinuousClock.now - start >= .milliseconds(400))
        #expect(paced.chunks.count == gaps.count)
        // Absolute deadlines: counted from before the request, an event never comes early.
        let arrivals = gaps.indices.map { index in
            let text = Array("data: \(gaps[index])\n\n".utf8)
            var all: [UInt8] = []
            for piece in paced.reading.pieces {
                all += piece.bytes
                if all.firstRange(of: text) != nil { return paced.reading.startedAt - start + piece.at }
            }
            return Duration.zero
        }
        var due = Duration.microseconds(answer?["head_us"] as? Int ?? 0)
        for (frame, arrival) in zip(frames, arrivals) {
            due += .microseconds(frame["gap_us"] as? Int ?? 0)
            #expect(arrival >= due - .milliseconds(25))
        }
    }

    private func exchange(port: Int) throws -> HTTPExchange {
        try HTTPExchange(
            "POST",
            "/api/v1/chat/completions",
            body:
                "{\"model\":\"openai/gpt-4o-mini\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
            port: port
        )
    }
}
