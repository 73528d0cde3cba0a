package import Tapes

/// Breaks the JSON of an answer.
///
/// It ends in the middle unless told. In a stream that is one event at a random place unless told, where the sentinel
/// does not count; in another answer it is the body.
package struct MalformedJSONFault: Fault {
    enum Form: String, CaseIterable {
        case cut
        case notJSON = "not_json"
        case array, string, null
    }

    package static let name = "malformed_json"
    package static let summary = "Breaks the JSON of an event, or of the body."
    package static let parameters = [form, EventSelection.index, EventSelection.which, count]

    private static let count = EventSelection.count(default: 1)

    private static let form = FaultParameter.choice(
        "form",
        "It is cut in half, is no JSON at all, or is JSON but an array, a string or null.",
        default: Form.cut,
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
        let payloads = answer.jsonPayloads
        let positions = selection.positions(among: payloads.count, using: &generator)
        answer.tape.apply(payloads[positions].flatMap { $0.replacement(by: broken($0)) })
    }

    private func broken(_ payload: JSONPayload) -> [UInt8] {
        switch form {
        case .cut:
            // Not inside a character, and on one line.
            let half = payload.bytes.prefix(payload.bytes.count / 2 + 1).dropLast()
            let next = payload.bytes[half.endIndex...].first ?? 0
            let whole = next & 0xC0 == 0x80 ? half.prefix { $0 < 0x80 } : half
            return whole.filter { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        case .notJSON: return Array("upstream connect error or disconnect/reset before headers".utf8)
        case .array: return Array("[]".utf8)
        case .string: return Array(#""overloaded""#.utf8)
        case .null: return Array("null".utf8)
        }
    }
}
