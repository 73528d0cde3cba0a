internal import NIOCore

/// Hurries an answer that is waiting; for clocks that are moved.
package struct PlaybackControl: Sendable {
    private let channel: any Channel
    private let number: Int

    init(channel: any Channel, number: Int) {
        self.channel = channel
        self.number = number
    }

    /// Plays on as if so much more time had passed; does nothing once the answer is played.
    package func advance(by duration: Duration) {
        channel.triggerUserOutboundEvent(PlayCommand(.advance(duration, number: number)), promise: nil)
    }
}
