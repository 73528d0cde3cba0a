package import Tapes

/// Puts ill-formed UTF-8 at the end of a text in the JSON of an answer: one event at a random place unless told.
///
/// A client shows U+FFFD there or reports an error (HTML Standard, section 9.2.6, decodes with replacement).
package struct BadUTF8Fault: Fault {
    enum Form: String, CaseIterable {
        case continuation
        case cutOff = "cut_off"
        case overlong, surrogate, invalid

        fileprivate var bytes: [UInt8] {
            switch self {
            case .continuation: [0x80]
            case .cutOff: [0xE2, 0x82]
            case .overlong: [0xC0, 0xAF]
            case .surrogate: [0xED, 0xA0, 0x80]
            case .invalid: [0xFF]
            }
        }
    }

    package static let name = "bad_utf8"
    package static let summary = "Puts ill-formed UTF-8 into a text of the answer."
    package static let parameters = [form, EventSelection.index, EventSelection.which, count]

    private static let count = EventSelection.count(default: 1)

    private static let form = FaultParameter.choice(
        "form",
        "A continuation byte alone, a character that is cut off, one that is longer than it must be, half of a surrogate "
            + "pair, or a byte that never occurs.",
        default: Form.continuation,
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let selection: EventSelection
    private let form: Form

    package init(_ arguments: FaultArguments) throws(FaultArgumentError) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        selection = try EventSelection(arguments, count: Self.count)
        form = arguments.word(Self.form)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        let payloads = answer.jsonPayloads.filter { $0.textEnd != nil }
        let positions = selection.positions(among: payloads.count, using: &generator)
        answer.tape.apply(
            payloads[positions].compactMap { payload in
                payload.textEnd.map { payload.insertion(of: form.bytes, at: $0) }
            }
        )
    }
}

extension JSONPayload {
    /// The names under which the four APIs send generated text.
    private static let textNames: Set<String> = [
        "\"content\"", "\"text\"", "\"delta\"", "\"thinking\"", "\"reasoning\"", "\"arguments\"", "\"partial_json\"",
        "\"message\"",
    ]

    /// Before the closing quote of a text that a client shows; of the last string where there is none.
    fileprivate var textEnd: Int? {
        var text: Int?
        var other: Int?
        for (index, token) in tokens.enumerated() where token.kind == .string {
            if index + 1 < tokens.count, tokens[index + 1].kind == .colon { continue }
            other = token.range.upperBound - 1
            guard index >= 2, tokens[index - 1].kind == .colon else { continue }
            let name = String(decoding: bytes[tokens[index - 2].range], as: UTF8.self)
            if Self.textNames.contains(name) { text = text ?? other }
        }
        return text ?? other
    }
}
