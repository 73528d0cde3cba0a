internal import HTTPTypes
internal import NIOCore
internal import Playback
internal import Tapes
internal import Testing

@Suite("TLS", .timeLimit(.minutes(2)))
struct TLSTests {
    private static let request = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"
    private static let closing = "GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"

    private static func configuration() throws -> PlaybackConfiguration {
        let certificate = try Certificate()
        var configuration = PlaybackConfiguration()
        try configuration.loadTLS(certificateFile: certificate.certificateFile, keyFile: certificate.keyFile)
        return configuration
    }

    @Test("A regular end says goodbye with close_notify, a cut and a reset do not")
    func endings() async throws {
        let configuration = try Self.configuration()
        let untilClose = Tape(head: ResponseHead(status: .ok), frames: [Frame("abc")], ending: .close, origin: .server)
        for (name, request, tape, text, end) in [
            ("complete", Self.closing, .sized("abc"), "\r\nConnection: close\r\n\r\nabc", .closeNotify),
            ("until close", Self.request, untilClose, "\r\n\r\nabc", .closeNotify),
            ("cut", Self.request, .chunked([Frame("abc")], ending: .close), "3\r\nabc\r\n", .cut),
            ("reset", Self.request, .chunked([Frame("abc")], ending: .reset), "3\r\nabc\r\n", .reset),
            ("cut before any head", Self.request, Tape(head: nil, ending: .close, origin: .server), "", .cut),
        ] as [(String, String, Tape, String, TLSClient.End)] {
            try await PlaybackServer.run(StubResponder.tape(tape), configuration: configuration) { server in
                let client = try await TLSClient(port: server.port)
                try await client.send(request)
                let received = await client.receiveToEnd()
                #expect(String(decoding: received.bytes, as: UTF8.self).hasSuffix(text), "\(name)")
                #expect(received.end == end, "\(name)")
                client.close()
            }
        }
    }

    @Test("Live answers end in the same ways")
    func liveEndings() async throws {
        let configuration = try Self.configuration()
        let untilClose = ResponseHead(status: .ok)
        let chunked = ResponseHead(status: .ok, fields: [.transferEncoding: "chunked"])
        for (name, head, ending, end) in [
            ("until close", untilClose, .close, .closeNotify),
            ("cut", chunked, .close, .cut),
            ("reset", chunked, .reset, .reset),
        ] as [(String, ResponseHead, Ending, TLSClient.End)] {
            let responder = StubResponder { _ in
                let (events, input) = AsyncStream.makeStream(of: LiveTape.Event.self)
                input.yield(.body(ByteBuffer(string: "abc"), .whole))
                input.yield(.end(ending, trailers: [:]))
                return Reply(.now(.live(LiveTape(head: head, events: events, origin: .server))))
            }
            try await PlaybackServer.run(responder, configuration: configuration) { server in
                let client = try await TLSClient(port: server.port)
                try await client.send(Self.request)
                #expect(await client.receiveToEnd().end == end, "\(name)")
                client.close()
            }
        }
    }

    @Test("Many bytes arrive before each ending", arguments: [Ending.complete, .close, .reset])
    func manyBytes(ending: Ending) async throws {
        let bytes = Tape.pattern(byteCount: 4 << 20)
        let tape = Tape(
            head: ResponseHead(status: .ok, fields: [.contentLength: "\(bytes.count)"]),
            frames: [Frame(bytes: ByteBuffer(bytes: bytes))],
            ending: ending,
            origin: .server
        )
        let observer = StubObserver()
        let responder = StubResponder.tape(tape, observer: observer)
        try await PlaybackServer.run(responder, configuration: try Self.configuration()) { server in
            let client = try await TLSClient(port: server.port)
            try await client.send(Self.closing)
            let received = await client.receiveToEnd()
            #expect(firstDifference(Array(received.bytes.suffix(bytes.count)), bytes) == nil)
            let ends: [Ending: TLSClient.End] = [.complete: .closeNotify, .close: .cut, .reset: .reset]
            #expect(received.end == ends[ending])
            #expect(await observer.report()?.outcome == .played)
            client.close()
        }
    }

    @Test("Draining says goodbye to an idle connection")
    func drain() async throws {
        let responder = StubResponder.echo()
        try await PlaybackServer.run(responder, configuration: try Self.configuration()) { server in
            let client = try await TLSClient(port: server.port)
            try await client.send(Self.request)
            await responder.asked()
            await server.drain()
            let received = await client.receiveToEnd()
            #expect(String(decoding: received.bytes, as: UTF8.self).hasSuffix("GET /a"))
            #expect(received.end == .closeNotify)
            client.close()
        }
    }

    @Test("A client that speaks no TLS gets no answer in the clear")
    func plainClient() async throws {
        try await PlaybackServer.run(configuration: try Self.configuration()) { server in
            let client = try server.connect()
            try await client.send(Self.request)
            #expect(try await client.receiveToEnd().text.contains("HTTP/1.1 2") == false)
        }
    }
}
