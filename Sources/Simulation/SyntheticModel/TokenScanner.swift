/// Finds the piece ends of a text for ``TokenSplitter``, one after the other.
///
/// It walks over grapheme clusters. An ASCII byte followed by another one is a cluster of its own (except for
/// CR LF, Unicode Standard Annex #29, rule GB3); only next to other characters is the standard library asked.
struct TokenScanner {
    /// What a cluster is for the purpose of splitting, judged by its first scalar.
    private enum Kind {
        case letter
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
    /// Up to where words count as those of a language with letters of Latin-1, and of the blocks after it.
    private var accentReach = (latin1: 0, extended: 0)

    /// How many bytes behind an accent words are taken for words of its language.
    private static let accentReach = 150

    /// Creates a scanner at the start of `text`, whose UTF-8 is `bytes`.
    init(text: String, bytes: UnsafeBufferPointer<UInt8>) {
        self.text = text
        self.bytes = bytes
        self.known = (0, text.startIndex)
    }

    /// The offset after the next piece, or nil at the end of the text.
    mutating func nextEnd() -> Int? {
        guard position < bytes.count else { return nil }
        position = pieceEnd(from: position)
        return position
    }

    private mutating func pieceEnd(from start: Int) -> Int {
        switch kind(at: start) {
        case .letter: wordEnd(from: start)
        case .ideograph: ideographEnd(from: start)
        case .digit: runEnd(of: .digit, from: start, limit: 3)
        case .space, .lineBreak: whiteSpaceEnd(from: start)
        case .punctuation: punctuationEnd(from: start)
        case .symbol: clusterEnd(from: start)
        }
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

// MARK: - White space and punctuation

extension TokenScanner {
    /// White space up to its last line break; else all of it but the last space, which goes with what follows.
    private mutating func whiteSpaceEnd(from start: Int) -> Int {
        var end = start
        var last = start
        var breakEnd: Int?
        // Bounded, so that a long run is not read again for each of its pieces.
        for _ in 0..<64 {
            guard end < bytes.count else { break }
            let kind = kind(at: end)
            guard kind == .space || kind == .lineBreak else { break }
            last = end
            end = clusterEnd(from: end)
            if kind == .lineBreak { breakEnd = end }
        }
        if let breakEnd { return breakEnd }
        guard end < bytes.count else { return end }
        guard last == start else { return last }
        switch kind(at: end) {
        case .letter: return wordEnd(from: end)
        case .ideograph: return ideographEnd(from: end)
        case .punctuation: return punctuationRunEnd(from: end)
        case .symbol: return clusterEnd(from: end)
        case .digit, .space, .lineBreak: return end
        }
    }

    /// The end of a run of punctuation, or of a short word behind a single one, such as `.count` and `'s`.
    private mutating func punctuationEnd(from start: Int) -> Int {
        let end = clusterEnd(from: start)
        guard end < bytes.count, kind(at: end) == .letter else { return punctuationRunEnd(from: start) }
        return letterCount(from: end, limit: 6).count < 6 ? wordEnd(from: end) : end
    }

    /// The end of up to three marks and the line breaks behind them.
    private mutating func punctuationRunEnd(from start: Int) -> Int {
        let end = runEnd(of: .punctuation, from: start, limit: 3)
        return runEnd(of: .lineBreak, from: end, limit: 8)
    }
}

// MARK: - Words

extension TokenScanner {
    /// The end of a word that starts at `start`, or of the first piece of a long one.
    private mutating func wordEnd(from start: Int) -> Int {
        let word = letterCount(from: start, limit: 11)
        let (longest, piece) = lengths(of: word, at: start)
        guard word.count > longest else {
            return word.count <= 5 ? contractionEnd(from: word.end) : word.end
        }
        return runEnd(of: .letter, from: start, limit: piece)
    }

    private struct Word {
        var count = 0
        var end: Int
        var isUpperCase = true
    }

    /// Letters up to the next word in camel case: capitals, then others.
    private mutating func letterCount(from start: Int, limit: Int) -> Word {
        var word = Word(end: start)
        while word.count < limit, word.end < bytes.count, kind(at: word.end) == .letter {
            let byte = bytes[word.end]
            let isCapital = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            if isCapital, !word.isUpperCase { break }
            word.isUpperCase = isCapital
            if byte >= 0x80 { noteAccent(scalar(at: word.end), at: word.end) }
            word.end = clusterEnd(from: word.end)
            word.count += 1
        }
        return word
    }

    private mutating func noteAccent(_ scalar: UInt32, at offset: Int) {
        switch scalar {
        case 0xC0...0xFF: accentReach.latin1 = offset + Self.accentReach
        case 0x100...0x24F, 0x1E00...0x1EFF: accentReach.extended = offset + Self.accentReach
        default: break
        }
    }

    /// How many letters a word may have to be one piece, and how many the first piece of a longer one has.
    ///
    /// Measured on o200k_base, see docs/tokens.md. English words are mostly one token each. Those of other languages
    /// are not, and what gives them away are the accents in and shortly before them.
    private func lengths(of word: Word, at start: Int) -> (longest: Int, piece: Int) {
        switch scalar(at: start) {
        case ..<0x250, 0x1E00...0x1EFF:
            if start < accentReach.extended { return (4, 3) }
            if start < accentReach.latin1 { return (7, 4) }
            return word.isUpperCase ? (4, 4) : (10, 4)
        // Greek
        case 0x370...0x3FF: return (4, 2)
        // Cyrillic
        case 0x400...0x52F: return (6, 4)
        // Hebrew
        case 0x590...0x5FF: return (3, 2)
        // From Devanagari to Myanmar, with Thai between; vowel signs are part of a cluster there.
        case 0x900...0x109F: return (2, 2)
        // Arabic, Armenian and others
        default: return (4, 3)
        }
    }

    /// The end of `'s`, `'ll` and the like at `start`, or else `start`.
    private mutating func contractionEnd(from start: Int) -> Int {
        guard start < bytes.count, bytes[start] == UInt8(ascii: "'") else { return start }
        let letters = letterCount(from: start + 1, limit: 3)
        return (1...2).contains(letters.count) ? letters.end : start
    }

    /// The end of one ideograph, or of two if their bits say so.
    ///
    /// Of Chinese characters every fifth takes the next one along, of Japanese and Korean syllables two in five.
    private mutating func ideographEnd(from start: Int) -> Int {
        let end = clusterEnd(from: start)
        guard end < bytes.count, kind(at: end) == .ideograph else { return end }
        let first = scalar(at: start)
        let isChinese = (0x3400...0x9FFF).contains(first) || first >= 0x20000
        let isPair = (first &* 31 &+ scalar(at: end)) % 5 < (isChinese ? 1 : 2)
        return isPair ? clusterEnd(from: end) : end
    }
}

// MARK: - Clusters

extension TokenScanner {
    /// The end of the grapheme cluster that starts at `offset`.
    @inline(__always)
    private mutating func clusterEnd(from offset: Int) -> Int {
        let next = offset + 1
        if bytes[offset] < 0x80, next == bytes.count || bytes[next] < 0x80 {
            let isPair = bytes[offset] == UInt8(ascii: "\r") && next < bytes.count && bytes[next] == UInt8(ascii: "\n")
            return isPair ? next + 1 : next
        }
        return otherClusterEnd(from: offset)
    }

    /// The end of a cluster with something outside ASCII.
    private mutating func otherClusterEnd(from offset: Int) -> Int {
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

    @inline(__always)
    private func kind(at offset: Int) -> Kind {
        let byte = bytes[offset]
        guard byte >= 0x80 else { return Self.asciiKind(byte) }
        return Self.kind(of: scalar(at: offset))
    }

    @inline(__always)
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
        case 0xC0...0x10FF, 0x1200...0x1FFF, 0xA4D0...0xA95F, 0xA980...0xABFF, 0xFB00...0xFDFF: .letter
        case 0xFE70...0xFEFE, 0x10000...0x1B0FF: .letter
        case 0x2000...0x206F, 0x3000...0x303F, 0xFE10...0xFE6F, 0xFF00...0xFF0F: .punctuation
        case 0x1100...0x11FF, 0x2E80...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7FF, 0xF900...0xFAFF: .ideograph
        case 0xFF10...0xFFEF, 0x20000...0x3FFFF: .ideograph
        default: .symbol
        }
    }
}
