/// Finds the piece ends of a text for ``TokenSplitter``, one after the other.
///
/// It walks over grapheme clusters. An ASCII byte followed by another one is a cluster of its own (except for
/// CR LF, Unicode Standard Annex #29, rule GB3); only next to other characters is the standard library asked.
struct TokenScanner {
    /// What a cluster is for the purpose of splitting, judged by its first scalar.
    enum Kind {
        case letter
        /// A letter of a script that models spell with shorter pieces, such as Cyrillic or Arabic.
        case rareLetter
        /// A character of a script without spaces.
        case ideograph
        case digit
        case space
        case lineBreak
        case punctuation
        /// Emoji and everything else: a piece each.
        case symbol
    }

    private let text: String
    private let bytes: UnsafeBufferPointer<UInt8>
    /// The end of the last piece.
    private var position = 0
    /// The last index the standard library gave, so that it need not look back for the start of a cluster.
    private var known: (offset: Int, index: String.Index)

    /// Creates a scanner at the start of `text`, whose UTF-8 is `bytes`.
    init(text: String, bytes: UnsafeBufferPointer<UInt8>) {
        self.text = text
        self.bytes = bytes
        self.known = (0, text.startIndex)
    }

    /// The offset after the next piece, or nil at the end of the text.
    mutating func nextEnd() -> Int? {
        guard position < bytes.count else { return nil }
        var start = position
        var kind = kind(at: start)
        if kind == .space {
            // All spaces but the last are a piece; the last one goes with what follows it.
            let end = runEnd(of: .space, from: start, limit: 16)
            guard end < bytes.count, bytes[end - 1] == UInt8(ascii: " ") else { return advance(to: end) }
            let following = self.kind(at: end)
            guard following != .space, following != .lineBreak, following != .digit, end - 1 == start else {
                return advance(to: end - 1 == start ? end : end - 1)
            }
            start = end
            kind = following
        }
        return advance(to: pieceEnd(of: kind, from: start))
    }

    private mutating func advance(to end: Int) -> Int {
        position = end
        return end
    }

    /// The end of a piece that begins at `start`, after its space, with a cluster of `kind`.
    private mutating func pieceEnd(of kind: Kind, from start: Int) -> Int {
        switch kind {
        case .letter:
            wordEnd(of: kind, from: start, longest: 7, piece: 5)
        case .rareLetter:
            wordEnd(of: kind, from: start, longest: 4, piece: 3)
        case .ideograph:
            ideographEnd(from: start)
        case .digit:
            runEnd(of: kind, from: start, limit: 3)
        case .space, .lineBreak:
            runEnd(of: kind, from: start, limit: 8)
        case .punctuation:
            punctuationEnd(from: start)
        case .symbol:
            clusterEnd(from: start)
        }
    }

    /// The end of a word of up to `longest` letters, or of the first piece of a longer one.
    private mutating func wordEnd(of kind: Kind, from start: Int, longest: Int, piece: Int) -> Int {
        var end = start
        var pieceEnd = start
        for count in 1...(longest + 1) {
            guard end < bytes.count, self.kind(at: end) == kind else { return end }
            end = clusterEnd(from: end)
            if count == piece { pieceEnd = end }
        }
        return pieceEnd
    }

    /// The end of one ideograph, or of two if their bits say so: about seven tokens for ten characters.
    private mutating func ideographEnd(from start: Int) -> Int {
        let end = clusterEnd(from: start)
        guard end < bytes.count, kind(at: end) == .ideograph else { return end }
        let pair = (scalar(at: start) &* 31 &+ scalar(at: end)) % 5
        return pair < 3 ? clusterEnd(from: end) : end
    }

    /// The end of a run of punctuation, or of a contraction such as `'s` and `'ll`.
    private mutating func punctuationEnd(from start: Int) -> Int {
        if bytes[start] == UInt8(ascii: "'"), start > 0, start == position {
            let end = runEnd(of: .letter, from: clusterEnd(from: start), limit: 3)
            let count = end - start - 1
            if (1...2).contains(count) { return end }
        }
        return runEnd(of: .punctuation, from: start, limit: 3)
    }

    /// The end of a run of up to `limit` clusters of `kind`.
    private mutating func runEnd(of kind: Kind, from start: Int, limit: Int) -> Int {
        var end = start
        for _ in 0..<limit {
            guard end < bytes.count, self.kind(at: end) == kind else { break }
            end = clusterEnd(from: end)
        }
        return end
    }
}

// MARK: - Clusters

extension TokenScanner {
    /// The end of the grapheme cluster that starts at `offset`.
    private mutating func clusterEnd(from offset: Int) -> Int {
        let next = offset + 1
        if bytes[offset] < 0x80, next == bytes.count || bytes[next] < 0x80 {
            let isPair = bytes[offset] == UInt8(ascii: "\r") && next < bytes.count && bytes[next] == UInt8(ascii: "\n")
            return isPair ? next + 1 : next
        }
        let index = known.offset == offset ? known.index : text.utf8.index(text.startIndex, offsetBy: offset)
        let end = text.index(after: index)
        known = (text.utf8.distance(from: text.startIndex, to: end), end)
        return known.offset
    }

    /// The scalar at `offset`, which is the start of a valid UTF-8 sequence.
    private func scalar(at offset: Int) -> UInt32 {
        let first = UInt32(bytes[offset])
        func tail(_ distance: Int) -> UInt32 { UInt32(bytes[offset + distance]) & 0x3F }
        switch first {
        case ..<0x80: return first
        case ..<0xE0: return (first & 0x1F) << 6 | tail(1)
        case ..<0xF0: return (first & 0x0F) << 12 | tail(1) << 6 | tail(2)
        default: return (first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3)
        }
    }

    private func kind(at offset: Int) -> Kind {
        let byte = bytes[offset]
        guard byte >= 0x80 else { return Self.asciiKind(byte) }
        return Self.kind(of: scalar(at: offset))
    }

    private static func asciiKind(_ byte: UInt8) -> Kind {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): .letter
        case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
        case UInt8(ascii: " "), UInt8(ascii: "\t"): .space
        case 0x0A...0x0D: .lineBreak
        default: .punctuation
        }
    }

    /// The kind of a scalar outside ASCII, by Unicode block.
    private static func kind(of scalar: UInt32) -> Kind {
        switch scalar {
        case 0x80...0xBF, 0xD7, 0xF7: scalar == 0xA0 ? .space : .punctuation
        case 0xC0...0x24F, 0x1E00...0x1EFF: .letter
        case 0x250...0x10FF, 0x1200...0x1FFF, 0xA4D0...0xA95F, 0xA980...0xABFF, 0xFB00...0xFDFF: .rareLetter
        case 0xFE70...0xFEFE, 0x10000...0x1B0FF: .rareLetter
        case 0x2000...0x206F, 0x3000...0x303F, 0xFE10...0xFE6F, 0xFF00...0xFF0F: .punctuation
        case 0x1100...0x11FF, 0x2E80...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7FF, 0xF900...0xFAFF: .ideograph
        case 0xFF10...0xFFEF, 0x20000...0x3FFFF: .ideograph
        default: .symbol
        }
    }
}
