package import Recording

/// What answers when no recording does.
package enum MissPolicy: Sendable {
    /// The simulation.
    case synthesize
    /// An error that explains the miss; nothing goes over the network.
    case fail
    /// The upstream.
    case forward(Recorder)
}
