internal import HTTPTypes
package import Tapes

/// Frames the body another way (RFC 9112 §6.3).
///
/// Its kinds: with its length, in chunks, or until the connection closes; with its length unless told. A body that was
/// cut stays one.
package struct FramingFault: Fault {
    enum Kind: String, CaseIterable {
        case chunked, sized
        case untilClose = "until_close"
    }

    package static let name = "framing"
    package static let summary = "Frames the body by chunks, by length, or by the end of the connection."
    package static let parameters = [kind]

    private static let kind = FaultParameter.choice(
        "kind",
        "In chunks, by its length, or until the connection closes.",
        default: Kind.sized,
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let kind: Kind

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        kind = arguments.word(Self.kind)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        guard answer.tape.allowsBody else { return }
        switch kind {
        case .chunked:
            answer.tape.head?.fields[.contentLength] = nil
            answer.tape.head?.fields[.transferEncoding] = "chunked"
        case .sized:
            // What was cut must not become complete.
            answer.tape.announceLength(answer.tape.bodyByteCount + (answer.tape.ending == .complete ? 0 : 1))
        case .untilClose:
            answer.tape.head?.version = .http11
            answer.tape.head?.fields[.contentLength] = nil
            answer.tape.head?.fields[.transferEncoding] = nil
        }
    }
}
