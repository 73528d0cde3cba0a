internal import HTTPTypes
package import Tapes

/// Sends another status code.
///
/// It is 503 unless told, with the code's own reason phrase unless told. The rest stays.
package struct StatusFault: Fault {
    package static let name = "status"
    package static let summary = "Sends another status code or reason phrase."
    package static let parameters = [code, reason]

    private static let code = FaultParameter(
        "code",
        .integer(100...999),
        "The status code.",
        default: .integer(503),
        isShorthand: true
    )
    private static let reason = FaultParameter(
        "reason",
        .text,
        "The reason phrase; unless said, the registered one, or none for a code that is not registered."
    )

    package let arguments: FaultArguments
    private let code: Int
    private let reason: String?

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        code = arguments.integer(Self.code)
        reason = arguments.text(Self.reason.name)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        let phrase = reason ?? HTTPResponse.Status.phrase(for: code)
        answer.tape.head?.status = HTTPResponse.Status(code: code, reasonPhrase: phrase)
    }
}
