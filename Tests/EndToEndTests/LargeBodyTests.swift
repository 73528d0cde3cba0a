import Foundation
import Synchronization
import TestSupport
import Testing

/// Answers that are too large for memory, recorded and replayed by the real program.
@Suite("Large answers", .timeLimit(.minutes(10)))
struct LargeBodyTests {
    /// Larger than what eight clients may cost, so that it shows when it is held.
    private static let byteCount = 48 << 20
    /// Enough to be read in pieces.
    private static let smallByteCount = 6 << 20
    /// Repeated over and over; no multiple of any piece.
    private static let pattern: [UInt8] = {
        var random = SplitMix(seed: 11)
        return (0..<(1 << 20) + 3).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }()
    private static let doubled = pattern + pattern

    let folder: TestSupport.TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("large.cassette")
    }

    /// Whether bytes are those that stand at a place of the body.
    private static func isRight(_ bytes: [UInt8], at offset: Int) -> Bool {
        let start = offset % pattern.count
        return doubled.withUnsafeBytes { doubled in
            guard let body = doubled.baseAddress else { return false }
            return memcmp(body + start, bytes, bytes.count) == 0
        }
    }

    /// An upstream that sends the body, in chunks of 100,000 bytes or in one go.
    private static func upstream(_ byteCount: Int, isChunked: Bool) throws -> RawServer {
        try RawServer { client in
            while client.receiveRequest() != nil {
                let framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(byteCount)"
                client.send("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\(framing)\r\n\r\n")
                var offset = 0
                while offset < byteCount {
                    let count = min(100_000, byteCount - offset)
                    let start = offset % pattern.count
                    if isChunked { client.send(String(count, radix: 16) + "\r\n") }
                    guard client.send(doubled[start..<start + count]) else { return }
                    if isChunked { client.send("\r\n") }
                    offset += count
                }
                if isChunked { client.send("0\r\n\r\n") }
            }
        }
    }

    private static let fields = "Host: h\r\nAuthorization: Bearer sk-or-v1-test\r\n"

    /// How much of the body came right, of a body without chunks, and how the connection ended.
    private static func receive(_ byteCount: Int, _ connection: RawConnection) -> (count: Int, isRight: Bool) {
        var head: [UInt8] = []
        let blankLine = Array("\r\n\r\n".utf8)
        while head.firstRange(of: blankLine) == nil {
            let more = connection.receive(upTo: 1)
            guard !more.isEmpty else { return (0, false) }
            head += more
        }
        var (count, isRight) = (0, String(decoding: head, as: UTF8.self).hasPrefix("HTTP/1.1 200"))
        while count < byteCount {
            let more = connection.receive(upTo: 1 << 19)
            guard !more.isEmpty else { break }
            isRight = isRight && Self.isRight(more, at: count)
            count += more.count
        }
        return (count, isRight)
    }

    /// Asks for the body on so many connections at once.
    private static func ask(_ clientCount: Int, _ byteCount: Int, port: Int) throws -> [(count: Int, isRight: Bool)] {
        let results = Mutex<[(count: Int, isRight: Bool)]>([])
        let group = DispatchGroup()
        for _ in 0..<clientCount {
            let connection = try RawConnection(port: port)
            connection.send("GET /api/v1/videos/a/content HTTP/1.1\r\n\(fields)\r\n")
            group.enter()
            Thread.detachNewThread {
                let result = receive(byteCount, connection)
                results.withLock { $0.append(result) }
                group.leave()
            }
        }
        group.wait()
        return results.withLock { $0 }
    }

    /// The answer as it is on the wire.
    private static func receiveToEnd(port: Int) throws -> [UInt8] {
        let connection = try RawConnection(port: port)
        connection.send("GET /api/v1/videos/a/content HTTP/1.1\r\n\(fields)Connection: close\r\n\r\n")
        var bytes: [UInt8] = []
        while true {
            let more = connection.receive(upTo: 1 << 20)
            if more.isEmpty { return bytes }
            bytes += more
        }
    }

    private func record(_ byteCount: Int, isChunked: Bool) throws {
        let upstream = try Self.upstream(byteCount, isChunked: isChunked)
        defer { upstream.stop() }
        let recorder = try SimulatorProcess([
            "record", "--cassette", path, "--upstream", "http://127.0.0.1:\(upstream.port)/api/v1",
        ])
        defer { recorder.stop() }
        if isChunked {
            let bytes = try Self.receiveToEnd(port: recorder.port)
            try #require(bytes.suffix(7).elementsEqual("\r\n0\r\n\r\n".utf8))
        } else {
            let results = try Self.ask(1, byteCount, port: recorder.port)
            #expect(results[0].count == byteCount && results[0].isRight)
        }
        let ended = recorder.stop()
        #expect(ended.status == 0, "\(ended.errors)")
    }

    #if os(Linux)
    /// The most memory that the process has had resident, in bytes (proc_pid_status(5)).
    private static func peakByteCount(_ process: SimulatorProcess) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(Int(line.filter(\.isNumber))) << 10
    }

    @Test("are replayed to many clients at once, and memory stays below one of them")
    func memory() throws {
        try record(Self.byteCount, isChunked: false)
        let replayer = try SimulatorProcess(["replay", "--cassette", path])
        defer { replayer.stop() }
        let idle = try Self.peakByteCount(replayer)
        for result in try Self.ask(8, Self.byteCount, port: replayer.port) {
            #expect(result.count == Self.byteCount && result.isRight)
        }
        let growth = try Self.peakByteCount(replayer) - idle
        #expect(growth < Self.byteCount / 2, "\(growth >> 20) MiB more")
    }
    #endif

    @Test("that are damaged never reach a client in full: told before the first byte, or broken off and logged")
    func damage() throws {
        try record(Self.smallByteCount, isChunked: false)
        let replayer = try SimulatorProcess(["replay", "--cassette", path])
        defer { replayer.stop() }
        let results = try Self.ask(1, Self.smallByteCount, port: replayer.port)
        #expect(results[0].count == Self.smallByteCount && results[0].isRight)
        // The disk changes a bit in the middle, where there are only pages of the body, while the file is open.
        let url = URL(filePath: path)
        let file = try FileHandle(forUpdating: url)
        try file.seek(toOffset: UInt64(Self.smallByteCount / 2 + 2000))
        let byte = try #require(try file.read(upToCount: 1)).first ?? 0
        try file.seek(toOffset: UInt64(Self.smallByteCount / 2 + 2000))
        try file.write(contentsOf: [byte ^ 1])
        try file.close()
        let broken = try Self.ask(1, Self.smallByteCount, port: replayer.port)[0]
        #expect(broken.count < Self.smallByteCount)
        let ended = replayer.stop()
        #expect(
            ended.errors.contains("interaction 1 is damaged: the hash of a body does not match its bytes"),
            "\(ended.errors)"
        )
        // Whoever reads it first hears of it at once.
        let next = try SimulatorProcess(["replay", "--cassette", path])
        defer { next.stop() }
        let exchange = try HTTPExchange("GET", "/api/v1/videos/a/content", port: next.port, silenceLimit: .seconds(60))
        #expect(exchange.status == 500)
        #expect(exchange.body.contains("the hash of a body does not match its bytes"))
    }

    @Test("keep their chunks, take faults, and come over HTTP/2")
    func forms() throws {
        try record(Self.smallByteCount, isChunked: true)
        let replayer = try SimulatorProcess(["replay", "--cassette", path])
        defer { replayer.stop() }
        // Head, then chunks as the upstream sent them.
        var expected = 0
        for _ in 0..<Self.smallByteCount / 100_000 { expected += 100_000 + "186a0\r\n\r\n".utf8.count }
        let rest = Self.smallByteCount % 100_000
        expected += rest + String(rest, radix: 16).utf8.count + "\r\n\r\n0\r\n\r\n".utf8.count
        let bytes = try Self.receiveToEnd(port: replayer.port)
        let start = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8))).upperBound
        #expect(bytes.count - start == expected)
        #expect(bytes[start..<start + 7].elementsEqual("186a0\r\n".utf8))
        #expect(Self.isRight(Array(bytes[start + 7..<start + 100_007]), at: 0))
        #expect(bytes.suffix(7).elementsEqual("\r\n0\r\n\r\n".utf8))
        // HTTP/2, by a client of its own; what it does not have it does not show.
        let curl = try SimulatorProcess.run(
            "/usr/bin/env",
            [
                "curl", "--silent", "--http2-prior-knowledge", "--max-time", "300", "--output", folder.path("body"),
                "--header", "Authorization: Bearer sk-or-v1-test", replayer.baseURL + "/videos/a/content",
            ]
        )
        #expect(curl.status == 0)
        let body = try [UInt8](Data(contentsOf: URL(filePath: folder.path("body"))))
        #expect(body.count == Self.smallByteCount)
        var offset = 0
        while offset < body.count {
            let part = Array(body[offset..<min(body.count, offset + 1 << 20)])
            #expect(Self.isRight(part, at: offset))
            offset += part.count
        }
        // Faults change the whole answer.
        let set = try HTTPExchange(
            "POST",
            "/_sim/faults",
            body: #"{"faults":[{"limit_data":{"bytes":3000000,"ending":"close"}}]}"#,
            port: replayer.port
        )
        #expect(set.status == 200, "\(set.body)")
        let cut = try HTTPExchange("GET", "/api/v1/videos/a/content", port: replayer.port, silenceLimit: .seconds(60))
        #expect(cut.chunks.reduce(0) { $0 + $1.count } == 3_000_000)
    }
}
