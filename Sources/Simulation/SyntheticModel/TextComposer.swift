/// Fills sentence patterns with words from ``TextVocabulary``.
///
/// A pattern is text with slots in braces, as in `"The {quality} way into {topic} is to {action}."`. Within one
/// text nothing is drawn twice before everything was drawn once, so a text does not repeat itself.
struct TextComposer {
    /// What the text is about.
    let topic: TopicPhrase

    /// The source of every choice.
    private(set) var generator: SeededGenerator

    /// The indices that are still to be drawn, by the name of the list.
    private var decks: [String: [Int]] = [:]

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
    mutating func sentence(_ name: String, from patterns: [String]) -> String {
        fill(draw(name, from: patterns)).capitalizedAtStart
    }

    /// An element of `list` that was not drawn before under this name, if there is one left.
    private mutating func draw(_ name: String, from list: [String]) -> String {
        var deck = decks[name] ?? []
        if deck.isEmpty { deck = Array(list.indices) }
        let index = deck.remove(at: generator.below(deck.count))
        decks[name] = deck
        return list[index]
    }

    /// The pattern with every slot filled.
    private mutating func fill(_ pattern: String) -> String {
        var text = ""
        var rest = Substring(pattern)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open]
            let slot = String(rest[rest.index(after: open)..<close])
            if slot == "topic" {
                text += topic.text
            } else if let list = TextVocabulary.slots[slot] {
                text += draw(slot, from: list)
            } else {
                preconditionFailure("the vocabulary has no list '\(slot)' for the pattern '\(pattern)'")
            }
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }
}

extension String {
    /// The text with its first character in uppercase, if its script has cases.
    var capitalizedAtStart: String {
        prefix(1).uppercased() + dropFirst()
    }
}
