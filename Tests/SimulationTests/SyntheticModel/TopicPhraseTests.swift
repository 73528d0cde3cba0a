internal import Tapes
internal import Testing

@testable import Simulation

@Suite("The topic of a prompt")
struct TopicPhraseTests {
    @Test(
        "Bytes of ASCII are read as the characters that they are",
        arguments: 0..<200 as Range<UInt64>
    )
    func asciiLaw(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "the", "old", "harbor", "C++", "F#", "x", "don't", " ", " ", " ", "  ", ", ", ".", "-", "'", "#", "\n",
            "\r\n",
            "\t", "é", "e\u{301}", "\u{301}", "’", "東京", "🙂", "\u{0}",
        ]
        let plainPieces = pieces.filter { $0.utf8.allSatisfy { $0 < 0x80 } }
        let prompt = (0..<Int.random(in: 0...60, using: &generator)).map { index in
            (seed % 2 == 0 || index < 20 ? plainPieces : pieces).randomElement(using: &generator) ?? ""
        }.joined()
        // Behind something outside ASCII each character is looked at as one.
        #expect(TopicPhrase(prompt: prompt) == TopicPhrase(prompt: "… " + prompt), "\(prompt.debugDescription)")
    }

    @Test("A long prompt is read as far as its thousandth character", arguments: [998, 999, 1000, 1001])
    func longPrompts(length: Int) {
        let filler = String(repeating: "a ", count: 500).prefix(length - 3) + " "
        #expect(TopicPhrase(prompt: filler + "ox").words == (length <= 1000 ? ["ox"] : []))
    }
}

@Suite("Lists that texts are made of")
struct WordDeckTests {
    @Test("Nothing is drawn twice before all was drawn", arguments: [1, 2, 5, 22, WordDeck.limit])
    func law(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        var plain = generator
        var deck = WordDeck()
        var left: [Int] = []
        for _ in 0..<4 * count {
            if left.isEmpty { left = Array(0..<count) }
            #expect(deck.draw(of: count, using: &generator) == left.remove(at: plain.below(left.count)))
        }
        #expect(left.isEmpty)
    }
}
