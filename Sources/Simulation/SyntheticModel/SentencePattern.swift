/// A sentence with slots in braces, as in `"The {quality} way into {topic} is to {action}."`, taken apart once.
struct SentencePattern: Sendable, ExpressibleByStringLiteral {
    enum Part: Sendable {
        case text(String)
        case topic
        /// One of the words that ``TextVocabulary/slots`` has under the slot's name.
        case slot(WordList<String>)
    }

    let parts: [Part]

    init(stringLiteral pattern: String) {
        var parts: [Part] = []
        var rest = Substring(pattern)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            let name = String(rest[rest.index(after: open)..<close])
            if name == "topic" {
                parts.append(.topic)
            } else if let words = TextVocabulary.slots[name] {
                parts.append(.slot(words))
            } else {
                preconditionFailure("the vocabulary has no list '\(name)' for the pattern '\(pattern)'")
            }
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }
}
