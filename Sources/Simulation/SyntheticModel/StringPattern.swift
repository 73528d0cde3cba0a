internal import Tapes

/// The part of a regular expression language that strings can be made from.
///
/// JSON Schema recommends ECMA-262 with Unicode semantics (JSON Schema Core 2020-12, section 6.4). Supported are
/// literals, escapes, `.`, classes, `\d \w \s` and their complements, common `\p{…}`, groups, alternation, greedy
/// and lazy quantifiers, and anchors at the ends. Look-around, back-references, word boundaries and anchors
/// elsewhere are not: they restrict what is next to them, which a generator that only goes forward cannot honor.
///
/// A match anywhere in the string is enough, so the whole string made is one match.
struct StringPattern: Hashable, Sendable {
    /// A piece of the expression.
    indirect enum Node: Hashable, Sendable {
        /// One of the scalars in these ranges.
        case scalars([ClosedRange<UInt32>])
        /// One after the other.
        case sequence([Node])
        /// Exactly one of these.
        case alternation([Node])
        /// At least `minimum` and at most `maximum` times; nil for no upper bound.
        case repetition(Node, minimum: Int, maximum: Int?)
    }

    /// The expression.
    let root: Node

    /// Reads an expression.
    ///
    /// - Returns: Nil if it is not valid or uses what is not supported.
    init?(_ expression: String) {
        var parser = StringPatternParser(expression)
        guard let root = parser.parse() else { return nil }
        self.root = root
    }
}

// MARK: - Making strings

extension StringPattern {
    /// The longest string that is made, in Unicode scalars.
    private static let maximumLength = 10_000

    /// Nodes visited for one string, all attempts together; a rare length is not worth more.
    private static let maximumEffort = 2_000_000

    /// A string that matches, with a length in `lengths` in Unicode scalars.
    ///
    /// - Returns: Nil if none was found. With a length that only a rare combination of several repetitions gives,
    ///   that can happen although there is one.
    func text(lengths: ClosedRange<Int> = 0...Int.max, using generator: inout SeededGenerator) -> String? {
        guard leastLength(of: root) <= min(lengths.upperBound, Self.maximumLength),
            lengths.lowerBound <= Self.maximumLength
        else { return nil }
        // As it comes; with a demanded length, by chance at several scales; last, every repetition equally often,
        // which sweeps all lengths of expressions with one repetition, the likeliest ones first.
        let demanded = min(max(lengths.lowerBound, 0), 4096)
        var effort = Self.maximumEffort
        let isFree = lengths == 0...Int.max
        for scale in isFree ? [5, 1] : [5, 2, 1, 10, 20, 40, demanded] {
            for _ in 0..<(isFree ? 8 : 60) {
                if let text = attempt(.random(upTo: scale), lengths, &effort, &generator) { return text }
            }
        }
        for count in [demanded, max(demanded - 1, 0)] + Array(0...(64 + demanded)) where effort > 0 {
            if let text = attempt(.fixed(count), lengths, &effort, &generator) { return text }
        }
        return nil
    }

    /// The length of the shortest match of `node`, or a number above ``maximumLength``.
    private func leastLength(of node: Node) -> Int {
        let length =
            switch node {
            case .scalars: 1
            case .sequence(let nodes): nodes.reduce(0) { min($0 + leastLength(of: $1), Self.maximumLength + 1) }
            case .alternation(let nodes): nodes.map { leastLength(of: $0) }.min() ?? 0
            case .repetition(let node, let minimum, _): leastLength(of: node) * minimum
            }
        return min(length, Self.maximumLength + 1)
    }

    /// How often a repetition goes beyond its minimum.
    private enum Extra {
        case random(upTo: Int)
        case fixed(Int)
    }

    /// A string in the making.
    private struct Draft {
        var scalars = String.UnicodeScalarView()
        /// Scalars that may still be added.
        var room: Int
        /// Nodes that may still be visited.
        var effort: Int
    }

    private func attempt(
        _ extra: Extra,
        _ lengths: ClosedRange<Int>,
        _ effort: inout Int,
        _ generator: inout SeededGenerator
    ) -> String? {
        let most = min(lengths.upperBound, Self.maximumLength)
        var draft = Draft(room: most, effort: effort)
        defer { effort = draft.effort }
        guard append(root, extra, &generator, to: &draft) else { return nil }
        return most - draft.room >= lengths.lowerBound ? String(draft.scalars) : nil
    }

    /// Appends a match of `node`, or returns false when the string gets too long or takes too long.
    private func append(
        _ node: Node,
        _ extra: Extra,
        _ generator: inout SeededGenerator,
        to draft: inout Draft
    ) -> Bool {
        guard draft.effort > 0 else { return false }
        draft.effort -= 1
        switch node {
        case .scalars(let ranges):
            guard draft.room > 0, let scalar = Self.scalar(of: ranges, using: &generator) else { return false }
            draft.room -= 1
            draft.scalars.append(scalar)
            return true
        case .sequence(let nodes):
            return nodes.allSatisfy { append($0, extra, &generator, to: &draft) }
        case .alternation(let nodes):
            guard let node = generator.choice(of: nodes) else { return false }
            return append(node, extra, &generator, to: &draft)
        case .repetition(let node, let minimum, let maximum):
            let more =
                switch extra {
                case .random(let most): generator.integer(in: 0...min(most, (maximum ?? .max) - minimum))
                case .fixed(let count): min(count, (maximum ?? .max) - minimum)
                }
            for _ in 0..<(minimum + more) {
                let before = draft.room
                guard append(node, extra, &generator, to: &draft) else { return false }
                // What matches nothing once may do so for ever.
                if draft.room == before { break }
            }
            return true
        }
    }

    /// One of the scalars, each equally likely.
    private static func scalar(of ranges: [ClosedRange<UInt32>], using generator: inout SeededGenerator) -> Unicode
        .Scalar?
    {
        let total = ranges.reduce(0) { $0 + $1.count }
        guard total > 0 else { return nil }
        var index = generator.below(total)
        for range in ranges {
            if index < range.count { return Unicode.Scalar(range.lowerBound + UInt32(index)) }
            index -= range.count
        }
        return nil
    }
}
