import Foundation
import OpenRouterAPI
import Synchronization
import TestSupport
import Testing

/// Clients of the recorder that leave in the middle of a large answer.
@Suite("Leaving in the middle of a large answer")
struct LeavingClientTests {
    private static let byteCount = 3 << 20

    @Test("The upstream's request is cancelled also while that is silent; what came is kept, and not replayed unasked")
    func silentUpstream() throws {
        let isCancelled = DispatchSemaphore(value: 0)
        let sent = Mutex<ContinuousClock.Instant?>(nil)
        let upstream = try RawServer { connection in
            guard connection.receiveRequest() != nil else { return }
            connection.send(
                "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: \(10 * Self.byteCount)\r\n\r\n"
            )
            connection.send([UInt8](repeating: 7, count: Self.byteCount))
            sent.withLock { $0 = .now }
            // Says nothing more, and waits for whoever asked to leave.
            while !connection.receive().isEmpty {}
            isCancelled.signal()
        }
        defer { upstream.stop() }
        let folder = try TemporaryFolder()
        let path = folder.path("a.cassette")
        let recorder = try SimulatorProcess([
            "record", "--cassette", path, "--upstream", "http://127.0.0.1:\(upstream.port)/api/v1",
        ])
        defer { recorder.stop() }
        do {
            let connection = try RawConnection(port: recorder.port)
            connection.send(
                "GET /api/v1/videos/a/content HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer sk-or-v1-t\r\n\r\n"
            )
            // By a reset, as of a process that is killed: a client that closes its half may wait for the rest.
            connection.resetOnClose()
            var count = 0
            while count < Self.byteCount {
                let more = connection.receive(upTo: 1 << 20)
                try #require(!more.isEmpty)
                count += more.count
            }
        }
        let left = ContinuousClock.now
        #expect(isCancelled.wait(timeout: .now() + 60) == .success)
        // After two seconds of silence a client has given up rather than left (docs/cassettes.md).
        let silence = left - (try #require(sent.withLock { $0 }))
        let ended = recorder.stop()
        #expect(ended.status == 0, "\(ended.errors)")
        let shown = try SimulatorProcess.run(["cassette", "ls", path, "--json"])
        let recordings = try JSONDocument(parsing: shown.output.utf8).root
        if silence < .seconds(1) {
            #expect(recordings[0]?["completion"]?.string == "client-left", "\(shown.output)")
            let replayer = try SimulatorProcess(["replay", "--cassette", path])
            defer { replayer.stop() }
            let exchange = try HTTPExchange("GET", "/api/v1/videos/a/content", port: replayer.port)
            #expect(exchange.status == 404)
            #expect(exchange.body.contains("only_incomplete"), "\(exchange.body)")
        }
        let replayer = try SimulatorProcess(["replay", "--cassette", path, "--include-incomplete"])
        defer { replayer.stop() }
        let connection = try RawConnection(port: replayer.port)
        connection.send("GET /api/v1/videos/a/content HTTP/1.1\r\nHost: h\r\n\r\n")
        let reading = connection.read(silenceLimit: .seconds(30)) { bytes in
            guard let head = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return false }
            return bytes.count - head.upperBound >= Self.byteCount
        }
        #expect(reading.end == .found)
        #expect(reading.bytes.last == 7)
    }
}
