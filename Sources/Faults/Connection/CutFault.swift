package import Tapes

/// Ends the answer in the middle of its body, before an event or a byte; what comes before that is sent.
///
/// Without a place it is cut after half of its bytes. The ending is ``Ending/close`` unless told, at once unless told.
package struct CutFault: Fault {
    package static let name = "cut"
    package static let summary = "Ends the answer early; everything before the cut arrives."
    package static let parameters = [event, byte, ending, after]

    private static let event = FaultParameter(
        "event",
        .integer(-1_000_000...1_000_000),
        "The event before which the stream ends: 0 lets none through, -1 all but the last; not together with `byte`. "
            + "With neither, half of the body is sent.",
        isShorthand: true
    )
    private static let byte = FaultParameter(
        "byte",
        .byteCount(0...1 << 40),
        "Bytes of body, before any compression, that are sent; not together with `event`."
    )
    private static let ending = FaultParameter.choice(
        "ending",
        "How it ends: as a complete message, with the connection closed or reset, or in silence.",
        default: Ending.close
    )
    private static let after = FaultParameter(
        "after",
        .duration,
        "Time from the last byte to the ending.",
        default: .duration(.zero)
    )

    /// The endings that no client takes for a regular one, for faults that must not be overlooked.
    static let abruptEnding = FaultParameter(
        "ending",
        .choice([Ending.close, .reset, .stall].map(\.rawValue)),
        "How it ends: with the connection closed or reset, or in silence.",
        default: .text(Ending.close.rawValue)
    )

    package let arguments: FaultArguments
    private let event: Int?
    private let byte: Int?
    private let ending: Ending
    private let gap: Duration

    package init(_ arguments: FaultArguments) throws(FaultArgumentError) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        event = arguments.integer(Self.event.name)
        byte = arguments.integer(Self.byte.name)
        ending = arguments.word(Self.ending)
        gap = arguments.duration(Self.after)
        if event != nil, byte != nil {
            throw FaultArgumentError(
                parameter: "byte",
                message: "'event' and 'byte' both say where to cut; leave one out"
            )
        }
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        guard let offset = offset(in: answer) else { return }
        answer.tape.cut(atByte: offset, ending: ending, after: gap)
    }

    private func offset(in answer: AlteredTape) -> Int? {
        if let byte { return byte }
        guard let event else { return answer.tape.bodyByteCount / 2 }
        let events = answer.eventStream?.events ?? []
        let index = event < 0 ? events.count + event : event
        return events.indices.contains(index) ? events[index].range.lowerBound : nil
    }
}
