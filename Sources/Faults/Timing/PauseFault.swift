internal import NIOCore
package import Tapes

/// A longer silence before one event, or in the middle of a body without events; 5 s unless told.
package struct PauseFault: Fault {
    package static let name = "pause"
    package static let summary = "Is silent for a time in the middle of the body."
    package static let parameters = [length, EventSelection.index, EventSelection.which]

    private static let length = FaultParameter(
        "length",
        .duration,
        "How long the silence is.",
        default: .duration(.seconds(5)),
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let length: Duration
    private let selection: EventSelection

    package init(_ arguments: FaultArguments) throws(FaultArgumentError) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        length = arguments.duration(Self.length)
        selection = try EventSelection(arguments, count: EventSelection.count(default: 1))
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        guard length > .zero else { return }
        guard let stream = answer.eventStream else {
            answer.tape.pause(atByte: answer.tape.bodyByteCount / 2, for: length)
            return
        }
        let positions = selection.positions(among: stream.events.count, using: &generator)
        for event in stream.events[positions] {
            answer.tape.pause(atByte: event.range.lowerBound, for: length)
        }
    }
}

extension Tape {
    /// Waits before a byte of the body; a frame that it is in the middle of is sent in two writes.
    fileprivate mutating func pause(atByte offset: Int, for length: Duration) {
        var start = 0
        for index in frames.indices {
            let byteCount = frames[index].bytes.readableBytes
            if offset < start + byteCount {
                let pieces = frames[index].split(at: [offset - start], gap: length)
                if pieces.count == 1 {
                    frames[index].gap += length
                } else {
                    frames.replaceSubrange(index...index, with: pieces)
                }
                return
            }
            start += byteCount
        }
    }
}
