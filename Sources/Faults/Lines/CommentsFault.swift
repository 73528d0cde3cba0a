internal import NIOCore
internal import ServerSentEvents
package import Tapes

/// Puts comments into an event stream: one `: OPENROUTER PROCESSING` at the start unless told.
///
/// OpenRouter sends such comments as keep-alives. Each is a write of its own; at most 65,536 are added.
package struct CommentsFault: Fault {
    enum Place: String, CaseIterable {
        case before, between, inside, after
    }

    package static let name = "comments"
    package static let summary = "Adds comments to an event stream."
    package static let parameters = [place, text, count, every]

    private static let place = FaultParameter.choice(
        "where",
        "At the start, between each event and the next, inside each event after its first line, or at the end.",
        default: Place.before,
        isShorthand: true
    )
    private static let text = FaultParameter(
        "text",
        .text,
        "What the comment says; each line of it is a comment.",
        default: .text("OPENROUTER PROCESSING")
    )
    private static let count = FaultParameter(
        "count",
        .integer(1...10_000),
        "Number of comments at each place.",
        default: .integer(1)
    )
    private static let every = FaultParameter(
        "every",
        .duration,
        "Time before each comment.",
        default: .duration(.zero)
    )

    package let arguments: FaultArguments
    private let place: Place
    private let text: String
    private let count: Int
    private let gap: Duration

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        place = arguments.word(Self.place)
        text = arguments.text(Self.text)
        count = arguments.integer(Self.count)
        gap = arguments.duration(Self.every)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        answer.editEventStream { stream in
            var comment = EventStreamEncoder().comment(text)
            // Inside an event there must be no empty line.
            if place == .inside { comment.removeLast() }
            let frames = Array(repeating: Frame(gap: gap, bytes: ByteBuffer(bytes: comment)), count: count)
            let places: [Int] =
                switch place {
                case .before: stream.offsets(.before)
                case .between: stream.offsets(.between)
                case .inside: stream.events.compactMap(\.lines.first?.end)
                case .after: stream.offsets(.after)
                }
            return stream.insertions(of: frames, at: places)
        }
    }
}
