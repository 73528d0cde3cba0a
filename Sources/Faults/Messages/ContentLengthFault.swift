package import Tapes

/// Sends a `content-length` that is wrong by so many bytes, one too many unless told, and closes the connection.
///
/// An answer that came in chunks is sent without them. With a difference of 0 the length is right.
package struct ContentLengthFault: Fault {
    package static let name = "content_length"
    package static let summary = "Announces a longer or shorter body than is sent."
    package static let parameters = [difference]

    private static let difference = FaultParameter(
        "difference",
        .integer(-1_000_000_000...1_000_000_000),
        "Bytes announced in addition to those sent; negative for fewer, but never less than none.",
        default: .integer(1),
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let difference: Int

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        difference = arguments.integer(Self.difference)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        guard answer.tape.allowsBody else { return }
        let byteCount = answer.tape.bodyByteCount
        answer.tape.announceLength(max(0, byteCount + difference))
        // Otherwise the client would look for the missing bytes in the next answer, or the other way round.
        if difference != 0, answer.tape.ending == .complete { answer.tape.ending = .close }
    }
}
