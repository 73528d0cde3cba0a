internal import Tapes

/// Fills sentence patterns with words from ``TextVocabulary``.
///
/// Within one text nothing is drawn twice before everything was drawn once, so a text does not repeat itself.
struct TextComposer {
    /// What the text is about.
    let topic: TopicPhrase

    /// What was written so far, in UTF-8: appending to a string costs more than all else about a short piece.
    private var bytes: [UInt8] = []

    /// The source of every choice.
    private var generator: SeededGenerator

    /// By the lists' names.
    private var decks = [WordDeck](repeating: WordDeck(), count: WordListName.allCases.count)

    /// Creates a composer for one text.
    init(topic: TopicPhrase, generator: SeededGenerator) {
        self.topic = topic
        self.generator = generator
        bytes.reserveCapacity(800)
    }

    /// What was written so far.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// A random number of `range`.
    mutating func integer(in range: ClosedRange<Int>) -> Int {
        generator.integer(in: range)
    }

    /// True with the probability `percent` of 100.
    mutating func chance(percent: Int) -> Bool {
        generator.chance(percent: percent)
    }

    /// Writes what stands between sentences.
    mutating func write(_ fixed: String) {
        var fixed = fixed
        fixed.withUTF8 { bytes += $0 }
    }

    /// Writes a sentence from one of `patterns`, with an uppercase letter at its start.
    mutating func write(from patterns: WordList<SentencePattern>) {
        let start = bytes.count
        for part in draw(from: patterns).parts {
            switch part {
            case .text(let fixed): write(fixed)
            case .topic: write(topic.text)
            case .slot(let words): write(draw(from: words))
            }
        }
        capitalize(from: start)
    }

    /// A sentence by itself; nothing is written.
    mutating func sentence(from patterns: WordList<SentencePattern>) -> String {
        let start = bytes.count
        write(from: patterns)
        defer { bytes.removeSubrange(start...) }
        return String(decoding: bytes[start...], as: UTF8.self)
    }

    /// An element of `list` that was not drawn before, if there is one left.
    private mutating func draw<Element>(from list: WordList<Element>) -> Element {
        list.elements[decks[list.name.rawValue].draw(of: list.elements.count, using: &generator)]
    }

    private mutating func capitalize(from start: Int) {
        // A letter of ASCII with another byte of ASCII behind it is a character by itself.
        if bytes[start...].prefix(2).allSatisfy({ $0 < 0x80 }) {
            if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(bytes[start]) { bytes[start] &= ~0x20 }
        } else {
            let sentence = String(decoding: bytes[start...], as: UTF8.self)
            bytes.removeSubrange(start...)
            write(sentence.capitalizedAtStart)
        }
    }
}

/// The indices of a list that are still to be drawn.
struct WordDeck {
    /// The longest list there may be.
    static let limit = UInt64.bitWidth - 1

    /// A bit for each index.
    private var left: UInt64 = 0

    /// - Parameters:
    ///   - count: of the list, which is taken from its start once all is drawn.
    ///   - generator: chooses.
    /// - Returns: an index.
    mutating func draw(of count: Int, using generator: inout SeededGenerator) -> Int {
        if left == 0 { left = 1 << UInt64(count) - 1 }
        var rest = left
        for _ in 0..<generator.below(left.nonzeroBitCount) { rest &= rest - 1 }
        left ^= rest & (0 &- rest)
        return rest.trailingZeroBitCount
    }
}

extension String {
    /// The text with its first character in uppercase, if its script has cases.
    var capitalizedAtStart: String {
        prefix(1).uppercased() + dropFirst()
    }
}
