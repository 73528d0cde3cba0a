internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2
internal import NIOPosix
internal import NIOSSL

/// A client of HTTP/2 that shows each frame as a line, and opens windows only when told to.
///
/// Lines are `1 200 name=value`, `1 data abc`, `1 end`, `1 reset INTERNAL_ERROR`, `goaway NO_ERROR`; at last `closed` or
/// `connection reset`. Settings, pings and windows, which come when they like, are left out.
final class StreamClient: Sendable {
    private let channel: any Channel
    private let lines: AsyncStream<String>

    /// - Parameters:
    ///   - port: of 127.0.0.1.
    ///   - protocols: what TLS offers; nil for no TLS.
    ///   - windowByteCount: what each stream may send before it is told more.
    /// - Throws: what NIO throws when nobody listens.
    init(port: Int, protocols: [String]? = nil, windowByteCount: Int = 65_535) async throws {
        let (lines, input) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        let tls = try protocols.map { protocols in
            var settings = TLSConfiguration.makeClientConfiguration()
            // The certificate is the test's own.
            settings.certificateVerification = .none
            settings.applicationProtocols = protocols
            return try NIOSSLContext(configuration: settings)
        }
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let operations = channel.pipeline.syncOperations
                    if let tls { try operations.addHandler(NIOSSLClientHandler(context: tls, serverHostname: nil)) }
                    var connection = NIOHTTP2Handler.ConnectionConfiguration()
                    connection.initialSettings = [
                        HTTP2Setting(parameter: .initialWindowSize, value: windowByteCount)
                    ]
                    // Defects are what is looked for.
                    connection.contentLengthValidation = .disabled
                    connection.headerBlockValidation = .disabled
                    try operations.addHandler(NIOHTTP2Handler(mode: .client, connectionConfiguration: connection))
                    try operations.addHandler(Collector(input: input))
                }
            }
            .connect(host: "127.0.0.1", port: port)
            .get()
    }

    deinit {
        channel.close(promise: nil)
    }

    /// Sends a whole request, or the head of one.
    func request(
        _ stream: Int,
        _ method: String = "GET",
        _ path: String = "/a",
        _ fields: [(String, String)] = [],
        body: String? = nil,
        endsStream: Bool = true
    ) async throws {
        let pseudo = [(":method", method), (":scheme", "http"), (":authority", "h"), (":path", path)]
        let ends = endsStream && body == nil
        try await send(stream, .headers(.init(headers: HPACKHeaders(pseudo + fields), endStream: ends)))
        if let body { try await self.body(stream, body, endsStream: endsStream) }
    }

    func body(_ stream: Int, _ text: String, endsStream: Bool = true) async throws {
        try await send(stream, .data(.init(data: .byteBuffer(ByteBuffer(string: text)), endStream: endsStream)))
    }

    func reset(_ stream: Int) async throws {
        try await send(stream, .rstStream(.cancel))
    }

    /// Lets a stream, or with 0 the connection, send so many more bytes.
    func openWindow(_ stream: Int, by byteCount: Int) async throws {
        try await send(stream, .windowUpdate(windowSizeIncrement: byteCount))
    }

    func send(_ stream: Int, _ payload: HTTP2Frame.FramePayload) async throws {
        try await channel.writeAndFlush(HTTP2Frame(streamID: HTTP2StreamID(stream), payload: payload))
    }

    /// The lines up to one that ends with a text.
    func receive(until last: String) async -> [String] {
        var all: [String] = []
        for await line in lines {
            all.append(line)
            if line.hasSuffix(last) { break }
        }
        return all
    }

    /// So many lines.
    func receive(count: Int) async -> [String] {
        var all: [String] = []
        for await line in lines {
            all.append(line)
            if all.count == count { break }
        }
        return all
    }

    /// The lines up to one that ends with a text, or until so many body bytes have come; bytes of large frames, which
    /// come as they are read, added up.
    func receiveSum(until last: String = "end", byteCount limit: Int = .max) async -> [String] {
        var all: [String] = []
        var sum = 0
        for await line in lines {
            let words = line.split(separator: " ")
            if words.last == "bytes", let byteCount = Int(words[2]) {
                sum += byteCount
                if sum >= limit { break }
                continue
            }
            if sum > 0 { all.append("\(sum) bytes") }
            sum = 0
            all.append(line)
            if line.hasSuffix(last) { break }
        }
        return sum > 0 ? all + ["\(sum) bytes"] : all
    }

    func close() {
        channel.close(promise: nil)
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = HTTP2Frame

        private let input: AsyncStream<String>.Continuation
        private var isReset = false

        init(input: AsyncStream<String>.Continuation) {
            self.input = input
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let frame = unwrapInboundIn(data)
            let stream = Int(frame.streamID)
            switch frame.payload {
            case .headers(let headers):
                let fields = headers.headers.map { $0.name == ":status" ? $0.value : "\($0.name)=\($0.value)" }
                input.yield("\(stream) \(fields.joined(separator: " "))")
                if headers.endStream { input.yield("\(stream) end") }
            case .data(let content):
                if case .byteBuffer(let bytes) = content.data, bytes.readableBytes > 0 {
                    let isShort = bytes.readableBytes <= 64
                    input.yield("\(stream) data \(isShort ? String(buffer: bytes) : "\(bytes.readableBytes) bytes")")
                }
                if content.endStream { input.yield("\(stream) end") }
            case .rstStream(let code):
                input.yield("\(stream) reset \(Self.name(of: code.networkCode))")
            case .goAway(_, let code, _):
                input.yield("goaway \(Self.name(of: code.networkCode))")
            default:
                break
            }
        }

        private static func name(of code: Int) -> String {
            // RFC 9113 §7.
            let names = [
                0: "NO_ERROR", 1: "PROTOCOL_ERROR", 2: "INTERNAL_ERROR", 8: "CANCEL", 11: "ENHANCE_YOUR_CALM",
                7: "REFUSED_STREAM",
            ]
            return names[code] ?? "\(code)"
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            if let error = error as? IOError, error.errnoCode == connectionReset { isReset = true }
        }

        func channelInactive(context: ChannelHandlerContext) {
            input.yield(isReset ? "connection reset" : "closed")
            input.finish()
        }
    }
}
