package import Tapes

/// A random time on each gap, the one before the head included: from nothing to `max`, 50 ms unless told.
///
/// The word is toxiproxy's, where it goes with `latency`.
package struct JitterFault: Fault {
    package static let name = "jitter"
    package static let summary = "Makes each gap, also the one before the head, longer by a random time."
    package static let parameters = [max]

    private static let max = FaultParameter(
        "max",
        .duration,
        "The most that is added to a gap.",
        default: .duration(.milliseconds(50)),
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let max: Duration

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        max = arguments.duration(Self.max)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        answer.tape.headGap += extra(using: &generator)
        for index in answer.tape.frames.indices {
            answer.tape.frames[index].gap += extra(using: &generator)
        }
    }

    private func extra(using generator: inout SeededGenerator) -> Duration {
        // Whole microseconds, as gaps are written everywhere.
        .microseconds(generator.integer(in: 0...Int(clamping: Swift.max(0, max.microseconds))))
    }
}
