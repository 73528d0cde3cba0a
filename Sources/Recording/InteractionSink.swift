package import Tapes

/// Where recordings go.
///
/// The recorder does not know what is behind it.
package protocol InteractionSink: Sendable {
    /// Keeps an interaction; when this returns, it survives the death of the process.
    ///
    /// - Parameters:
    ///   - interaction: what to keep.
    ///   - earlier: what an earlier call returned for the same interaction, which this replaces.
    /// - Returns: a name for the recording, to replace it by.
    /// - Throws: an error when it could not be kept.
    func store(_ interaction: Interaction, replacing earlier: Int64?) async throws -> Int64
}
