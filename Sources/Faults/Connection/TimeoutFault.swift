package import Tapes

/// Says nothing at all, and closes the connection after a time; never unless told.
///
/// The word is toxiproxy's.
package struct TimeoutFault: Fault {
    package static let name = "timeout"
    package static let summary = "Says nothing at all, until the connection is closed after a time, or for ever."
    package static let parameters = [after]

    private static let after = FaultParameter(
        "after",
        .duration,
        "Time from the end of the request to the close; unless said, the connection stays open.",
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let after: Duration?

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        after = arguments.duration(Self.after.name)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        answer.silence(ending: after == nil ? .stall : .close)
        answer.tape.headGap = after ?? .zero
    }
}
