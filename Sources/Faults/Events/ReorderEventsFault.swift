package import Tapes

/// Sends a run of events in another order: two at a random place, exchanged, unless told.
///
/// The times at which something is sent stay, what is sent changes.
package struct ReorderEventsFault: Fault {
    enum Order: String, CaseIterable {
        case reverse, shuffle
    }

    package static let name = "reorder_events"
    package static let summary = "Sends a run of events in another order."
    package static let parameters = [EventSelection.index, EventSelection.which, count, order]

    private static let count = EventSelection.count(default: 2)
    private static let order = FaultParameter.choice(
        "order",
        "Backwards, or shuffled by the seed, but never as it was.",
        default: Order.reverse,
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let selection: EventSelection
    private let order: Order

    package init(_ arguments: FaultArguments) throws(FaultArgumentError) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        selection = try EventSelection(arguments, count: Self.count)
        order = arguments.word(Self.order)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        answer.editEventStream { stream in
            let events = stream.events[selection.positions(among: stream.events.count, using: &generator)]
            let reordered = reordered(Array(events), using: &generator)
            return zip(events, reordered).map { event, other in
                ByteEdit(range: event.range, bytes: Array(stream.bytes[other.range]))
            }
        }
    }

    private func reordered(
        _ events: [EventStreamLayout.Block],
        using generator: inout SeededGenerator
    ) -> [EventStreamLayout.Block] {
        guard order == .shuffle else { return events.reversed() }
        var rest = events
        for end in stride(from: rest.count, to: 1, by: -1) {
            // Sattolo's algorithm: each draw leaves out the place itself, so no event stays where it was.
            rest.swapAt(end - 1, generator.below(end - 1))
        }
        return rest
    }
}
