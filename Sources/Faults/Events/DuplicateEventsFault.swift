internal import NIOCore
package import Tapes

/// Sends events twice, the second time right after the first; one at a random place unless told.
package struct DuplicateEventsFault: Fault {
    package static let name = "duplicate_events"
    package static let summary = "Sends events twice, each right after itself."
    package static let parameters = [EventSelection.index, EventSelection.which, count]

    private static let count = EventSelection.count(default: 1)

    package let arguments: FaultArguments
    private let selection: EventSelection

    package init(_ arguments: FaultArguments) throws(FaultArgumentError) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        selection = try EventSelection(arguments, count: Self.count)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        answer.editEventStream { stream in
            let positions = selection.positions(among: stream.events.count, using: &generator)
            return stream.events[positions].map { event in
                .insertion(of: [Frame(bytes: ByteBuffer(bytes: stream.bytes[event.range]))], at: event.range.upperBound)
            }
        }
    }
}
