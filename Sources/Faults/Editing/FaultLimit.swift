/// Bounds that keep a fault's work and memory in proportion, whatever its arguments and the answer are.
enum FaultLimit {
    /// The most pieces into which an answer is cut, and the most blocks that are put into it.
    static let pieceCount = 65_536

    /// The most bytes that a fault adds to an answer; as many as an event stream's reader holds by default.
    static let addedByteCount = 64 << 20
}
