internal import HTTPTypes
package import Tapes

/// Adds, replaces or drops a header field as it is sent, or adds a line that is none; `x-fault: 1` is added unless told.
///
/// The framing does not follow, so that a dropped `transfer-encoding` leaves the chunks in the body.
package struct HeaderFault: Fault {
    enum Change: String, CaseIterable {
        case add, replace, drop
        case noColon = "no_colon"
        case blankBeforeColon = "blank_before_colon"
        case folded
        case controlCharacter = "control_character"

        fileprivate func line(_ name: String, _ value: String) -> String {
            switch self {
            case .add, .replace: "\(name): \(value)\r\n"
            case .drop: ""
            case .noColon: "\(name) \(value)\r\n"
            case .blankBeforeColon: "\(name) : \(value)\r\n"
            case .folded: "\(name): \(value)\r\n folded\r\n"
            case .controlCharacter: "\(name): \(value)\u{1}\0\r\n"
            }
        }
    }

    package static let name = "header"
    package static let summary = "Adds, replaces or drops a header field, or adds an illegal line."
    package static let parameters = [field, value, change]

    private static let field = FaultParameter(
        "name",
        .text,
        "The field's name, in any letter case.",
        default: .text("x-fault"),
        isShorthand: true
    )
    private static let value = FaultParameter("value", .text, "The field's value.", default: .text("1"))
    private static let change = FaultParameter.choice(
        "change",
        "The field is added, put in place of those of its name, or dropped; or a line is added that is illegal: without "
            + "a colon, with a blank before it, folded, or with a control character in its value.",
        default: Change.add
    )

    package let arguments: FaultArguments
    private let field: String
    private let value: String
    private let change: Change

    package init(_ arguments: FaultArguments) throws(FaultArgumentError) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        field = arguments.text(Self.field)
        value = arguments.text(Self.value)
        change = arguments.word(Self.change)
        guard HTTPField.Name(field) != nil else {
            throw FaultArgumentError(
                parameter: "name",
                message: "expected a field name such as 'retry-after', of letters, digits and hyphens"
            )
        }
        guard HTTPField.isValidValue(value) else {
            throw FaultArgumentError(
                parameter: "value",
                message: "expected a value on one line; for an illegal line say 'change: control_character'"
            )
        }
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        let (field, change) = (field, change)
        let line = Array(change.line(field, value).utf8)
        answer.wireChanges.append { wire in
            guard let layout = WireLayout(wire), let head = layout.heads.last else { return }
            var edits: [ByteEdit] = []
            if change == .drop || change == .replace {
                edits = layout.fields.filter { $0.name == field.lowercased() }.map { .removal(of: $0.line) }
            }
            // Before the empty line.
            if !line.isEmpty { edits.append(.insertion(of: line, at: head.upperBound - 2)) }
            wire.apply(edits)
            // A client that finds no framing any more reads until the end of the connection.
            if let framing = WireLayout(wire)?.framing, framing != layout.framing { wire.isPersistent = false }
        }
        guard let name = HTTPField.Name(field) else { return }
        let value = value
        answer.streamChanges.append { stream in
            switch change {
            case .add: stream.head?.fields.append(HTTPField(name: name, value: value))
            case .replace: stream.head?.fields[name] = value
            case .drop: stream.head?.fields[name] = nil
            // HTTP/2 has no lines.
            case .noColon, .blankBeforeColon, .folded, .controlCharacter: break
            }
        }
    }
}
