package import Tapes

/// Resets the connection a time after the end of the request, at once unless told.
///
/// What was due by then is sent first; an answer that has ended by then stays as it is. The word is toxiproxy's.
package struct ResetPeerFault: Fault {
    package static let name = "reset_peer"
    package static let summary = "Resets the connection after a time."
    package static let parameters = [after]

    private static let after = FaultParameter(
        "after",
        .duration,
        "Time from the end of the request to the reset.",
        default: .duration(.zero),
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let after: Duration

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        after = arguments.duration(Self.after)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        // The reset also comes first when everything is due at once: it wins at its own time.
        guard answer.tape.duration >= after else { return }
        guard answer.tape.headGap < after else {
            answer.silence(ending: .reset)
            answer.tape.headGap = after
            return
        }
        var rest = after - answer.tape.headGap
        let sent = answer.tape.frames.prefix { frame in
            guard frame.gap < rest else { return false }
            rest -= frame.gap
            return true
        }
        answer.tape.frames = Array(sent)
        answer.tape.ending = .reset
        answer.tape.endingGap = rest
    }
}
