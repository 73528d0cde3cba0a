internal import HTTPTypes
internal import NIOCore
internal import NIOEmbedded
internal import Playback
internal import Tapes
internal import Testing

@Suite("Requests on the wire", .timeLimit(.minutes(2)))
struct RequestsOnTheWireTests {
    static var configuration: PlaybackConfiguration {
        var configuration = PlaybackConfiguration.patient
        configuration.bodyByteLimit = 100
        configuration.headByteLimit = 600
        return configuration
    }

    @Test("What is sent gets its answers, and then the connection is as it should be", arguments: Conversation.table)
    func table(conversation: Conversation) async throws {
        try await PlaybackServer.run(configuration: Self.configuration) { server in
            let client = try server.connect()
            try await client.send(conversation.request)
            try await expect(conversation, client)
        }
    }

    @Test("Byte by byte it is the same", arguments: Conversation.table.filter { $0.request.utf8.count < 250 })
    func byteByByte(conversation: Conversation) async throws {
        try await PlaybackServer.run(configuration: Self.configuration) { server in
            let client = try server.connect()
            // A refusal may come, and the connection end, before all is sent.
            for byte in conversation.request.utf8 { try? await client.send(bytes: [byte]) }
            try await expect(conversation, client)
        }
    }

    private func expect(_ conversation: Conversation, _ client: RawClient) async throws {
        var answers: [String] = []
        for _ in conversation.answers { answers.append(try await client.receiveResponse().summary) }
        #expect(answers.map { $0.trimmingSuffix(" ") } == conversation.answers.map { $0.trimmingSuffix(" ") })
        if conversation.staysOpen {
            #expect(try await client.isSilent(milliseconds: 5))
            try await client.send("GET /again HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try await client.receiveResponse().summary == "200 GET /again")
        } else {
            let rest = try await client.receiveToEnd()
            #expect(rest.text.isEmpty)
            #expect(rest.end == .endOfFile)
        }
    }

    @Test("A HEAD request gets the head alone, and the connection stays in step")
    func head() async throws {
        try await PlaybackServer.run { server in
            let client = try server.connect()
            try await client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n")
            let first = try await client.receiveResponse(isHead: true)
            #expect(first.field("content-length") == "7")
            #expect(try await client.receiveResponse().summary == "200 GET /b")
        }
    }

    @Test("100 Continue comes before the body is sent, and only once")
    func expectation() async throws {
        try await PlaybackServer.run { server in
            let client = try server.connect()
            try await client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            #expect(try await client.isSilent())
            try await client.send("hello")
            #expect(try await client.receiveResponse().summary == "200 POST /a hello")
        }
    }

    @Test("A client that is still sending its body can read why it was refused")
    func refusedWhileSending() async throws {
        var configuration = PlaybackConfiguration()
        configuration.bodyByteLimit = 1000
        // How long the server waits for the client is not what is asked here, and this client may be slow.
        configuration.lingerLimit = .seconds(120)
        try await PlaybackServer.run(configuration: configuration) { server in
            let client = try server.connect()
            try await client.send("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4000000\r\n\r\n")
            for _ in 0..<40 { try await client.send(bytes: [UInt8](repeating: 0x61, count: 100_000)) }
            #expect(try await client.receiveResponse().summary == "413 closing over 1000")
            let rest = try await client.receiveToEnd()
            #expect(rest.text.isEmpty)
            #expect(rest.end == .endOfFile)
        }
    }

    @Test("Every split of a pipelined pair of requests gives the same answers")
    func splits() async throws {
        let request = Array(
            """
            POST /a?b HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc\
            POST /c HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nde\r\n1\r\nf\r\n0\r\n\r\n
            """.utf8
        )
        let expected = ["200 POST /a?b abc", "200 POST /c def"]
        try await PlaybackServer.run { server in
            for split in 1..<request.count {
                let client = try server.connect()
                try await client.send(bytes: Array(request[..<split]))
                // Time for the first part to arrive alone; the same splits without a kernel are tested below.
                _ = try await client.isSilent(milliseconds: 1)
                try await client.send(bytes: Array(request[split...]))
                var answers: [String] = []
                for _ in 0..<2 { answers.append(try await client.receiveResponse().summary) }
                #expect(answers == expected, "split at \(split)")
            }
        }
    }

    @Test("Every split of the same pair within the pipeline, and every pair of splits of its heads")
    func splitsInProcess() throws {
        let request =
            "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx"
            + "POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n1\r\ny\r\n0\r\n\r\n"
        let bytes = Array(request.utf8)
        let expected =
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nPOST /a x"
            + "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nPOST /b y"
        for first in 1..<bytes.count {
            for second in stride(from: first, to: bytes.count, by: 5) {
                let channel = EmbeddedChannel()
                try PlaybackPipeline.configure(
                    channel,
                    configuration: PlaybackConfiguration(),
                    responder: StubResponder.echo()
                )
                try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
                for part in [bytes[..<first], bytes[first..<second], bytes[second...]] where !part.isEmpty {
                    try channel.writeInbound(ByteBuffer(bytes: part))
                }
                var answers = ""
                while let answer = try channel.readOutbound(as: ByteBuffer.self) { answers += String(buffer: answer) }
                #expect(answers == expected, "splits at \(first) and \(second)")
                _ = try channel.finish()
            }
        }
    }

    @Test("Header fields arrive in their order and letter case")
    func fields() async throws {
        let responder = StubResponder.echo()
        try await PlaybackServer.run(responder) { server in
            let client = try server.connect()
            try await client.send("GET /a HTTP/1.1\r\nHost: h\r\nX-B: 1\r\nx-a:  2 \r\nX-B: 3\r\n\r\n")
            _ = try await client.receiveResponse()
            let fields = responder.requests[0].fields.map { "\($0.name.rawName)=\($0.value)" }
            #expect(fields == ["Host=h", "X-B=1", "x-a=2", "X-B=3"])
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
