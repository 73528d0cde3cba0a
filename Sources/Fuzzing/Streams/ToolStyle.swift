/// How fragments of tool calls are told apart in a stream.
struct ToolStyle: Sendable, Hashable {
    enum Order: Sendable, Hashable {
        /// One call after the other.
        case sequential
        /// A fragment of each in turn.
        case alternating
        /// The last call first.
        case reversed
        /// All first fragments, then the rest in turn with the last call first.
        case reversedAlternating
        /// A fragment of each in turn, those of one turn in one chunk.
        case together
    }

    /// What later fragments say of the call's id and name.
    enum Repetition: Sendable, Hashable {
        case absent, same, null, empty
    }

    var order = Order.sequential
    var laterID = Repetition.absent
    var laterName = Repetition.absent
    var hasLaterType = true
    /// Whether the first fragment has an empty `arguments` of its own; else the first piece comes with the name.
    var opensEmpty = true
    /// Whether the member `arguments` is left out where there are none.
    var omitsEmptyArguments = false
    var hasIndex = true
    /// All calls under the same index.
    var sharesIndex = false
    /// The index as text or as `0.0`.
    var indexSpelling = IndexSpelling.integer
    /// What `content` says beside a fragment; nil leaves it out.
    var finishReason = "tool_calls"

    enum IndexSpelling: Sendable, Hashable {
        case integer, float, text
    }

    /// What each chunk has, in the order of the stream: index of the call, number of the piece.
    func chunks(_ counts: [Int]) -> [[(call: Int, piece: Int)]] {
        let fragments = fragments(counts)
        guard order == .together else { return fragments.map { [$0] } }
        return (0..<(counts.max() ?? 0)).map { piece in fragments.filter { $0.piece == piece } }
    }

    private func fragments(_ counts: [Int]) -> [(call: Int, piece: Int)] {
        switch order {
        case .sequential:
            return counts.indices.flatMap { call in (0..<counts[call]).map { (call, $0) } }
        case .reversed:
            return counts.indices.reversed().flatMap { call in (0..<counts[call]).map { (call, $0) } }
        case .alternating, .reversedAlternating, .together:
            let calls = order == .reversedAlternating ? counts.indices.reversed() : Array(counts.indices)
            return (0..<(counts.max() ?? 0)).flatMap { piece in
                calls.filter { piece < counts[$0] }.map { ($0, piece) }
            }
        }
    }
}
