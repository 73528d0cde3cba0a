internal import NIOCore
package import Tapes

/// Changes the end mark `data: [DONE]` of a stream.
///
/// It is missing unless told. Streams without one stay as they are.
/// After a lingering mark the connection stays open for 5 s unless told, without the end of the message.
package struct DoneFault: Fault {
    enum Variant: String, CaseIterable {
        case missing, twice, padded
        case dataAfter = "data_after"
        case linger
    }

    package static let name = "done"
    package static let summary = "Changes the end mark `[DONE]`, or what comes after it."
    package static let parameters = [variant, linger]

    private static let variant = FaultParameter.choice(
        "variant",
        "The mark is missing, there twice, has blanks around it, has an event after it (the first one again), or the "
            + "connection lingers after it.",
        default: Variant.missing,
        isShorthand: true
    )
    private static let linger = FaultParameter(
        "linger",
        .duration,
        "For `linger`: time from the mark to the end of the message.",
        default: .duration(.seconds(5))
    )

    package let arguments: FaultArguments
    private let variant: Variant
    private let linger: Duration

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        variant = arguments.word(Self.variant)
        linger = arguments.duration(Self.linger)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        guard variant != .linger else { return lingerAfterMark(of: &answer) }
        answer.editEventStream { stream in
            guard let mark = stream.events.last(where: stream.isSentinel) else { return [] }
            switch variant {
            case .missing: return [.removal(of: mark.range)]
            case .twice: return [copy(of: mark, after: mark, in: stream)]
            case .padded:
                return mark.lines.filter(\.isData).flatMap { line in
                    [
                        .insertion(of: "  ".utf8, at: line.value.lowerBound),
                        .insertion(of: " ".utf8, at: line.value.upperBound),
                    ]
                }
            case .dataAfter: return [copy(of: stream.events.first ?? mark, after: mark, in: stream)]
            case .linger: return []
            }
        }
    }

    private func copy(
        of event: EventStreamLayout.Block,
        after mark: EventStreamLayout.Block,
        in stream: EventStreamLayout
    ) -> ByteEdit {
        .insertion(of: [Frame(bytes: ByteBuffer(bytes: stream.bytes[event.range]))], at: mark.range.upperBound)
    }

    private func lingerAfterMark(of answer: inout AlteredTape) {
        guard let stream = answer.eventStream, stream.events.contains(where: stream.isSentinel) else { return }
        answer.tape.endingGap += linger
        // Only what is not over with its last byte can end later; see WireEncoder.
        if answer.tape.head?.framing == .untilClose, answer.tape.ending == .complete { answer.tape.ending = .close }
    }
}
