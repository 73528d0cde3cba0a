internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP2
internal import Playback
internal import Tapes
internal import Testing

@Suite("HTTP/2 on the wire", .timeLimit(.minutes(2)))
struct StreamsOnTheWireTests {
    private static func lines(of tape: Tape, until last: String, method: String = "GET") async throws -> [String] {
        try await lines(of: StubResponder.tape(tape), until: last, method: method)
    }

    private static func lines(
        of responder: StubResponder,
        until last: String,
        method: String = "GET"
    ) async throws -> [String] {
        try await PlaybackServer.run(responder) { server in
            let client = try await StreamClient(port: server.port)
            try await client.request(1, method)
            return await client.receive(until: last)
        }
    }

    @Test("The preface on a plain port is enough, whole or in pieces, and TLS offers the protocol")
    func beginnings() async throws {
        let certificate = try Certificate()
        var encrypted = PlaybackConfiguration()
        try encrypted.loadTLS(certificateFile: certificate.certificateFile, keyFile: certificate.keyFile)
        let expected = ["1 200 content-length=6", "1 data GET /a", "1 end"]
        #expect(try await Self.lines(of: .echo(), until: "end") == expected)
        try await PlaybackServer.run(configuration: encrypted) { server in
            let client = try await StreamClient(port: server.port, protocols: ["h2", "http/1.1"])
            try await client.request(1)
            #expect(await client.receive(until: "end") == expected)
        }
        try await PlaybackServer.run { server in
            let raw = try server.connect()
            for byte in "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" {
                try await raw.send(String(byte))
                if byte == "\n" || byte == "2" { try await raw.pause(milliseconds: 2) }
            }
            // An empty SETTINGS frame; ours comes first, then the acknowledgement.
            try await raw.send(bytes: [0, 0, 0, 4, 0, 0, 0, 0, 0])
            let settings = try await raw.receiveFrame { $0.type == 4 }
            #expect(settings.flags == 0 && !settings.payload.isEmpty)
        }
    }

    @Test("Where HTTP/2 is not offered its preface is no request, and TLS offers HTTP/1.1 alone")
    func notOffered() async throws {
        let certificate = try Certificate()
        var plain = PlaybackConfiguration()
        plain.offersHTTP2 = false
        var encrypted = plain
        try encrypted.loadTLS(certificateFile: certificate.certificateFile, keyFile: certificate.keyFile)
        try await PlaybackServer.run(configuration: plain) { server in
            let raw = try server.connect()
            try await raw.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
            #expect(try await raw.receiveResponse().summary == "400 closing malformed HTTP request")
        }
        try await PlaybackServer.run(configuration: encrypted) { server in
            let client = try await TLSClient(port: server.port, protocols: ["h2", "http/1.1"])
            try await client.send("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            #expect(String(decoding: await client.receiveToEnd().bytes, as: UTF8.self).hasSuffix("GET /a"))
        }
    }

    @Test("Body bytes that look like the end of the connection are body bytes")
    func goAwayInBody() async throws {
        let frame = ByteBuffer(bytes: [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])
        let tape = Tape.chunked([Frame(bytes: frame), Frame(gap: .milliseconds(1), "b")])
        #expect(try await Self.lines(of: tape, until: "end").suffix(2) == ["1 data b", "1 end"])
    }

    @Test("A request has its method, target, fields and body; cookies are one field, the authority is the host")
    func request() async throws {
        let responder = StubResponder.echo()
        try await PlaybackServer.run(responder) { server in
            let client = try await StreamClient(port: server.port)
            let fields = [("cookie", "a=1"), ("x-b", "2"), ("cookie", "c=3"), ("content-length", "5")]
            try await client.request(1, "POST", "/p?q=1", fields, body: "hel", endsStream: false)
            try await client.body(1, "lo")
            #expect(await client.receive(until: "end")[1] == "1 data POST /p?q=1 hello")
        }
        let request = try #require(responder.requests.first)
        #expect(
            request.fields.map { "\($0.name.rawName): \($0.value)" } == [
                "host: h", "x-b: 2", "content-length: 5", "cookie: a=1; c=3",
            ]
        )
    }

    @Test("Frames of one moment share a DATA frame, unless the answer has faults, and the last one ends the stream")
    func frames() async throws {
        let tape = Tape.chunked([Frame("a"), Frame("bc"), Frame(gap: .milliseconds(1), "d")])
        #expect(try await Self.lines(of: tape, until: "end") == ["1 200", "1 data abc", "1 data d", "1 end"])
        let altered = StubResponder { _ in Reply(.now(.altered(AlteredTape(tape)))) }
        #expect(
            try await Self.lines(of: altered, until: "end") == ["1 200", "1 data a", "1 data bc", "1 data d", "1 end"]
        )
    }

    @Test("Trailers end the stream, a gap before the end is kept, and HEAD has no body")
    func shapes() async throws {
        var tape = Tape.chunked([Frame("a")])
        tape.endingGap = .milliseconds(1)
        #expect(try await Self.lines(of: tape, until: "end") == ["1 200", "1 data a", "1 end"])
        tape.trailers = [HTTPField.Name("X-Sum")!: "9"]
        #expect(try await Self.lines(of: tape, until: "end") == ["1 200", "1 data a", "1 x-sum=9", "1 end"])
        let head = try await Self.lines(of: .sized("abc"), until: "end", method: "HEAD")
        #expect(head == ["1 200 content-length=3", "1 end"])
        #expect(try await Self.lines(of: .sized("", status: 204), until: "end") == ["1 204 content-length=0", "1 end"])
    }

    @Test("What is of a connection of HTTP/1 is left out")
    func connectionFields() async throws {
        var tape = Tape.chunked([Frame("a")])
        tape.head?.fields[.connection] = "close, X-Hop"
        tape.head?.fields[HTTPField.Name("Keep-Alive")!] = "timeout=5"
        tape.head?.fields[HTTPField.Name("X-Hop")!] = "1"
        tape.head?.fields[HTTPField.Name("X-Kept")!] = "2"
        #expect(try await Self.lines(of: tape, until: "end") == ["1 200 x-kept=2", "1 data a", "1 end"])
    }

    @Test("A body that ends with the connection ends with the stream")
    func untilClose() async throws {
        let tape = Tape(head: ResponseHead(status: .ok), frames: [Frame("abc")], ending: .close, origin: .server)
        #expect(try await Self.lines(of: tape, until: "end") == ["1 200", "1 data abc", "1 end"])
    }

    @Test(
        "Each ending is the one that a stream has, after every byte",
        arguments: [
            (Ending.close, ["1 200", "32768 bytes", "1 reset INTERNAL_ERROR"]),
            (.complete, ["1 200", "32768 bytes", "1 end"]),
        ]
    )
    func endings(ending: Ending, lines: [String]) async throws {
        let observer = StubObserver()
        let frame = Frame(bytes: ByteBuffer(bytes: Tape.pattern(byteCount: 32_768)))
        let responder = StubResponder.tape(.chunked([frame], ending: ending), observer: observer)
        let last = try #require(lines.last)
        try await PlaybackServer.run(responder) { server in
            let client = try await StreamClient(port: server.port)
            try await client.request(1)
            #expect(await client.receiveSum(until: last) == lines)
        }
        let report = await observer.report()
        #expect(report?.outcome == .played)
        #expect(report?.byteCount == 32_768)
    }

    @Test("A reset is one of the connection, after every byte; also before the head, and of a live answer")
    func resets() async throws {
        let frame = Frame(bytes: ByteBuffer(bytes: Tape.pattern(byteCount: 32_768)))
        let head = ResponseHead(status: .ok, fields: [.transferEncoding: "chunked"])
        let (events, input) = AsyncStream.makeStream(of: LiveTape.Event.self)
        input.yield(.body(ByteBuffer(string: "abc"), .whole))
        input.yield(.end(.reset, trailers: [:]))
        let answers: [(Answer, Int)] = [
            (.tape(.chunked([frame], ending: .reset)), 32_768),
            (.tape(Tape(head: nil, ending: .reset, origin: .server)), 0),
            (.live(LiveTape(head: head, events: events, origin: .server)), 3),
        ]
        for (answer, byteCount) in answers {
            let observer = StubObserver()
            let responder = StubResponder { _ in Reply(.now(answer), observer: observer) }
            try await PlaybackServer.run(responder) { server in
                // A client that writes when the reset has come would hear of it there, and lose what it has not read.
                let raw = try server.connect()
                try await raw.beginHTTP2()
                try await raw.request(streams: [1])
                let (frames, end) = try await raw.receiveFramesToEnd()
                let content = frames.filter { $0.stream == 1 && $0.type == 0 }
                #expect(content.reduce(0) { $0 + $1.payload.count } == byteCount)
                #expect(!frames.contains { $0.type == 3 || $0.type == 7 })
                #expect(end == .reset)
            }
            let report = await observer.report()
            #expect(report?.outcome == .played)
            #expect(report?.byteCount == byteCount)
        }
    }

    @Test("Endings before the head: the stream is reset, garbage is a protocol error")
    func headless() async throws {
        let cut = Tape(head: nil, ending: .close, origin: .server)
        #expect(try await Self.lines(of: cut, until: "ERROR") == ["1 reset INTERNAL_ERROR"])
        let garbage = Tape(head: nil, frames: [Frame("garbage")], ending: .close, origin: .server)
        #expect(try await Self.lines(of: garbage, until: "ERROR") == ["1 reset PROTOCOL_ERROR"])
    }

    @Test("A cut stream leaves the others alone, and silence is silence")
    func neighbors() async throws {
        let responder = StubResponder { request in
            switch request.target.path {
            case "/cut": Reply(.now(.tape(.chunked([Frame("a")], ending: .close))))
            case "/stall": Reply(.now(.tape(.chunked([Frame("a")], ending: .stall))))
            default: Reply(.now(.tape(.echo(request))))
            }
        }
        try await PlaybackServer.run(responder) { server in
            let client = try await StreamClient(port: server.port)
            try await client.request(1, "GET", "/stall")
            #expect(await client.receive(count: 2) == ["1 200", "1 data a"])
            try await client.request(3, "GET", "/cut")
            #expect(await client.receive(count: 3) == ["3 200", "3 data a", "3 reset INTERNAL_ERROR"])
            try await client.request(5, "GET", "/b")
            #expect(await client.receive(count: 3) == ["5 200 content-length=6", "5 data GET /b", "5 end"])
        }
    }

    @Test("A client that waits for 100 Continue gets it, then its answer")
    func expectation() async throws {
        try await PlaybackServer.run { server in
            let client = try await StreamClient(port: server.port)
            try await client.request(1, "POST", "/a", [("expect", "100-continue")], endsStream: false)
            #expect(await client.receive(count: 1) == ["1 100"])
            try await client.body(1, "hello")
            #expect(await client.receive(until: "end")[1] == "1 data POST /a hello")
        }
    }

    @Test("Compressed bodies are undone")
    func compression() async throws {
        // `printf hello | gzip -n`
        let bytes: [UInt8] = [
            0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 7, 0, 0x86, 0xA6, 0x10, 0x36, 5, 0, 0, 0,
        ]
        try await PlaybackServer.run { server in
            let client = try await StreamClient(port: server.port)
            try await client.request(1, "POST", "/a", [("content-encoding", "gzip")], endsStream: false)
            try await client.send(1, .data(.init(data: .byteBuffer(ByteBuffer(bytes: bytes)), endStream: true)))
            #expect(await client.receive(until: "end")[1] == "1 data POST /a hello")
        }
    }

    @Test("A live answer has its frames, trailers and endings")
    func live() async throws {
        let head = ResponseHead(status: .ok, fields: [.transferEncoding: "chunked"])
        for (ending, trailers, last) in [
            (.complete, [:], ["1 end"]),
            (.complete, [HTTPField.Name("X-Sum")!: "9"], ["1 x-sum=9", "1 end"]),
            (.close, [:], ["1 reset INTERNAL_ERROR"]),
        ] as [(Ending, HTTPFields, [String])] {
            let responder = StubResponder { _ in
                let (events, input) = AsyncStream.makeStream(of: LiveTape.Event.self)
                input.yield(.body(ByteBuffer(string: "ab"), .whole))
                input.yield(.body(ByteBuffer(string: "c"), .whole))
                input.yield(.end(ending, trailers: trailers))
                return Reply(.now(.live(LiveTape(head: head, events: events, origin: .server))))
            }
            let lines = try await Self.lines(of: responder, until: try #require(last.last))
            #expect(lines == ["1 200", "1 data ab", "1 data c"] + last)
        }
    }
}
