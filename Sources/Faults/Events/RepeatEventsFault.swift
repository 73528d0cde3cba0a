internal import NIOCore
package import Tapes

/// Sends a run of events again as a whole, once unless told; the run is one event at a random place unless told.
///
/// At most 64 MiB are added to an answer.
package struct RepeatEventsFault: Fault {
    package static let name = "repeat_events"
    package static let summary = "Sends a run of events again, as a whole."
    package static let parameters = [EventSelection.index, EventSelection.which, count, times, every]

    private static let count = EventSelection.count(default: 1)

    private static let times = FaultParameter(
        "times",
        .integer(1...10_000),
        "How often the run is sent again.",
        default: .integer(1),
        isShorthand: true
    )
    private static let every = FaultParameter(
        "every",
        .duration,
        "Time before each repetition.",
        default: .duration(.zero)
    )

    package let arguments: FaultArguments
    private let selection: EventSelection
    private let times: Int
    private let gap: Duration

    package init(_ arguments: FaultArguments) throws(FaultArgumentError) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        selection = try EventSelection(arguments, count: Self.count)
        times = arguments.integer(Self.times)
        gap = arguments.duration(Self.every)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        answer.editEventStream { stream in
            let positions = selection.positions(among: stream.events.count, using: &generator)
            guard let last = stream.events[positions].last else { return [] }
            var run = ByteBuffer()
            for event in stream.events[positions] { run.writeBytes(stream.bytes[event.range]) }
            let times = min(times, FaultLimit.addedByteCount / run.readableBytes)
            return [
                .insertion(of: Array(repeating: Frame(gap: gap, bytes: run), count: times), at: last.range.upperBound)
            ]
        }
    }
}
