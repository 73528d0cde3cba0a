/// A few words of a prompt that a text about it can mention, such as "the old harbor".
///
/// Only letters, marks, digits and what joins them are taken, so the phrase is one harmless run of text in any
/// script: no control characters, no bidirectional overrides, no markup. At most ``maximumTokenCount`` tokens long.
struct TopicPhrase: Hashable, Sendable {
    /// The longest phrase, in tokens of ``TokenSplitter``.
    static let maximumTokenCount = 8

    /// How much of a prompt is looked at, in grapheme clusters.
    ///
    /// What is asked stands at the start or is repeated.
    private static let examinedLength = 1000

    /// The phrase as it can stand in the middle of a sentence.
    let text: String

    /// The words of the phrase without its article.
    let words: [String]

    /// Whether a prompt gave the phrase, or it had no usable word.
    let isFromPrompt: Bool

    /// Finds the phrase of a prompt: its longest run of words that carry meaning, the later one of two equals.
    init(prompt: String) {
        let words = Self.words(of: prompt)
        var best = 0..<0
        var start: Int?
        for (index, word) in words.enumerated() {
            if word.carriesMeaning {
                let first = start ?? index
                start = word.endsPhrase || index + 1 - first == 3 ? nil : first
                if index + 1 - first >= best.count { best = first..<(index + 1) }
            } else {
                start = nil
            }
        }
        let article = best.lowerBound > 0 && !best.isEmpty ? words[best.lowerBound - 1] : nil
        var phrase: [String] = []
        var tokens = 0
        for word in words[best] {
            tokens += TokenSplitter.count(word.text)
            guard tokens <= Self.maximumTokenCount else { break }
            phrase.append(word.text)
        }
        if phrase.isEmpty, let first = words[best].first { phrase = [Self.start(of: first.text)] }
        self.words = phrase
        isFromPrompt = !phrase.isEmpty
        guard isFromPrompt else {
            text = "your question"
            return
        }
        let isArticle = article.map { !$0.endsPhrase && ["the", "a", "an"].contains($0.text) } ?? false
        text = (isArticle ? [article?.text ?? ""] + phrase : phrase).joined(separator: " ")
    }

    /// The first tokens of a word that is too long, for example a sentence in a script without spaces.
    private static func start(of word: String) -> String {
        let tokens = TokenSplitter.tokens(in: word)
        // A single cluster may carry any number of marks; then its base has to do.
        let start = tokens.prefix(maximumTokenCount).joined()
        return start.utf8.count <= 120 ? start : String(word.unicodeScalars.prefix(1))
    }
}

extension TopicPhrase {
    private struct Word {
        var text: String
        /// Whether something other than a space follows, so that a phrase cannot go on.
        var endsPhrase: Bool

        /// Whether the word says what a text is about.
        ///
        /// Words of other languages always do.
        var carriesMeaning: Bool {
            guard text.utf8.count > 1 else { return false }
            return !TextVocabulary.wordsWithoutMeaning.contains(text.lowercased())
        }
    }

    /// The words at the start of `prompt`.
    private static func words(of prompt: String) -> [Word] {
        var prompt = prompt
        var words = Words()
        let plainCount = prompt.withUTF8 { bytes in
            let count = bytes.prefix(examinedLength).plainCount(isWhole: bytes.count <= examinedLength)
            words.read(UnsafeBufferPointer(rebasing: bytes[..<count]))
            return count
        }
        let rest = prompt[prompt.utf8.index(prompt.startIndex, offsetBy: plainCount)...]
        for character in rest.prefix(examinedLength - plainCount) { words.read(character) }
        words.finish()
        return words.words
    }

    /// Words in the making.
    private struct Words {
        private(set) var words: [Word] = []
        private var current = ""

        /// Reads clusters of ASCII, each a byte.
        mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
            words.reserveCapacity(bytes.count / 5 + 1)
            var start: Int?
            for (offset, byte) in bytes.enumerated() {
                if byte.isLetterOrDigit || (start != nil && byte.isConnector) {
                    start = start ?? offset
                } else {
                    if let start { current = String(decoding: bytes[start..<offset], as: UTF8.self) }
                    start = nil
                    endWord(with: byte == UInt8(ascii: " "))
                }
            }
            if let start { current = String(decoding: bytes[start...], as: UTF8.self) }
        }

        mutating func read(_ character: Character) {
            if character.joinsWord || (!current.isEmpty && character.isConnector) {
                // Any number of marks can sit on one character; nobody needs more than a few.
                if character.utf8.count <= 8 || character.unicodeScalars.count <= 8 { current.append(character) }
            } else {
                endWord(with: character == " ")
            }
        }

        mutating func finish() {
            endWord(with: false)
        }

        /// - Parameter isSpace: whether it is a space that ends the word, or another one that ended before.
        private mutating func endWord(with isSpace: Bool) {
            if !current.isEmpty { words.append(Word(text: current.trimmed, endsPhrase: false)) }
            current = ""
            if !isSpace, !words.isEmpty { words[words.count - 1].endsPhrase = true }
        }
    }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
    /// Counts the bytes at the start that are a grapheme cluster each: ASCII with ASCII behind it, other than a line
    /// break of two (Unicode Standard Annex #29, rule GB3).
    ///
    /// - Parameter isWhole: whether nothing comes behind the last byte.
    /// - Returns: how many there are.
    fileprivate func plainCount(isWhole: Bool) -> Int {
        let plainCount = self.prefix { $0 < 0x80 && $0 != UInt8(ascii: "\r") }.count
        return plainCount == count && isWhole || plainCount == 0 ? plainCount : plainCount - 1
    }
}

extension Character {
    /// The only byte of a character of ASCII, for which no table of Unicode has to be asked.
    private var ascii: UInt8? {
        utf8.count == 1 ? utf8.first : nil
    }

    /// Whether the character is a letter, syllable or digit with nothing but its marks.
    fileprivate var joinsWord: Bool {
        if let ascii { return ascii.isLetterOrDigit }
        guard isLetter || isNumber else { return false }
        return unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
            case .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber, .otherNumber: true
            // Joiners shape words in Persian and in Indian scripts.
            default: scalar == "\u{200C}" || scalar == "\u{200D}"
            }
        }
    }

    /// Whether the character may stand inside a word.
    fileprivate var isConnector: Bool {
        ascii?.isConnector ?? (self == "’")
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }

    fileprivate var isConnector: Bool {
        switch self {
        case UInt8(ascii: "-"), UInt8(ascii: "'"), UInt8(ascii: "+"), UInt8(ascii: "#"): true
        default: false
        }
    }
}

extension String {
    /// The word without connectors at its end, other than the signs of names such as C++ and F#.
    fileprivate var trimmed: String {
        if let last = utf8.last, last.isLetterOrDigit { return self }
        var word = self
        while let last = word.last, last == "-" || last == "'" || last == "’" { word.removeLast() }
        return word
    }
}
