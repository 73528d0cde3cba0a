internal import HTTPTypes
internal import NIOCore
internal import NIOEmbedded
internal import Tapes
internal import Testing

@testable internal import Playback

@Suite("Live playback", .timeLimit(.minutes(1)))
struct LivePlaybackTests {
    @Test("An answer whose connection is gone before it begins is over at once, and its maker is told")
    func connectionGone() async throws {
        // No player is left in the pipeline.
        let channel = NIOAsyncTestingChannel()
        let played = channel.eventLoop.makePromise(of: PlaybackReport.self)
        let (gone, input) = AsyncStream.makeStream(of: Bool.self)
        let live = LiveTape(head: ResponseHead(status: .ok), origin: .server) { stage in
            do throws(ClientGoneError) {
                try await stage.send(ByteBuffer(string: "abc"), .whole)
                input.yield(false)
            } catch {
                input.yield(true)
            }
            await stage.end(.complete, trailers: [:])
        }
        let playback = LivePlayback(live: live, exchange: .usual, start: .now(), channel: channel, played: played)
        await playback.run()
        await #expect(throws: ChannelError.self) { try await played.futureResult.get() }
        var iterator = gone.makeAsyncIterator()
        #expect(await iterator.next() == true)
    }
}
