internal import HTTPTypes
internal import NIOCore
internal import NIOEmbedded
internal import Playback
internal import Tapes
internal import Testing

@Suite("Timeouts")
struct TimeoutTests {
    /// A connection in virtual time: 15 s for a head, 60 s of silence in a body, 90 s between requests.
    private struct Connection {
        let channel = EmbeddedChannel()

        init(_ responder: StubResponder = .echo()) throws {
            try PlaybackPipeline.configure(channel, configuration: PlaybackConfiguration(), responder: responder)
            try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        }

        func receive(_ text: String) throws {
            try channel.writeInbound(ByteBuffer(string: text))
        }

        func advance(_ seconds: Int64) {
            channel.embeddedEventLoop.advanceTime(by: .seconds(seconds))
        }

        /// What has been sent since the last call.
        func sent() throws -> String {
            var text = ""
            while var bytes = try channel.readOutbound(as: ByteBuffer.self) {
                text += bytes.readString(length: bytes.readableBytes) ?? ""
            }
            return text
        }
    }

    private static let timeout = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 7\r\nConnection: close\r\n\r\ntimeout"

    @Test("A head that never ends is given up 15 seconds after its first byte, whatever drips in")
    func head() throws {
        let connection = try Connection()
        connection.advance(60)
        for text in ["G", "ET / HTT", "P/1.1\r\n"] {
            try connection.receive(text)
            connection.advance(4)
        }
        connection.advance(2)
        #expect(try connection.sent().isEmpty)
        connection.advance(1)
        #expect(try connection.sent() == Self.timeout)
        #expect(!connection.channel.isActive)
    }

    @Test("A body is given up after 60 seconds of silence, however long it takes altogether")
    func body() throws {
        let connection = try Connection()
        try connection.receive("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\n")
        for _ in 0..<20 {
            connection.advance(59)
            try connection.receive("x")
        }
        connection.advance(59)
        #expect(try connection.sent().isEmpty)
        #expect(connection.channel.isActive)
        connection.advance(1)
        #expect(try connection.sent() == Self.timeout)
        #expect(!connection.channel.isActive)
    }

    @Test("An idle connection is closed after 90 seconds without a word", arguments: [false, true])
    func idle(isUsed: Bool) throws {
        let connection = try Connection()
        if isUsed {
            connection.advance(80)
            try connection.receive("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try connection.sent().hasSuffix("GET /a"))
        }
        connection.advance(89)
        #expect(connection.channel.isActive)
        connection.advance(1)
        #expect(!connection.channel.isActive)
        #expect(try connection.sent().isEmpty)
    }

    @Test("Answers take as long as they like, and idling counts from their end")
    func answering() throws {
        let tape = Tape.chunked([Frame(gap: .seconds(3600), "a"), Frame(gap: .seconds(7200), "b")])
        let connection = try Connection(.tape(tape))
        try connection.receive("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try connection.sent() == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        connection.advance(3599)
        #expect(try connection.sent().isEmpty)
        connection.advance(1)
        #expect(try connection.sent() == "1\r\na\r\n")
        connection.advance(7199)
        #expect(try connection.sent().isEmpty)
        connection.advance(1)
        #expect(try connection.sent() == "1\r\nb\r\n0\r\n\r\n")
        connection.advance(89)
        #expect(connection.channel.isActive)
        // While an answer is played the timer looks every five seconds.
        connection.advance(6)
        #expect(!connection.channel.isActive)
    }

    @Test("A stall has no limit, and neither have requests sent into it", arguments: ["200 a~", "~", "200 a-----~"])
    func stall(diagram: String) throws {
        let connection = try Connection(.tape(try Tape(diagram: diagram, tick: .seconds(100))))
        try connection.receive("GET /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\nGET /c HT")
        connection.advance(1000)
        try connection.receive("GET /d HTTP/1.1\r\nHost: h\r\n\r\nGET /e HT")
        connection.advance(100_000)
        #expect(connection.channel.isActive)
        let expected = diagram == "~" ? "" : "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n"
        #expect(try connection.sent() == expected)
    }

    @Test("The rest of a request behind one that is being answered is waited for as well")
    func pipelined() throws {
        let connection = try Connection(.tape(.chunked([Frame(gap: .seconds(100), "a")])))
        try connection.receive(
            "GET /a HTTP/1.1\r\nHost: h\r\n\r\nPOST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\n"
        )
        // The body is given up after 60 seconds, but what was asked before is answered first.
        connection.advance(99)
        #expect(try connection.sent() == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        connection.advance(1)
        #expect(try connection.sent() == "1\r\na\r\n0\r\n\r\n" + Self.timeout)
        #expect(!connection.channel.isActive)
    }

    @Test("A late write does not move the later ones")
    func lateness() throws {
        let tape = Tape.chunked([Frame(gap: .seconds(10), "a"), Frame(gap: .seconds(10), "b")])
        let connection = try Connection(.tape(tape))
        try connection.receive("GET /a HTTP/1.1\r\nHost: h\r\n\r\n")
        _ = try connection.sent()
        // The first is held up for six seconds by a client that does not read.
        connection.channel.isWritable = false
        connection.advance(16)
        #expect(try connection.sent().isEmpty)
        connection.channel.isWritable = true
        connection.channel.pipeline.fireChannelWritabilityChanged()
        #expect(try connection.sent() == "1\r\na\r\n")
        connection.advance(3)
        #expect(try connection.sent().isEmpty)
        connection.advance(1)
        #expect(try connection.sent() == "1\r\nb\r\n0\r\n\r\n")
    }

    @Test(
        "On the wire, 408 is an answer",
        arguments: ["GET /a HTTP/1.1\r\nHo", "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhel"]
    )
    func onTheWire(request: String) async throws {
        var configuration = PlaybackConfiguration()
        configuration.headTimeout = .milliseconds(60)
        configuration.bodyTimeout = .milliseconds(60)
        // Long enough for a busy machine to send a first byte.
        configuration.idleTimeout = .seconds(60)
        try await PlaybackServer.run(configuration: configuration) { server in
            let client = try server.connect()
            try await client.send(request)
            let received = try await client.receiveToEnd()
            #expect(received.text == Self.timeout)
            #expect(received.end == .endOfFile)
        }
    }

    @Test("On the wire, an idle end is no answer")
    func idleOnTheWire() async throws {
        var configuration = PlaybackConfiguration()
        configuration.idleTimeout = .milliseconds(60)
        try await PlaybackServer.run(configuration: configuration) { server in
            let received = try await server.connect().receiveToEnd()
            #expect(received.text.isEmpty)
            #expect(received.end == .endOfFile)
        }
    }
}
