package import Tapes

/// Puts a byte order mark (EF BB BF) at the start of an event stream, or before a later event.
///
/// At the start a client removes it; later it belongs to the name of the field after it (HTML Standard, section 9.2.6).
package struct BOMFault: Fault {
    enum Place: String, CaseIterable {
        case start, later
    }

    package static let name = "bom"
    package static let summary = "Puts a byte order mark into an event stream."
    package static let parameters = [place, index]

    private static let place = FaultParameter.choice(
        "where",
        "At the start of the stream, or before a later event.",
        default: Place.start,
        isShorthand: true
    )
    private static let index = FaultParameter(
        "index",
        .integer(0...1_000_000),
        "For `later`: the event before which it stands, counted from 0.",
        default: .integer(1)
    )

    package let arguments: FaultArguments
    private let place: Place
    private let index: Int

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        place = arguments.word(Self.place)
        index = arguments.integer(Self.index)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        answer.editEventStream { stream in
            let mark = EventStreamLayout.byteOrderMark
            switch place {
            case .start:
                // A second mark would be a character of the first line.
                guard stream.start == 0, !stream.bytes.isEmpty else { return [] }
                return [.insertion(of: mark, at: 0, joinsNext: true)]
            case .later:
                guard stream.events.indices.contains(index) else { return [] }
                return [.insertion(of: mark, at: stream.events[index].range.lowerBound, joinsNext: true)]
            }
        }
    }
}
