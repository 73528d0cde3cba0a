package import Tapes

/// Takes events out of a stream.
///
/// One at a random place unless told. The sentinel counts as an event.
package struct DropEventsFault: Fault {
    package static let name = "drop_events"
    package static let summary = "Leaves events out of the stream."
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
            return stream.events[positions].map { .removal(of: $0.range) }
        }
    }
}
