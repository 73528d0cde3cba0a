internal import Tapes

/// Fills sentence patterns with words from ``TextVocabulary``.
///
/// Within one text nothing is drawn twice before everything was drawn once, so a text does not repeat itself.
struct TextComposer {
    /// What the text is about.
    let topic: TopicPhrase

    /// The source of every choice.
    private(set) var generator: SeededGenerator

    /// By the name of the list.
    private var decks: [String: Deck] = Dictionary(minimumCapacity: 12)

    /// Creates a composer for one text.
    init(topic: TopicPhrase, generator: SeededGenerator) {
        self.topic = topic
        self.generator = generator
    }

    /// A random number of `range`.
    mutating func integer(in range: ClosedRange<Int>) -> Int {
        generator.integer(in: range)
    }

    /// True with the probability `percent` of 100.
    mutating func chance(percent: Int) -> Bool {
        generator.chance(percent: percent)
    }

    /// A sentence from one of `patterns`, with an uppercase letter at its start.
    ///
    /// Lists of one name share their memory of what was drawn.
    mutating func sentence(_ name: String, from patterns: [SentencePattern]) -> String {
        fill(draw(name, from: patterns)).capitalizedAtStart
    }

    /// An element of `list` that was not drawn before under this name, if there is one left.
    private mutating func draw<Element>(_ name: String, from list: [Element]) -> Element {
        list[decks[name, default: Deck()].draw(of: list.count, using: &generator)]
    }

    /// The pattern with every slot filled.
    private mutating func fill(_ pattern: SentencePattern) -> String {
        var text = ""
        text.reserveCapacity(160)
        for part in pattern.parts {
            switch part {
            case .text(let fixed): text += fixed
            case .topic: text += topic.text
            case .slot(let name, let words): text += draw(name, from: words)
            }
        }
        return text
    }
}

/// The indices of a list that are still to be drawn.
private struct Deck {
    private var left: [Int] = []

    /// - Parameters:
    ///   - count: of the list, which is taken from its start once all is drawn.
    ///   - generator: chooses.
    /// - Returns: an index.
    mutating func draw(of count: Int, using generator: inout SeededGenerator) -> Int {
        if left.isEmpty { left = Array(0..<count) }
        return left.remove(at: generator.below(left.count))
    }
}

extension String {
    /// The text with its first character in uppercase, if its script has cases.
    var capitalizedAtStart: String {
        // A letter of ASCII with another byte of ASCII behind it is a character by itself.
        guard let first = utf8.first, utf8.prefix(2).allSatisfy({ $0 < 0x80 }) else {
            return prefix(1).uppercased() + dropFirst()
        }
        guard (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first) else { return self }
        return String(UnicodeScalar(first & ~0x20)) + dropFirst()
    }
}
