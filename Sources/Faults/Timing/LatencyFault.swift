package import Tapes

/// Time before the head, in addition to what the answer takes anyway; 1 s unless told.
///
/// The word is toxiproxy's.
package struct LatencyFault: Fault {
    package static let name = "latency"
    package static let summary = "Sends the answer later, from its head on."
    package static let parameters = [delay]

    private static let delay = FaultParameter(
        "delay",
        .duration,
        "Time added before the first byte.",
        default: .duration(.seconds(1)),
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let delay: Duration

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        delay = arguments.duration(Self.delay)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        answer.tape.headGap += delay
    }
}
