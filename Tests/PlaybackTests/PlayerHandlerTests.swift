internal import NIOCore
internal import NIOEmbedded
internal import Tapes
internal import Testing

@testable internal import Playback

@Suite("Player handler")
struct PlayerHandlerTests {
    /// A socket that takes what is written only when told to.
    private final class HoldingSocket: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer

        private var held: [EventLoopPromise<Void>] = []
        private(set) var isOutputClosed = false
        private(set) var isClosed = false

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            if let promise { held.append(promise) }
        }

        func flush(context: ChannelHandlerContext) {}

        func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
            if mode == .all { isClosed = true } else { isOutputClosed = true }
            promise?.succeed()
        }

        func takeAll() {
            let promises = held
            held = []
            for promise in promises { promise.succeed() }
        }

        func fail() {
            let promises = held
            held = []
            for promise in promises { promise.fail(ChannelError.ioOnClosedChannel) }
        }
    }

    /// A socket that is full after each write and empty after each flush, and says so at once.
    private final class NarrowSocket: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer

        let channel: EmbeddedChannel
        private(set) var text = ""

        init(channel: EmbeddedChannel) {
            self.channel = channel
        }

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            text += String(buffer: unwrapOutboundIn(data))
            channel.isWritable = false
            promise?.succeed()
        }

        func flush(context: ChannelHandlerContext) {
            guard !channel.isWritable else { return }
            channel.isWritable = true
            context.fireChannelWritabilityChanged()
        }
    }

    private static func wire(_ texts: [String], gap: Duration = .zero, _ ending: Ending, isPersistent: Bool = false)
        -> WireTape
    {
        WireTape(
            writes: texts.map { .init(gap: gap, bytes: ByteBuffer(string: $0)) },
            endingGap: .zero,
            ending: ending,
            isPersistent: isPersistent
        )
    }

    private static func play(_ wire: WireTape, on channel: EmbeddedChannel) -> EventLoopFuture<PlaybackReport> {
        let promise = channel.eventLoop.makePromise(of: PlaybackReport.self)
        let command = PlayCommand(.tape(wire, start: channel.eventLoop.now, number: 1, played: promise.succeed))
        channel.triggerUserOutboundEvent(command, promise: nil)
        return promise.futureResult
    }

    private static func player() -> PlayerHandler {
        let clock = ConnectionClock(configuration: PlaybackConfiguration())
        return PlayerHandler(clock: clock, lingerLimit: .seconds(5))
    }

    private static func connectedChannel(_ handlers: [any ChannelHandler]) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel()
        try channel.pipeline.syncOperations.addHandlers(handlers)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    @Test("A client that closes its half while the last bytes wait for the kernel does not lose them")
    func halfClosedWhileWaiting() throws {
        let socket = HoldingSocket()
        let channel = try Self.connectedChannel([socket, ConnectionFaultHandler(), Self.player()])
        let played = Self.play(Self.wire(["abc"], .complete), on: channel)
        // Everything is written, nothing has left.
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(!socket.isClosed)
        #expect(!socket.isOutputClosed)
        // The kernel takes it.
        socket.takeAll()
        #expect(socket.isOutputClosed)
        #expect(try played.wait().outcome == .played)
    }

    @Test("A waiting answer is played on at once when time is moved; one that is over is not touched")
    func advanced() throws {
        let channel = try Self.connectedChannel([ConnectionFaultHandler(), Self.player()])
        let wire = Self.wire(["a", "b"], gap: .seconds(10), .complete, isPersistent: true)
        let played = Self.play(wire, on: channel)
        #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
        PlaybackControl(channel: channel, number: 2).advance(by: .seconds(10))
        #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
        PlaybackControl(channel: channel, number: 1).advance(by: .seconds(10))
        #expect(try channel.readOutbound(as: ByteBuffer.self) == ByteBuffer(string: "a"))
        PlaybackControl(channel: channel, number: 1).advance(by: .seconds(30))
        #expect(try channel.readOutbound(as: ByteBuffer.self) == ByteBuffer(string: "b"))
        let report = try played.wait()
        #expect(report.sends.map(\.due) == [.seconds(10), .seconds(20)])
        #expect(report.sends.map(\.at) == [.zero, .zero])
        PlaybackControl(channel: channel, number: 1).advance(by: .seconds(30))
        _ = try channel.finish()
    }

    @Test("After the end our half is closed, then the client's, at the latest after the linger limit")
    func linger() throws {
        let socket = HoldingSocket()
        let channel = try Self.connectedChannel([socket, ConnectionFaultHandler(), Self.player()])
        _ = Self.play(Self.wire(["abc"], .close), on: channel)
        socket.takeAll()
        #expect(socket.isOutputClosed)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(4999))
        #expect(!socket.isClosed)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        #expect(socket.isClosed)
    }

    @Test("An answer whose last bytes never left was not played")
    func lastBytesLost() throws {
        let socket = HoldingSocket()
        let channel = try Self.connectedChannel([socket, ConnectionFaultHandler(), Self.player()])
        let played = Self.play(Self.wire(["abc"], .complete), on: channel)
        socket.fail()
        let report = try played.wait()
        #expect(report.outcome == .cancelled)
        #expect(report.byteCount == 3)
    }

    @Test("A socket that drains within each flush neither deepens the stack nor mixes up two tapes")
    func writabilityWithinFlush() throws {
        let channel = EmbeddedChannel()
        let socket = NarrowSocket(channel: channel)
        try channel.pipeline.syncOperations.addHandlers([socket, Self.player()])
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let texts = (0..<20_000).map { "\($0) " }
        // The second tape is played as soon as the first is over, in the middle of the first one's last flush.
        let second = Self.play(Self.wire(texts, .complete, isPersistent: true), on: channel)
            .flatMap { _ in Self.play(Self.wire(["a", "b", "c"], .complete, isPersistent: true), on: channel) }
        #expect(try second.wait().byteCount == 3)
        #expect(socket.text == texts.joined() + "abc")
    }

    @Test("An answer on a connection that is over is reported instead of waited for forever")
    func unavailable() throws {
        let channel = try Self.connectedChannel([Self.player()])
        _ = Self.play(Self.wire(["abc"], .stall), on: channel)
        let report = try Self.play(Self.wire(["abc"], .complete), on: channel).wait()
        #expect(report == PlaybackReport(outcome: .cancelled))
    }

    @Test("A connection that is lost while a gap is waited for is reported")
    func lostInTheMiddle() throws {
        let channel = try Self.connectedChannel([Self.player()])
        let played = Self.play(Self.wire(["abc"], gap: .seconds(1), .complete), on: channel)
        _ = try channel.finish(acceptAlreadyClosed: true)
        #expect(try played.wait().outcome == .cancelled)
    }
}
