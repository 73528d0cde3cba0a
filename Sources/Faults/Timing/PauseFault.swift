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
            answer.tape.pause(atBytes: [answer.tape.bodyByteCount / 2], for: length)
            return
        }
        let positions = selection.positions(among: stream.events.count, using: &generator)
        answer.tape.pause(atBytes: stream.events[positions].map(\.range.lowerBound), for: length)
    }
}

extension Tape {
    /// Waits before bytes of the body; a frame that has one of them in its middle is sent in several writes.
    ///
    /// - Parameters:
    ///   - offsets: of the bytes, in ascending order.
    ///   - length: how long each time.
    fileprivate mutating func pause(atBytes offsets: [Int], for length: Duration) {
        var rest = offsets[...]
        var start = 0
        frames = frames.flatMap { original in
            var frame = original
            let end = start + frame.bytes.readableBytes
            defer { start = end }
            let inside = rest.prefix { $0 < end }
            rest = rest.dropFirst(inside.count)
            if inside.first == start { frame.gap += length }
            return frame.split(at: inside.map { $0 - start }, gap: length)
        }
    }
}
