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

    /// Whether HTTP/2 is spoken with clients that offer it by TLS or begin with its preface.
    package var offersHTTP2 = true

    /// Streams of an HTTP/2 connection that may be open at once; more are refused (RFC 9113 §5.1.2).
    package var streamLimit = 250

    /// Streams that a client may reset within ``frameLimitWindow``; more end the connection.
    ///
    /// Enough for tests that leave every answer early, and far from a rapid reset (CVE-2023-44487).
    package var streamResetLimit = 2000

    /// PING, SETTINGS and PRIORITY frames that a client may send within ``frameLimitWindow``; more end the connection.
    package var controlFrameLimit = 1000

    package var frameLimitWindow = TimeAmount.seconds(30)

    /// Set to speak TLS.
    package var tls: NIOSSLContext?

    package init() {}
}
