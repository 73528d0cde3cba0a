internal import HTTPTypes
internal import NIOCore
internal import Playback
internal import Tapes
internal import Testing

@Suite("Draining", .timeLimit(.minutes(2)))
struct DrainTests {
    private static let request = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"

    @Test("A slow stream is played to its end, then the connection is closed in order")
    func slowStream() async throws {
        let tape = Tape.chunked([Frame("a"), Frame(gap: .milliseconds(60), "b")])
        try await PlaybackServer.run(StubResponder.tape(tape)) { server in
            let client = try server.connect()
            try await client.send(Self.request)
            _ = try await client.receive(until: "\r\na\r\n")
            await server.drain()
            let rest = try await client.receiveToEnd()
            #expect(rest.text == "1\r\nb\r\n0\r\n\r\n")
            #expect(rest.end == .endOfFile)
        }
    }

    @Test("An idle connection is closed at once, new or used", arguments: [false, true])
    func idle(isUsed: Bool) async throws {
        try await PlaybackServer.run { server in
            let client = try server.connect()
            if isUsed {
                try await client.send(Self.request)
                _ = try await client.receiveResponse()
            }
            await server.drain()
            let rest = try await client.receiveToEnd()
            #expect(rest.text.isEmpty)
            #expect(rest.end == .endOfFile)
        }
    }

    @Test("A stalled connection is closed")
    func stalled() async throws {
        try await PlaybackServer.run(StubResponder.tape(.sized("abc", ending: .stall))) { server in
            let client = try server.connect()
            try await client.send(Self.request)
            _ = try await client.receiveResponse()
            await server.drain()
            let rest = try await client.receiveToEnd()
            #expect(rest.text.isEmpty)
            #expect(rest.end == .endOfFile)
        }
    }

    @Test("A tape that would stall is closed when it gets there")
    func stallsLater() async throws {
        let tape = Tape.chunked([Frame("a"), Frame(gap: .milliseconds(40), "b")], ending: .stall)
        try await PlaybackServer.run(StubResponder.tape(tape)) { server in
            let client = try server.connect()
            try await client.send(Self.request)
            _ = try await client.receive(until: "\r\na\r\n")
            await server.drain()
            let rest = try await client.receiveToEnd()
            #expect(rest.text == "1\r\nb\r\n")
            #expect(rest.end == .endOfFile)
        }
    }

    @Test("A request that has come in full is answered, although its answer is still being made")
    func answerInTheMaking() async throws {
        let gate = Gate()
        let responder = StubResponder { request in
            Reply(
                .later {
                    await gate.wait()
                    return .tape(.echo(request))
                }
            )
        }
        try await PlaybackServer.run(responder) { server in
            let client = try server.connect()
            try await client.send(Self.request)
            await responder.asked()
            await server.drain()
            #expect(try await client.isSilent())
            gate.open()
            #expect(try await client.receiveResponse().text == "GET /a")
            let rest = try await client.receiveToEnd()
            #expect(rest.text.isEmpty)
            #expect(rest.end == .endOfFile)
        }
    }

    @Test("A live answer goes on to its end")
    func live() async throws {
        let (events, input) = AsyncStream.makeStream(of: LiveTape.Event.self)
        let head = ResponseHead(status: .ok, fields: [.transferEncoding: "chunked"])
        let responder = StubResponder { _ in
            Reply(.now(.live(LiveTape(head: head, events: events, origin: .server))))
        }
        try await PlaybackServer.run(responder) { server in
            let client = try server.connect()
            try await client.send(Self.request)
            _ = try await client.receive(until: "\r\n\r\n")
            await server.drain()
            #expect(try await client.isSilent())
            input.yield(.body(ByteBuffer(string: "abc"), .whole))
            input.yield(.end(.complete, trailers: [:]))
            let rest = try await client.receiveToEnd()
            #expect(rest.text == "3\r\nabc\r\n0\r\n\r\n")
            #expect(rest.end == .endOfFile)
        }
    }
}
