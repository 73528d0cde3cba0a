/// What of a text makes it like others: its words, their stems and letters, and which words stand together.
///
/// A feature is a hash with a weight. Words that carry no meaning weigh little. Nothing is known of what words mean:
/// texts are alike as far as they share letters.
struct TextFeatures: Sendable {
    /// How much a feature counts, in 4096ths; whole numbers, so that the order of sums does not matter.
    private(set) var weights: [UInt64: Int] = [:]

    /// Stems of the words that carry meaning; of all words when none does.
    private(set) var stems: Set<UInt64> = []

    private var stemsWithoutMeaning: Set<UInt64> = []
    /// The stem before, and the share of its weight.
    private var previous: (stem: UInt64, factor: Double)?

    private enum Kind: UInt8 {
        case word, stem, letters, pair, text, token, tokenPair, medium
    }

    private enum Weight {
        static let word = 0.35
        static let stem = 0.85
        /// Of all groups of letters of a word together.
        static let letters = 0.55
        static let pair = 0.25
        /// Of the text as it is, so that texts of the same words are not the same.
        static let text = 0.08
        /// What words without meaning have of the others' weight.
        static let withoutMeaning = 0.15
    }

    init() {}

    init(text: String) {
        add(text: text)
    }

    mutating func add(text: String) {
        add(Self.hash(.text, text.utf8), Weight.text)
        for word in Self.words(of: text) { add(word) }
        if stems.isEmpty { stems = stemsWithoutMeaning }
    }

    /// A text in tokens of a tokenizer that we do not have.
    mutating func add(tokens: [Int]) {
        var previous: [UInt8]?
        for token in tokens {
            let bytes = Self.bytes(UInt64(bitPattern: Int64(token)))
            add(Self.hash(.token, bytes), 1)
            if let previous { add(Self.hash(.tokenPair, previous + bytes), Weight.pair) }
            previous = bytes
        }
    }

    /// A picture, sound, video or file; like nothing but itself.
    mutating func add(medium: some Sequence<UInt8>) {
        add(Self.hash(.medium, medium), 2)
    }

    /// The share of these stems that another text has, 0 to 1.
    func overlap(with other: TextFeatures) -> Double {
        stems.isEmpty ? 0 : Double(stems.intersection(other.stems).count) / Double(stems.count)
    }
}

// MARK: - Words

extension TextFeatures {
    private mutating func add(_ word: String) {
        let carriesMeaning = !TextVocabulary.wordsWithoutMeaning.contains(word)
        let factor = carriesMeaning ? 1 : Weight.withoutMeaning
        let stem = Self.hash(.stem, WordStem.bytes(of: word))
        add(Self.hash(.word, word.utf8), Weight.word * factor)
        add(stem, Weight.stem * factor)
        if carriesMeaning { stems.insert(stem) } else { stemsWithoutMeaning.insert(stem) }
        let groups = Self.letterGroups(of: word)
        for group in groups { add(group, Weight.letters * factor / Double(groups.count).squareRoot()) }
        if let previous {
            // A pair carries as much meaning as the lesser of its words.
            let pair = Self.hash(.pair, Self.bytes(previous.stem) + Self.bytes(stem))
            add(pair, Weight.pair * min(factor, previous.factor))
        }
        previous = (stem, factor)
    }

    private mutating func add(_ feature: UInt64, _ weight: Double) {
        weights[feature, default: 0] += Int((weight * 4096).rounded())
    }

    /// In lower case; a character of a script without spaces is a word.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        for scalar in text.lowercased().unicodeScalars {
            let isAlone = (0x2E80...0x9FFF).contains(scalar.value) || (0x20000...0x3FFFF).contains(scalar.value)
            if !isAlone, scalar.belongsToWord {
                word.append(scalar)
                continue
            }
            if !word.isEmpty { words.append(String(word)) }
            word = String.UnicodeScalarView()
            if isAlone, scalar.belongsToWord { words.append(String(scalar)) }
        }
        if !word.isEmpty { words.append(String(word)) }
        return words
    }

    /// Groups of three letters, with the borders of the word.
    private static func letterGroups(of word: String) -> [UInt64] {
        let scalars = [0] + word.unicodeScalars.map(\.value) + [0]
        guard scalars.count > 3 else { return [] }
        return (0...scalars.count - 3).map { start in
            hash(.letters, scalars[start..<start + 3].flatMap { bytes(UInt64($0)) })
        }
    }
}

// MARK: - Hashes

extension TextFeatures {
    /// FNV-1a, 64 bit (RFC 9923).
    private static func hash(_ kind: Kind, _ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        hash = (hash ^ UInt64(kind.rawValue)) &* 0x0000_0100_0000_01B3
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return hash
    }

    private static func bytes(_ number: UInt64) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
}

extension Unicode.Scalar {
    /// A letter, a digit or a mark on one of them.
    fileprivate var belongsToWord: Bool {
        if isASCII { return ("a"..."z").contains(self) || ("0"..."9").contains(self) || ("A"..."Z").contains(self) }
        return properties.isAlphabetic || properties.numericType != nil
            || properties.canonicalCombiningClass != .notReordered
    }
}
