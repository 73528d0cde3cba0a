internal import HTTPTypes
internal import NIOCore
internal import Playback
internal import Tapes
internal import Testing

@Suite("Answers that are read while they are played", .timeLimit(.minutes(2)))
struct StoredAnswersOnTheWireTests {
    private static let request = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"

    /// Three pieces of 256 KiB, of one chunk and one byte more, so that the chunk goes over the pieces.
    private static let pieceByteCount = StoredTape.pieceByteLimit
    private static let pieces: [[Frame]] = [
        [Frame(bytes: bytes(1), chunk: .start(byteCount: 2 * pieceByteCount))],
        [Frame(bytes: bytes(2), chunk: .rest), Frame("!")],
        [Frame(bytes: bytes(3))],
    ]
    private static let bodyByteCount = 3 * pieceByteCount + 1

    private static func bytes(_ seed: UInt8) -> ByteBuffer {
        ByteBuffer(bytes: (0..<pieceByteCount).map { UInt8(truncatingIfNeeded: $0 >> 8) &+ seed })
    }

    private static func outline(_ fields: HTTPFields, _ ending: Ending = .complete) -> Tape {
        Tape(head: ResponseHead(status: .ok, fields: fields), ending: ending, origin: .server)
    }

    private static func responder(
        _ outline: Tape,
        _ reading: StubReading = StubReading(pieces),
        observer: StubObserver? = nil
    ) -> StubResponder {
        StubResponder { request in
            guard request.target.path == "/a" else { return Reply(.now(.tape(.echo(request)))) }
            let stored = StoredTape(outline, reading, bodyByteCount: bodyByteCount)
            return Reply(.now(.stored(stored)), observer: observer)
        }
    }

    /// The same answer from memory.
    private static func whole(_ outline: Tape) -> [UInt8] {
        var tape = outline
        tape.frames = pieces.flatMap { $0 }
        return WireEncoder.lower(tape, for: .usual).writes.flatMap { Array($0.bytes.readableBytesView) }
    }

    private static let chunked: HTTPFields = [.transferEncoding: "chunked"]
    private static let sized: HTTPFields = [.contentLength: "\(bodyByteCount)"]
    private static let longer: HTTPFields = [.contentLength: "9999999"]

    @Test(
        "The bytes are those of the whole tape, in each framing and with each ending",
        arguments: [
            (chunked, Ending.complete, RawClient.End.endOfFile), (sized, .complete, .endOfFile),
            (HTTPFields(), .close, .endOfFile), (chunked, .close, .endOfFile), (longer, .reset, .reset),
        ]
    )
    func framings(fields: HTTPFields, ending: Ending, end: RawClient.End) async throws {
        let outline = Self.outline(fields, ending)
        try await PlaybackServer.run(Self.responder(outline)) { server in
            let client = try server.connect()
            // What comes behind it is answered on the same connection, where that stays.
            try await client.send(Self.request + "GET /b HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            let (bytes, ended) = try await client.receiveBytesToEnd()
            let expected = Self.whole(outline)
            // A reset may take with it what was not yet read.
            let came = end == .reset ? min(bytes.count, expected.count) : expected.count
            #expect(firstDifference(Array(bytes.prefix(came)), Array(expected.prefix(came))) == nil)
            let rest = String(decoding: bytes.dropFirst(expected.count), as: UTF8.self)
            #expect(rest.hasSuffix("GET /b") == (ending == .complete))
            #expect(ended == end)
        }
    }

    @Test("Not more is read than a slow client takes, and the rest when it goes on")
    func slowClient() async throws {
        let reading = StubReading(Array(repeating: [Frame(bytes: Self.bytes(1))], count: 60))
        let outline = Self.outline([.contentLength: "\(60 * Self.pieceByteCount)"])
        try await PlaybackServer.run(Self.responder(outline, reading)) { server in
            let client = try server.connect(receiveBufferByteCount: 4096)
            try await client.send(Self.request)
            _ = try await client.receive(until: "\r\n\r\n")
            // Until the kernel takes no more: then what waits here, and what is read, stays what it is.
            var waiting = -1
            var read = -1
            while waiting != (try await server.pendingByteCount()) || read != reading.readCount || waiting == 0 {
                waiting = try await server.pendingByteCount()
                read = reading.readCount
                try await client.pause(milliseconds: 200)
            }
            // Sockets hold four megabytes (tcp(7), tcp_wmem); 15 MiB they do not.
            #expect(reading.readCount < 40)
            #expect(waiting <= 2 * Self.pieceByteCount)
            var count = 0
            while count < 60 * Self.pieceByteCount {
                let (bytes, end) = try await client.receive()
                try #require(end == nil)
                count += bytes.count
            }
            #expect(reading.readCount == 60)
        }
    }

    @Test("A piece that cannot be read breaks the answer off, and the report says why")
    func failure() async throws {
        let observer = StubObserver()
        for fields in [HTTPFields(), Self.chunked] {
            let outline = Self.outline(fields, fields.isEmpty ? .close : .complete)
            let reading = StubReading(Self.pieces, failingPiece: 2)
            try await PlaybackServer.run(Self.responder(outline, reading, observer: observer)) { server in
                let client = try server.connect()
                try await client.send(Self.request)
                let (bytes, end) = try await client.receiveBytesToEnd()
                #expect(end == .reset)
                // A reset may take with it what was not yet read.
                let whole = Self.whole(outline)
                #expect(bytes.count < whole.count - Self.pieceByteCount + 16)
                #expect(firstDifference(bytes, Array(whole.prefix(bytes.count))) == nil)
            }
            let report = await observer.report()
            #expect(report?.outcome == .interrupted)
            #expect(report?.failure == "the disk is gone")
        }
    }

    @Test("Where no body is sent, none is read")
    func headRequest() async throws {
        let reading = StubReading(Self.pieces)
        try await PlaybackServer.run(Self.responder(Self.outline([.contentLength: "786433"]), reading)) { server in
            let client = try server.connect()
            try await client.send("HEAD /a HTTP/1.1\r\nHost: h\r\n\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n")
            let head = try await client.receive(until: "\r\n\r\n")
            #expect(head.lowercased() == "http/1.1 200 ok\r\ncontent-length: 786433\r\n\r\n")
            #expect(try await client.receive(until: "GET /b").hasPrefix("HTTP/1.1 200"))
        }
        #expect(reading.readCount == 0)
    }

    @Test("On HTTP/2 the frames are those of the whole tape, and a failure ends the stream alone")
    func streams() async throws {
        var outline = Self.outline([:])
        outline.trailers = [try #require(HTTPField.Name("x-usage")): "7"]
        var whole = outline
        whole.frames = Self.pieces.flatMap { $0 }
        let expected = try await Self.frames(StubResponder.tape(whole))
        #expect(expected.filter { $0.type == 0 }.reduce(0) { $0 + $1.payload.count } == Self.bodyByteCount)
        #expect(try await Self.frames(Self.responder(outline)) == expected)
        let failing = StubReading(Self.pieces, failingPiece: 2)
        let broken = try await Self.frames(Self.responder(outline, failing))
        // INTERNAL_ERROR (RFC 9113 §7).
        #expect(broken.last?.type == 3 && broken.last?.payload == [0, 0, 0, 2])
    }

    /// The frames of one stream to its end, but the head.
    private static func frames(_ responder: StubResponder) async throws -> [RawFrame] {
        try await PlaybackServer.run(responder) { server in
            let client = try server.connect()
            try await client.beginHTTP2()
            // Room for all of it on the connection and on its streams (RFC 9113 §6.9).
            try await client.send(bytes: [0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 4, 0x7F, 0xFF, 0xFF, 0xFF])
            try await client.send(bytes: [0, 0, 4, 8, 0, 0, 0, 0, 0, 0x7F, 0, 0, 0])
            // `GET https://h/a`: two fields of the static table, a path and an authority (RFC 7541).
            let block: [UInt8] = [0x82, 0x86, 0x44, 2, 0x2F, 0x61, 0x41, 1, 0x68]
            try await client.send(bytes: [0, 0, UInt8(block.count), 1, 5, 0, 0, 0, 1] + block)
            var frames: [RawFrame] = []
            while true {
                let frame = try await client.receiveFrame { $0.stream == 1 }
                if frame.type == 0 || frame.type == 3 || frame.flags & 1 == 1 { frames.append(frame) }
                // END_STREAM, or RST_STREAM.
                if frame.type == 3 || frame.type < 2 && frame.flags & 1 == 1 { return frames }
            }
        }
    }
}
