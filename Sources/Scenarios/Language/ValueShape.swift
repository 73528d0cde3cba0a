/// What the value of a key in a scenario file may be.
///
/// The checks of the reader, the lists of valid words in its errors, and the JSON Schema all come from these shapes.
indirect enum ValueShape: Sendable {
    case text(TextFormat)
    /// A string, a number or a boolean, taken as it is written.
    case scalarText
    case bool
    case integer(ClosedRange<Int>)
    /// One of these words; what each of them is stands in messages.
    case choice([String], noun: String = "word")
    /// No value after the colon.
    case nothing
    /// Any JSON value.
    case json
    /// Any mapping.
    case object
    case mapping(MappingShape)
    /// Keys of the user's own, at least one.
    case map(keys: TextFormat, of: ValueShape)
    /// At least one element.
    case list(ValueShape)
    /// Alternatives that differ in their kind: what a node is decides which of them it means.
    case either([ValueShape])
}

/// A mapping with keys of ours.
struct MappingShape: Sendable {
    /// How many of the keys there must be, beyond those that are required.
    enum Count: Sendable {
        case any
        case one
        case oneOrMore
    }

    /// With its article, for messages: `a rule`.
    let name: String
    /// What a key is called in messages: `key`, `step`, `fault`.
    let keyNoun: String
    /// Where the JSON Schema keeps it.
    let definition: String
    let summary: String
    let count: Count
    let fields: [FieldShape]

    init(
        _ name: String,
        definition: String,
        keyNoun: String = "key",
        count: Count = .oneOrMore,
        _ summary: String,
        fields: [FieldShape]
    ) {
        self.name = name
        self.keyNoun = keyNoun
        self.definition = definition
        self.summary = summary
        self.count = count
        self.fields = fields
    }
}

/// A key with what it may hold.
struct FieldShape: Sendable {
    let name: String
    let shape: ValueShape
    /// What it means, with its unit and its default.
    let summary: String
    let isRequired: Bool

    init(_ name: String, _ shape: ValueShape, _ summary: String, isRequired: Bool = false) {
        self.name = name
        self.shape = shape
        self.summary = summary
        self.isRequired = isRequired
    }
}

extension ValueShape {
    /// One of these, or several in a list.
    static func oneOrMany(_ shape: ValueShape) -> ValueShape {
        .either([shape, .list(shape)])
    }

    /// What is expected, in words for messages.
    var words: String {
        switch self {
        case .text(let format): format.words
        case .scalarText: "a string or a number"
        case .bool: "true or false"
        case .integer(let range):
            switch (range.lowerBound, range.upperBound) {
            case (Int.min, Int.max): "an integer"
            case (let least, Int.max): "an integer from \(least) on"
            case (let least, let most): "an integer from \(least) to \(most)"
            }
        case .choice(_, let noun): noun.first.map("aeiou".contains) == true ? "an \(noun)" : "a \(noun)"
        case .nothing: "nothing"
        case .json: "any value"
        case .object: "a mapping"
        case .mapping, .map: "a mapping"
        case .list: "a list"
        case .either(let shapes): Self.words(shapes)
        }
    }

    private static func words(_ shapes: [ValueShape]) -> String {
        var words: [String] = []
        for shape in shapes {
            if case .nothing = shape { continue }
            if !words.contains(shape.words) { words.append(shape.words) }
        }
        return words.joined(separator: " or ")
    }
}
