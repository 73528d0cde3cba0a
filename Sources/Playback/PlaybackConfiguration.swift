package import NIOCore
package import NIOSSL

/// Limits and times of a connection.
package struct PlaybackConfiguration: Sendable {
    /// Target and header fields of a request together, in bytes; more is 431.
    package var headByteLimit = 128 * 1024

    /// Body of a request in bytes, as sent and after decompression; more is 413.
    package var bodyByteLimit = 104 * 1024 * 1024

    /// From the first byte of a request to the end of its head; longer is 408.
    package var headTimeout = TimeAmount.seconds(15)

    /// Silence within a body; longer is 408.
    package var bodyTimeout = TimeAmount.seconds(60)

    /// Silence between requests; then the connection is closed without a word.
    package var idleTimeout = TimeAmount.seconds(90)

    /// How long a client may keep its half open after ours is closed.
    package var lingerLimit = TimeAmount.seconds(5)

    /// Pipelined requests held while one is answered; more stay in the kernel.
    package var pipelineLimit = 32

    /// Set to speak TLS.
    package var tls: NIOSSLContext?

    package init() {}
}
