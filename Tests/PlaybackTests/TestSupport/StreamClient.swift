internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2
internal import NIOPosix
internal import NIOSSL

/// A client of HTTP/2 that shows each frame as a line, and opens windows only when told to.
///
/// Lines are `1 200 name=value`, `1 data abc`, `1 end`, `1 reset INTERNAL_ERROR`, `goaway NO_ERROR`; at last `closed`.
/// Settings, pings and windows, which come when they like, are left out.
final class StreamClient: Sendable {
    private struct Line: Sendable {
        var text: String
        /// Of a DATA frame, or of a piece of one: frames are handed on as they are read.
        var byteCount: Int?
    }

    private let channel: any Channel
    private let lines: AsyncStream<Line>

    /// - Parameters:
    ///   - port: of 127.0.0.1.
    ///   - protocols: what TLS offers; nil for no TLS.
    ///   - windowByteCount: what each stream may send before it is told more.
    /// - Throws: what NIO throws when nobody listens.
    init(port: Int, protocols: [String]? = nil, windowByteCount: Int = 65_535) async throws {
        let (lines, input) = AsyncStream.makeStream(of: Line.self)
        self.lines = lines
        let tls = try protocols.map { protocols in
            var settings = TLSConfiguration.makeClientConfiguration()
            // The certificate is the test's own.
            settings.certificateVerification = .none
            settings.applicationProtocols = protocols
            return try NIOSSLContext(configuration: settings)
        }
        channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(Int64(RawClient.timeoutSeconds)))
            // Small frames come in one piece when what has arrived is read at once.
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 1 << 20))
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

    /// Sends a whole request, or the beginning of one, at once: the answer cannot come in between.
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
        var payloads = [HTTP2Frame.FramePayload.headers(.init(headers: HPACKHeaders(pseudo + fields), endStream: ends))]
        if let body { payloads.append(Self.data(body, endsStream: endsStream)) }
        try await send(stream, payloads)
    }

    func body(_ stream: Int, _ text: String, endsStream: Bool = true) async throws {
        try await send(stream, Self.data(text, endsStream: endsStream))
    }

    private static func data(_ text: String, endsStream: Bool) -> HTTP2Frame.FramePayload {
        .data(.init(data: .byteBuffer(ByteBuffer(string: text)), endStream: endsStream))
    }

    func reset(_ stream: Int) async throws {
        try await send(stream, .rstStream(.cancel))
    }

    /// Lets a stream, or with 0 the connection, send so many more bytes.
    func openWindow(_ stream: Int, by byteCount: Int) async throws {
        try await send(stream, .windowUpdate(windowSizeIncrement: byteCount))
    }

    func send(_ stream: Int, _ payload: HTTP2Frame.FramePayload) async throws {
        try await send(stream, [payload])
    }

    private func send(_ stream: Int, _ payloads: [HTTP2Frame.FramePayload]) async throws {
        let sent = channel.eventLoop.flatSubmit { [channel] in
            let writes = payloads.map { channel.write(HTTP2Frame(streamID: HTTP2StreamID(stream), payload: $0)) }
            channel.flush()
            return EventLoopFuture.andAllSucceed(writes, on: channel.eventLoop)
        }
        try await sent.get()
    }

    /// The lines up to one that ends with a text.
    func receive(until last: String) async -> [String] {
        var all: [String] = []
        for await line in lines {
            all.append(line.text)
            if line.text.hasSuffix(last) { break }
        }
        return all
    }

    /// So many lines.
    func receive(count: Int) async -> [String] {
        var all: [String] = []
        for await line in lines {
            all.append(line.text)
            if all.count == count { break }
        }
        return all
    }

    /// The lines up to one that ends with a text, or until so many body bytes have come; body bytes added up.
    func receiveSum(until last: String = "end", byteCount limit: Int = .max) async -> [String] {
        var all: [String] = []
        var sum = 0
        for await line in lines {
            if let byteCount = line.byteCount {
                sum += byteCount
                if sum >= limit { break }
                continue
            }
            if sum > 0 { all.append("\(sum) bytes") }
            sum = 0
            all.append(line.text)
            if line.text.hasSuffix(last) { break }
        }
        return sum > 0 ? all + ["\(sum) bytes"] : all
    }

    func close() {
        channel.close(promise: nil)
    }

    private final class Collector: ChannelInboundHandler {
        typealias InboundIn = HTTP2Frame

        private let input: AsyncStream<Line>.Continuation

        init(input: AsyncStream<Line>.Continuation) {
            self.input = input
        }

        private func yield(_ text: String, byteCount: Int? = nil) {
            input.yield(Line(text: text, byteCount: byteCount))
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let frame = unwrapInboundIn(data)
            let stream = Int(frame.streamID)
            switch frame.payload {
            case .headers(let headers):
                let fields = headers.headers.map { $0.name == ":status" ? $0.value : "\($0.name)=\($0.value)" }
                yield("\(stream) \(fields.joined(separator: " "))")
                if headers.endStream { yield("\(stream) end") }
            case .data(let content):
                if case .byteBuffer(let bytes) = content.data, bytes.readableBytes > 0 {
                    yield("\(stream) data \(String(buffer: bytes))", byteCount: bytes.readableBytes)
                }
                if content.endStream { yield("\(stream) end") }
            case .rstStream(let code):
                yield("\(stream) reset \(Self.name(of: code.networkCode))")
            case .goAway(_, let code, _):
                yield("goaway \(Self.name(of: code.networkCode))")
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

        func channelInactive(context: ChannelHandlerContext) {
            yield("closed")
            input.finish()
        }
    }
}
