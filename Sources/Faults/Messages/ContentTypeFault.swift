internal import HTTPTypes
package import Tapes

/// Changes the `content-type` of an answer.
///
/// Parameters are added unless told. The body stays what it is.
/// Letter case and parameters mean nothing (RFC 9110 §8.3.1).
package struct ContentTypeFault: Fault {
    enum Variant: String, CaseIterable {
        case parameters
        case upperCase = "upper_case"
        case other, missing
    }

    package static let name = "content_type"
    package static let summary = "Writes the media type another way, or another one, or none."
    package static let parameters = [variant, value]

    private static let variant = FaultParameter.choice(
        "variant",
        "With parameters added, in capitals, another type, or without the field.",
        default: Variant.parameters,
        isShorthand: true
    )
    private static let value = FaultParameter(
        "value",
        .text,
        "For `other`: the field's value.",
        default: .text("text/plain")
    )

    package let arguments: FaultArguments
    private let variant: Variant
    private let value: String

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        variant = arguments.word(Self.variant)
        value = arguments.text(Self.value)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        guard let field = answer.tape.head?.fields[.contentType] else { return }
        answer.tape.head?.fields[.contentType] =
            switch variant {
            case .parameters: field + "; charset=UTF-8; note=\"a;b\""
            case .upperCase: field.uppercased()
            case .other: value
            case .missing: nil
            }
    }
}
