internal import HTTPTypes
internal import NIOCore
internal import Playback
internal import Tapes
internal import Testing

@Suite("Answers on the wire", .timeLimit(.minutes(2)))
struct AnswersOnTheWireTests {
    private static let request = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"
    private static let chunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test(
        "Each ending is seen as what it is",
        arguments: [
            (.chunked([Frame("ab"), Frame("c")], ending: .close), chunkedHead + "2\r\nab\r\n1\r\nc\r\n", .endOfFile),
            (.chunked([Frame("ab"), Frame("c")], ending: .reset), chunkedHead + "2\r\nab\r\n1\r\nc\r\n", .reset),
            (.chunked([], ending: .close), chunkedHead, .endOfFile),
            (.sized("abc", ending: .close), "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", .endOfFile),
            (.sized("abc", ending: .reset), "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", .reset),
            (
                Tape(head: ResponseHead(status: .ok), frames: [Frame("abc")], ending: .close, origin: .server),
                "HTTP/1.1 200 OK\r\n\r\nabc", .endOfFile
            ),
            (
                Tape(head: ResponseHead(status: .ok), frames: [Frame("abc")], origin: .server),
                "HTTP/1.1 200 OK\r\n\r\nabc", .endOfFile
            ),
            // No head
            (Tape(head: nil, ending: .close, origin: .server), "", .endOfFile),
            (Tape(head: nil, ending: .reset, origin: .server), "", .reset),
            (
                Tape(head: nil, frames: [Frame("SSH-2.0\r\n")], ending: .close, origin: .server), "SSH-2.0\r\n",
                .endOfFile
            ),
            (Tape(head: nil, frames: [Frame("HTTP/1.1 2")], ending: .reset, origin: .server), "HTTP/1.1 2", .reset),
            (Tape(head: nil, frames: [Frame("\r\n")], origin: .server), "\r\n", .endOfFile),
        ] as [(Tape, String, RawClient.End)]
    )
    func endings(tape: Tape, text: String, end: RawClient.End) async throws {
        let observer = StubObserver()
        try await PlaybackServer.run(StubResponder.tape(tape, observer: observer)) { server in
            let client = try server.connect()
            try await client.send(Self.request)
            let received = try await client.receiveToEnd()
            #expect(received.text == text)
            #expect(received.end == end)
            let report = await observer.report()
            #expect(report?.outcome == .played)
            #expect(report?.byteCount == text.utf8.count)
        }
    }

    @Test("A stall is silence with the socket open, until the client leaves", arguments: ["200 ab~", "~", "'H'~"])
    func stall(diagram: String) async throws {
        let tape = try Tape(diagram: diagram, tick: .milliseconds(1))
        let observer = StubObserver()
        try await PlaybackServer.run(StubResponder.tape(tape, observer: observer)) { server in
            let client = try server.connect()
            try await client.send(Self.request)
            let text = WireEncoder.lower(tape, for: .usual).writes.map { String(buffer: $0.bytes) }.joined()
            #expect(String(decoding: try await client.receive(count: text.utf8.count), as: UTF8.self) == text)
            // Another request does not wake it.
            try await client.send(Self.request)
            #expect(try await client.isSilent(milliseconds: 100))
            client.finishSending()
            let rest = try await client.receiveToEnd()
            #expect(rest.text.isEmpty)
            #expect(rest.end == .endOfFile)
            // It was the client who ended it.
            #expect(await observer.report()?.outcome == .cancelled)
            try await server.connectionIsClosed()
        }
    }

    @Test("All bytes before a reset arrive, also many and slowly", arguments: [false, true])
    func bytesBeforeReset(isSlow: Bool) async throws {
        let bytes = Tape.pattern(byteCount: 8 << 20)
        let tape = Tape(
            head: ResponseHead(status: .ok, fields: [.contentLength: "\(bytes.count)"]),
            frames: [Frame(bytes: ByteBuffer(bytes: bytes))],
            ending: .reset,
            origin: .server
        )
        try await PlaybackServer.run(StubResponder.tape(tape)) { server in
            let client = try server.connect(receiveBufferByteCount: isSlow ? 16384 : nil)
            try await client.send(Self.request)
            _ = try await client.receive(until: "\r\n\r\n")
            let received = try await client.receiveBytesToEnd(atMost: isSlow ? 20000 : 65536)
            #expect(received.bytes.count == bytes.count)
            #expect(firstDifference(received.bytes, bytes) == nil)
            #expect(received.end == .reset)
        }
    }

    @Test("Chunks arrive as on the tape, also when they cut a character or a field name of an event")
    func chunkBoundaries() async throws {
        let euro = Array("€".utf8)
        let frames = [
            Frame("da"), Frame("ta: "), Frame(bytes: ByteBuffer(bytes: euro[..<1])),
            Frame(bytes: ByteBuffer(bytes: euro[1...])), Frame("\n"), Frame("\nd"), Frame("ata: x\n\n"),
        ]
        try await PlaybackServer.run(StubResponder.tape(.chunked(frames))) { server in
            let client = try server.connect()
            for _ in 0..<2 {
                try await client.send(Self.request)
                let response = try await client.receiveResponse()
                #expect(response.chunkSizes == [2, 4, 1, 2, 1, 2, 8])
                #expect(response.text == "data: €\n\ndata: x\n\n")
            }
        }
    }

    @Test("Paced frames arrive one by one, none before its time")
    func pacing() async throws {
        let gap = Duration.milliseconds(40)
        var tape = Tape.chunked([Frame(gap: gap, "a"), Frame(gap: gap, "b"), Frame(gap: gap, "c")])
        tape.headGap = gap
        tape.endingGap = gap
        let observer = StubObserver()
        try await PlaybackServer.run(StubResponder.tape(tape, observer: observer)) { server in
            let client = try server.connect()
            let clock = ContinuousClock()
            let start = clock.now
            try await client.send(Self.request)
            let parts = [Self.chunkedHead, "1\r\na\r\n", "1\r\nb\r\n", "1\r\nc\r\n", "0\r\n\r\n"]
            for (index, part) in parts.enumerated() {
                let bytes = try await client.receive(count: part.utf8.count)
                let elapsed = clock.now - start
                #expect(String(decoding: bytes, as: UTF8.self) == part)
                #expect(elapsed >= gap * (index + 1) - .milliseconds(5), "part \(index) after \(elapsed)")
            }
            // A busy loop may send several parts together, but none of them early.
            var sentByteCount = 0
            for send in await observer.report()?.sends ?? [] {
                sentByteCount += send.byteCount
                let dueCount = Int((send.at + .milliseconds(1)) / gap)
                let dueByteCount = parts.prefix(dueCount).reduce(0) { $0 + $1.utf8.count }
                #expect(sentByteCount <= dueByteCount, "at \(send.at)")
            }
            #expect(sentByteCount == parts.reduce(0) { $0 + $1.utf8.count })
        }
    }

    @Test("A client that does not read stops the server, and then gets everything", arguments: [false, true])
    func backPressure(isLive: Bool) async throws {
        let pieceByteCount = 1 << 20
        let bytes = Tape.pattern(byteCount: 24 * pieceByteCount)
        let head = ResponseHead(status: .ok, fields: [.contentLength: "\(bytes.count)"])
        let observer = StubObserver()
        let tape = Tape(head: head, frames: [Frame(bytes: ByteBuffer(bytes: bytes))], origin: .server)
        let responder = StubResponder { _ in
            guard isLive else { return Reply(.now(.tape(tape)), observer: observer) }
            let (events, input) = AsyncStream.makeStream(of: LiveTape.Event.self)
            for start in stride(from: 0, to: bytes.count, by: pieceByteCount) {
                input.yield(.body(ByteBuffer(bytes: bytes[start..<start + pieceByteCount]), .whole))
            }
            input.yield(.end(.complete, trailers: [:]))
            return Reply(.now(.live(LiveTape(head: head, events: events, origin: .server))), observer: observer)
        }
        try await PlaybackServer.run(responder) { server in
            let client = try server.connect(receiveBufferByteCount: 65536)
            try await client.send(Self.request)
            _ = try await client.receive(until: "\r\n\r\n")
            // The kernel's buffers are full when what is pending stays the same.
            var pending = 0
            var same = 0
            while same < 5 {
                try await client.pause(milliseconds: 10)
                let now = try await server.pendingByteCount()
                same = now == pending && now > 0 ? same + 1 : 0
                pending = now
            }
            let limit = isLive ? pieceByteCount : WireEncoder.writeByteLimit + 65536
            #expect(pending <= limit, "pending \(pending)")
            let received = try await client.receive(count: bytes.count)
            #expect(firstDifference(received, bytes) == nil)
            #expect(await observer.report()?.outcome == .played)
            try await client.send(Self.request)
            _ = try await client.receive(until: "\r\n\r\n")
        }
    }

    @Test(
        "A client that leaves in the middle is reported, with how much went out",
        arguments: ["big", "paced", "closing"]
    )
    func clientLeaves(kind: String) async throws {
        let byteCount = 32 << 20
        var tape = Tape.sized("", ending: .complete)
        tape.head?.fields[.contentLength] = "\(byteCount)"
        tape.frames = [Frame(bytes: ByteBuffer(repeating: 0x61, count: kind == "paced" ? 1000 : byteCount))]
        if kind == "paced" { tape.frames.append(Frame(gap: .seconds(600), "never")) }
        if kind == "closing" {
            // All that is left when the client goes is in NIO's hands already.
            tape.frames = [Frame(bytes: ByteBuffer(repeating: 0x61, count: 8 << 20))]
            tape.head?.fields[.connection] = "close"
        }
        let observer = StubObserver()
        try await PlaybackServer.run(StubResponder.tape(tape, observer: observer)) { server in
            let client = try server.connect(receiveBufferByteCount: 65536)
            try await client.send(Self.request)
            let head = try await client.receive(until: "\r\n\r\n")
            _ = try await client.receive(count: 1000)
            client.reset()
            let report = await observer.report()
            #expect(report?.outcome == .cancelled)
            let sent = report?.byteCount ?? 0
            if kind == "paced" {
                #expect(sent == head.utf8.count + 1000)
            } else {
                #expect(sent >= head.utf8.count + 1000)
                #expect(sent < byteCount)
            }
            try await server.connectionIsClosed()
        }
    }

    @Test("A client that leaves while its answer is made is reported as well")
    func clientLeavesBeforeAnswer() async throws {
        let gate = Gate()
        let observer = StubObserver()
        let responder = StubResponder { request in
            Reply(
                .later {
                    await gate.wait()
                    return .tape(.echo(request))
                },
                observer: observer
            )
        }
        try await PlaybackServer.run(responder) { server in
            let client = try server.connect()
            try await client.send(Self.request)
            await responder.asked()
            client.reset()
            try await server.connectionIsClosed()
            gate.open()
            #expect(await observer.report() == PlaybackReport(outcome: .cancelled))
            #expect(observer.begunCount == 0)
        }
    }

    @Test("Bytes that are still on their way out are not lost when the client closes its half")
    func halfClosedAtTheEnd() async throws {
        let bytes = Tape.pattern(byteCount: 8 << 20)
        let head = ResponseHead(status: .ok, fields: [.contentLength: "\(bytes.count)", .connection: "close"])
        for ending in [Ending.complete, .close, .reset] {
            let tape = Tape(
                head: head,
                frames: [Frame(bytes: ByteBuffer(bytes: bytes))],
                ending: ending,
                origin: .server
            )
            try await PlaybackServer.run(StubResponder.tape(tape)) { server in
                let client = try server.connect(receiveBufferByteCount: 65536)
                try await client.send(Self.request)
                _ = try await client.receive(until: "\r\n\r\n")
                var received: [UInt8] = []
                // Somewhere on the way everything has been written and waits for the kernel; close there, at the latest.
                while received.count < bytes.count {
                    received += try await client.receive(atMost: 100_000).bytes
                    if received.count > bytes.count / 8 { client.finishSending() }
                }
                #expect(firstDifference(received, bytes) == nil, "\(ending)")
                let end = try await client.receiveToEnd().end
                #expect(end == (ending == .reset ? .reset : .endOfFile), "\(ending)")
            }
        }
    }
}
