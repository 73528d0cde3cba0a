internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import Playback

/// Our pipeline under Hummingbird's listener, which owns accepting and draining.
struct PlaybackChannel: ServerChildChannel {
    struct Value: ServerChildChannelValue {
        let channel: any Channel
    }

    let configuration: PlaybackConfiguration
    let responder: any Responder

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            try PlaybackPipeline.configure(channel, configuration: configuration, responder: responder)
            return Value(channel: channel)
        }
    }

    /// Lasts as long as the connection.
    ///
    /// Cancelled when draining took too long.
    func handle(value: Value, logger: Logger) async {
        await withTaskCancellationHandler {
            try? await value.channel.closeFuture.get()
        } onCancel: {
            value.channel.close(promise: nil)
        }
    }
}
