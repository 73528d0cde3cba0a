internal import HTTPTypes
internal import NIOCore
internal import Playback
internal import Synchronization
internal import Tapes
internal import Testing

@Suite("Live answers on the wire", .timeLimit(.minutes(2)))
struct LiveAnswersOnTheWireTests {
    private static let request = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"
    private static let chunked = ResponseHead(status: .ok, fields: [.transferEncoding: "chunked"])

    /// An answer that a test makes as it goes.
    private struct Live {
        let responder: StubResponder
        let input: AsyncStream<LiveTape.Event>.Continuation
        let observer = StubObserver()

        init(_ head: ResponseHead = chunked) {
            let (events, input) = AsyncStream.makeStream(of: LiveTape.Event.self)
            self.input = input
            let observer = observer
            let isFirst = Mutex(true)
            responder = StubResponder { request in
                let wasFirst = isFirst.withLock { isFirst in
                    defer { isFirst = false }
                    return isFirst
                }
                guard wasFirst else { return Reply(.now(.tape(.echo(request)))) }
                return Reply(.now(.live(LiveTape(head: head, events: events, origin: .server))), observer: observer)
            }
        }
    }

    @Test("Frames arrive as they are yielded, then the trailers, and the connection stays")
    func frames() async throws {
        let live = Live()
        let trailer = try #require(HTTPField.Name("x-usage"))
        try await PlaybackServer.run(live.responder) { server in
            let client = try server.connect()
            try await client.send(Self.request)
            _ = try await client.receive(until: "\r\n\r\n")
            for text in ["a", "bc", "€"] {
                #expect(try await client.isSilent(milliseconds: 5))
                live.input.yield(.body(ByteBuffer(string: text), .whole))
                let chunk = String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n"
                #expect(String(decoding: try await client.receive(count: chunk.utf8.count), as: UTF8.self) == chunk)
            }
            live.input.yield(.body(ByteBuffer(), .whole))
            #expect(try await client.isSilent(milliseconds: 20))
            live.input.yield(.end(.complete, trailers: [trailer: "7"]))
            #expect(try await client.receive(until: "\r\n\r\n") == "0\r\nx-usage: 7\r\n\r\n")
            let report = await live.observer.report()
            #expect(report?.outcome == .played)
            #expect(report?.byteCount == 47 + 6 + 7 + 8 + 5 + 12)
            try await client.send("GET /again HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try await client.receiveResponse().text == "GET /again")
        }
    }

    @Test("Pieces of a chunk arrive as pieces of a chunk")
    func pieces() async throws {
        let live = Live()
        try await PlaybackServer.run(live.responder) { server in
            let client = try server.connect()
            try await client.send(Self.request)
            _ = try await client.receive(until: "\r\n\r\n")
            live.input.yield(.body(ByteBuffer(string: "ab"), .start(byteCount: 4)))
            #expect(try await client.receive(count: 5) == Array("4\r\nab".utf8))
            #expect(try await client.isSilent(milliseconds: 5))
            live.input.yield(.body(ByteBuffer(string: "cd"), .rest))
            #expect(try await client.receive(count: 4) == Array("cd\r\n".utf8))
            live.input.yield(.end(.close, trailers: [:]))
            #expect(try await client.receiveToEnd().end == .endOfFile)
        }
    }

    @Test(
        "A live answer ends as it is told to, or with a reset when its maker goes without a word",
        arguments: [
            (Ending.close, RawClient.End.endOfFile), (.reset, .reset), (.stall, nil), (nil, .reset),
        ] as [(Ending?, RawClient.End?)]
    )
    func endings(ending: Ending?, end: RawClient.End?) async throws {
        let live = Live()
        try await PlaybackServer.run(live.responder) { server in
            let client = try server.connect()
            try await client.send(Self.request)
            live.input.yield(.body(ByteBuffer(string: "abc"), .whole))
            if let ending { live.input.yield(.end(ending, trailers: [:])) }
            live.input.finish()
            _ = try await client.receive(until: "\r\n\r\n")
            #expect(try await client.receive(count: 8) == Array("3\r\nabc\r\n".utf8))
            if let end {
                let rest = try await client.receiveToEnd()
                #expect(rest.text.isEmpty)
                #expect(rest.end == end)
            } else {
                #expect(try await client.isSilent(milliseconds: 100))
            }
            #expect(await live.observer.report()?.outcome == .played)
        }
    }

    @Test(
        "A head without a length is answered in the framing of the client",
        arguments: [("GET", "1.1", "200  abc"), ("GET", "1.0", "200 closing abc"), ("HEAD", "1.1", "200  ")]
    )
    func framings(method: String, version: String, summary: String) async throws {
        let live = Live(ResponseHead(version: .http2, status: .ok))
        try await PlaybackServer.run(live.responder) { server in
            let client = try server.connect()
            try await client.send("\(method) /a HTTP/\(version)\r\nHost: h\r\n\r\n")
            live.input.yield(.body(ByteBuffer(string: "abc"), .whole))
            live.input.yield(.end(.complete, trailers: [:]))
            var response = try await client.receiveResponse(isHead: method == "HEAD")
            if version == "1.0" { response.body = Array(try await client.receiveToEnd().text.utf8) }
            #expect(response.summary == summary.replacing("  ", with: " "))
        }
    }

    @Test("A client that leaves is reported at once, and its maker hears of it with the next bytes")
    func clientLeaves() async throws {
        let gate = Gate()
        let observer = StubObserver()
        let (makerEnds, makerEnd) = AsyncStream.makeStream(of: Bool.self)
        let live = LiveTape(head: Self.chunked, origin: .server) { stage in
            do throws(ClientGoneError) {
                try await stage.send(ByteBuffer(string: "abc"), .whole)
                await gate.wait()
                try await stage.send(ByteBuffer(string: "never"), .whole)
                makerEnd.yield(false)
            } catch {
                makerEnd.yield(true)
            }
        }
        let responder = StubResponder { _ in Reply(.now(.live(live)), observer: observer) }
        try await PlaybackServer.run(responder) { server in
            let client = try server.connect()
            try await client.send(Self.request)
            let head = try await client.receive(until: "\r\n\r\n")
            _ = try await client.receive(count: 8)
            client.reset()
            try await server.connectionIsClosed()
            // The maker is still silent.
            let report = await observer.report()
            #expect(report?.outcome == .cancelled)
            #expect(report?.byteCount == head.utf8.count + 8)
            gate.open()
            var iterator = makerEnds.makeAsyncIterator()
            #expect(await iterator.next() == true)
        }
    }
}
