/// How an answer of the responses API is spread over items, or one of the messages API over content blocks.
struct PartStyle: Sendable, Hashable {
    /// Where the text is.
    enum Text: Sendable, Hashable {
        /// In one item, or block.
        case together
        /// Half of it in one, half in the next.
        case halves
        /// Half of it before the calls of tools, half after them.
        case aroundCalls
    }

    /// How items of the responses API, which have an `output_index` each, are mixed.
    enum Mixing: Sendable, Hashable {
        /// Each is closed before the next one is opened.
        case none
        /// All calls are opened first.
        case openedFirst
        /// All calls are opened first, then a fragment of each comes in turn.
        case alternating
        /// Reasoning is closed after all others, as was observed in November 2025 (reference: inference, section 4.8).
        case reasoningLast
    }

    var text = Text.together
    var mixing = Mixing.none

    /// The pieces of the text by item, or block, in the order of the stream; calls come after the first.
    func texts(_ pieces: [String]) -> [[String]] {
        guard text != .together, pieces.count > 1 else { return pieces.isEmpty ? [] : [pieces] }
        let middle = pieces.count / 2
        return [Array(pieces[..<middle]), Array(pieces[middle...])]
    }
}
