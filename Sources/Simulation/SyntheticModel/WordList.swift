/// A list that ``TextComposer`` draws from: words for a slot, or patterns of sentences.
struct WordList<Element: Sendable>: Sendable {
    let name: WordListName
    let elements: [Element]

    init(_ name: WordListName, _ elements: [Element]) {
        precondition(elements.count <= WordDeck.limit, "a list of more than \(WordDeck.limit) words, \(name)")
        self.name = name
        self.elements = elements
    }
}

/// Which list it is: a text remembers what it has drawn from each.
enum WordListName: Int, CaseIterable, Sendable {
    case opening, body, closing, introduction, item, start, step
    case quality, aspect, action, effect, condition, example, risk
}
