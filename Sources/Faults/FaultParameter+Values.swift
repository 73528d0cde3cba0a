extension FaultParameter {
    /// A parameter that takes the words of an enumeration.
    static func choice<Word: RawRepresentable<String> & CaseIterable>(
        _ name: String,
        _ summary: String,
        default word: Word,
        isShorthand: Bool = false
    ) -> FaultParameter {
        FaultParameter(
            name,
            .choice(Word.allCases.map(\.rawValue)),
            summary,
            default: .text(word.rawValue),
            isShorthand: isShorthand
        )
    }

    /// Whether a value is of the kind and within the range.
    package func accepts(_ value: FaultValue) -> Bool {
        switch (kind, value) {
        case (.duration, .duration(let duration)): duration >= .zero
        case (.byteCount(let range), .integer(let number)), (.integer(let range), .integer(let number)):
            range.contains(number)
        case (.bool, .bool), (.text, .text): true
        case (.choice(let words), .text(let word)): words.contains(word)
        default: false
        }
    }

    /// The values at the edges of what it takes: both ends of a range, each word of a choice.
    ///
    /// A time has no upper end; a day is longer than any exchange. A text has no edge, so only its default is here.
    package var boundaryValues: [FaultValue] {
        switch kind {
        case .duration: [.duration(.zero), .duration(.nanoseconds(1)), .duration(.seconds(86_400))]
        case .byteCount(let range), .integer(let range):
            [.integer(range.lowerBound), .integer(range.upperBound)]
        case .bool: [.bool(false), .bool(true)]
        case .text: defaultValue.map { [$0] } ?? [.text("x")]
        case .choice(let words): words.map { .text($0) }
        }
    }
}
