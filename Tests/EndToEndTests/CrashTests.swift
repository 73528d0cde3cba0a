import Foundation
import Synchronization
import TestSupport
import Testing

/// A recorder that dies must not take with it what a client has had.
@Suite("Killed recorder")
struct CrashTests {
    /// Answers that clients have had in full, by request.
    private final class Received: Sendable {
        private let answers = Mutex<[Int: String]>([:])

        var all: [Int: String] { answers.withLock { $0 } }

        /// - Returns: how many there are now.
        func add(_ number: Int, _ body: String) -> Int {
            answers.withLock { answers in
                answers[number] = body
                return answers.count
            }
        }
    }

    static let roundCount = 20

    @Test("loses no answer that a client has had in full, 20 times over", arguments: 0..<roundCount)
    func survivesKill(round: Int) throws {
        let upstream = try RawServer { client in
            while let request = client.receiveRequest() {
                let number = request.bodyText.filter(\.isNumber)
                client.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
                for event in ["one \(number)", "two", "three", "[DONE]"] {
                    client.pause(milliseconds: 1)
                    let data = "data: \(event)\n\n"
                    guard client.send("\(String(data.utf8.count, radix: 16))\r\n\(data)\r\n") else { return }
                }
                client.send("0\r\n\r\n")
            }
        }
        let folder = try TemporaryFolder()
        let cassette = folder.path("crash.cassette")
        let recorder = try SimulatorProcess([
            "record", "--cassette", cassette, "--upstream", "http://127.0.0.1:\(upstream.port)/api/v1",
        ])
        defer { recorder.stop() }
        let received = Received()
        // Every round dies at another place: after more answers, and at another moment of the streams then under way.
        let limit = 5 + round * 3
        let group = DispatchGroup()
        for worker in 0..<6 {
            group.enter()
            Thread.detachNewThread {
                defer { group.leave() }
                var number = worker
                while let body = Self.ask(number, port: recorder.port) {
                    if received.add(number, body) >= limit { recorder.kill(SIGKILL) }
                    number += 6
                }
            }
        }
        group.wait()

        let had = received.all
        #expect(had.count >= limit)
        let verified = try SimulatorProcess.run(["cassette", "verify", cassette])
        #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
        let replayer = try SimulatorProcess(["replay", "--cassette", cassette])
        defer { replayer.stop() }
        for (number, body) in had {
            #expect(Self.ask(number, port: replayer.port) == body, "request \(number)")
        }
    }

    /// The answer if it came in full: with its `[DONE]`, whatever came after.
    private static func ask(_ number: Int, port: Int) -> String? {
        guard
            let exchange = try? HTTPExchange("POST", "/api/v1/chat/completions", body: "{\"n\":\(number)}", port: port),
            exchange.status == 200, exchange.body.contains("data: [DONE]\n\n")
        else { return nil }
        return exchange.body
    }
}
