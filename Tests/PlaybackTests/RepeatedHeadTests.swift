internal import HTTPTypes
internal import NIOCore
internal import NIOEmbedded
internal import NIOHTTP1
internal import Tapes
internal import Testing

@testable internal import Playback

@Suite("Repeated heads")
struct RepeatedHeadTests {
    static let post = "POST /a HTTP/1.1¶Host: h¶Content-Length: 5¶X-A: b¶¶"
    static let get = "GET /a?b HTTP/1.1¶Host: h¶¶"

    /// What clients send on one connection.
    static let conversations: [(name: String, bytes: String)] = [
        ("the same again", post + "hello" + post + "olleh" + post + "12345"),
        ("without a body", get + get + get),
        (
            "other lengths",
            post + "hello" + post.replacing("5", with: "0") + post.replacing("5", with: "12") + "twelve bytes"
        ),
        ("two in turn", post + "hello" + get + post + "hello" + get + get),
        ("bodies like heads", post.replacing("5", with: "18") + "GET / HTTP/1.1\r\n\r\n" + post + "\r\n\r\n\n" + get),
        (
            "a longer target, another field",
            get + get.replacing("b", with: "bc") + get.replacing("h¶", with: "h¶X: y¶") + get
        ),
        (
            "chunked, and behind it what came before",
            get + get + "POST /c HTTP/1.1¶Host: h¶Transfer-Encoding: chunked¶¶2¶he¶0¶¶" + get
        ),
        ("line ends between", get + "¶" + get + "¶¶" + get),
        (
            "a length in small letters and blanks",
            "PUT /a HTTP/1.1¶host: h¶content-length: \t 2  ¶¶abPUT /a HTTP/1.1¶host: h¶content-length: \t 3  ¶¶abc"
        ),
        (
            "a field that ends like a length",
            "PUT / HTTP/1.1¶Host: h¶X-Content-Length: 7¶Content-Length: 2¶¶abPUT / HTTP/1.1¶Host: h¶X-Content-Length: 7¶Content-Length: 3¶¶abc"
        ),
        (
            "zeros before a length",
            post.replacing("5", with: "05") + "hello" + post.replacing("5", with: "05") + "hello"
                + post.replacing("5", with: "006") + "sixsix"
        ),
        ("a length too large", post + "hello" + post.replacing("5", with: "101") + "hello"),
        ("a length beyond all", post + "hello" + post.replacing("5", with: "99999999999999999999") + "hello"),
        ("no number for a length", post + "hello" + post.replacing("5", with: "5x") + "hello"),
        ("no length at all", post + "hello" + post.replacing("5", with: "") + "hello"),
        ("closing", get + get.replacing("h¶", with: "h¶Connection: close¶") + get),
        (
            "an expectation",
            post.replacing("X-A: b", with: "Expect: 100-continue") + "hello"
                + post.replacing("X-A: b", with: "Expect: 100-continue") + "hello"
        ),
        ("HTTP/1.0", "GET / HTTP/1.0¶Connection: keep-alive¶¶GET / HTTP/1.0¶Connection: keep-alive¶¶"),
        ("HEAD", get.replacing("GET", with: "HEAD") + get.replacing("GET", with: "HEAD") + get),
        ("an upgrade", get + get.replacing("h¶", with: "h¶Connection: upgrade¶Upgrade: x¶") + "not HTTP"),
        ("no request", get + get + "nonsense¶¶" + get),
        ("lines that end without a return", get + get.replacing("¶", with: "\n") + get),
        ("cut in a head", get + get + "GET /a?b HTT"),
        ("cut in a body", post + "hello" + post + "hel"),
        ("a coding that nobody undoes", coded + coded),
    ]

    private static let coded = "POST / HTTP/1.1¶Host: h¶Content-Encoding: identity¶Content-Length: 2¶¶hi"

    /// A connection's handlers from the bytes to the messages, with or without what is tested.
    private final class Connection {
        let channel = EmbeddedChannel()
        private let decoded = DecodedBytes()

        init(repeatsHeads: Bool) throws {
            let assembler = RequestAssembler(bodyByteLimit: 100, clock: ConnectionClock(configuration: .init()))
            let pipeline = channel.pipeline.syncOperations
            if repeatsHeads {
                try pipeline.addHandler(RepeatedHeadHandler(assembler: assembler, bodyByteLimit: 100))
            }
            try pipeline.addHandler(decoded)
            try pipeline.addHandler(ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)))
            try pipeline.addHandler(assembler)
        }

        /// Bytes that were parsed.
        var decodedByteCount: Int { decoded.count }

        func read(_ bytes: ArraySlice<UInt8>) {
            // Behind what is refused a decoder reports an error for all that comes.
            _ = try? channel.writeInbound(ByteBuffer(bytes: bytes))
        }

        /// All messages so far, and what else was passed on.
        func messages() throws -> [String] {
            var messages: [String] = []
            while let message = try channel.readInbound(as: InboundMessage.self) {
                messages.append(message.words)
                if case .request(let request, _) = message {
                    messages[messages.count - 1] += request.fields.map { " \($0.name.rawName)=\($0.value)" }.joined()
                }
            }
            return messages
        }
    }

    private final class DecodedBytes: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        private(set) var count = 0

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            count += unwrapInboundIn(data).readableBytes
            context.fireChannelRead(data)
        }
    }

    /// Has more read while it is told of a request, as an answer that leaves at once can.
    private final class EagerReader: ChannelInboundHandler {
        typealias InboundIn = InboundMessage
        typealias InboundOut = InboundMessage
        private var bytes: [ByteBuffer]

        init(_ bytes: [ByteBuffer]) {
            self.bytes = bytes.reversed()
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if let next = bytes.popLast() { context.pipeline.syncOperations.fireChannelRead(NIOAny(next)) }
            context.fireChannelRead(data)
        }
    }

    @Test("What is read while a request is answered comes behind it", arguments: [get, post + "hello"])
    func readWithin(request: String) throws {
        let connection = try Connection(repeatsHeads: true)
        let bytes = ByteBuffer(string: request.replacing("¶", with: "\r\n"))
        let other = ByteBuffer(string: "GET /other HTTP/1.1\r\nHost: h\r\n\r\n")
        try connection.channel.pipeline.syncOperations.addHandler(EagerReader([bytes, other, bytes]))
        var both = bytes
        both.writeImmutableBuffer(other)
        connection.read(Array(both.readableBytesView)[...])
        let targets = try connection.messages().map { $0.split(separator: " ")[1] }
        let path = try #require(targets.first)
        #expect(targets == [path, "/other", path, "/other", path])
    }

    private static func messages(_ pieces: [ArraySlice<UInt8>], repeatsHeads: Bool) throws -> [String] {
        let connection = try Connection(repeatsHeads: repeatsHeads)
        for piece in pieces { connection.read(piece) }
        return try connection.messages()
    }

    @Test("Requests are what they are without it, whole, at every split and byte by byte", arguments: conversations)
    func alike(name: String, text: String) throws {
        let bytes = Array(text.replacing("¶", with: "\r\n").utf8)
        let expected = try Self.messages([bytes[...]], repeatsHeads: false)
        #expect(!expected.isEmpty)
        #expect(try Self.messages([bytes[...]], repeatsHeads: true) == expected)
        for split in 1..<bytes.count {
            #expect(
                try Self.messages([bytes[..<split], bytes[split...]], repeatsHeads: true) == expected,
                "at \(split)"
            )
        }
        #expect(try Self.messages(bytes.indices.map { bytes[$0...$0] }, repeatsHeads: true) == expected)
    }

    /// Whoever sends a request in several reads, as most clients send head and body, begins each with a head.
    @Test("A head that came before is not parsed again, whatever the length of its body")
    func notParsed() throws {
        let connection = try Connection(repeatsHeads: true)
        let post = Self.post.replacing("¶", with: "\r\n")
        connection.read(Array((post + "hello").utf8)[...])
        let parsed = connection.decodedByteCount
        #expect(parsed == (post + "hello").utf8.count)
        connection.read(Array((post + "again").utf8)[...])
        connection.read(Array(post.replacing("5", with: "20").utf8)[...])
        connection.read(Array("ten bytes.".utf8)[...])
        connection.read(Array("ten bytes.".utf8)[...])
        #expect(connection.decodedByteCount == parsed)
        let messages = try connection.messages()
        #expect(messages.count == 3)
        #expect(messages.last?.contains("20") == true)
    }

    @Test("Heads that come in turn are all remembered, up to four")
    func severalHeads() throws {
        let connection = try Connection(repeatsHeads: true)
        for round in 0..<3 {
            for path in ["/a", "/b", "/c", "/d"] {
                connection.read(Array("GET \(path) HTTP/1.1\r\nHost: h\r\n\r\n".utf8)[...])
            }
            if round == 0 { #expect(connection.decodedByteCount == 4 * 28) }
        }
        #expect(connection.decodedByteCount == 4 * 28)
        #expect(try connection.messages().count == 12)
    }

    @Test("A client that repeats no head is left to the decoder")
    func newHeads() throws {
        let connection = try Connection(repeatsHeads: true)
        for number in 0..<40 {
            connection.read(Array("GET /\(number) HTTP/1.1\r\nHost: h\r\n\r\n".utf8)[...])
        }
        let parsed = connection.decodedByteCount
        connection.read(Array("GET /39 HTTP/1.1\r\nHost: h\r\n\r\n".utf8)[...])
        #expect(connection.decodedByteCount > parsed)
        #expect(try connection.messages().count == 41)
    }
}
