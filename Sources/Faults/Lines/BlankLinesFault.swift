internal import NIOCore
package import Tapes

/// Adds empty lines to an event stream, one between each two events unless told; at most 65,536.
///
/// An empty line without data before it dispatches nothing (HTML Standard, section 9.2.6).
package struct BlankLinesFault: Fault {
    package static let name = "blank_lines"
    package static let summary = "Adds empty lines around the events of a stream."
    package static let parameters = [count, place]

    private static let count = FaultParameter(
        "count",
        .integer(1...10_000),
        "Empty lines at each place.",
        default: .integer(1),
        isShorthand: true
    )
    private static let place = FaultParameter.choice(
        "where",
        "At the start, between each event and the next, or at the end.",
        default: StreamPlace.between
    )

    package let arguments: FaultArguments
    private let count: Int
    private let place: StreamPlace

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        count = arguments.integer(Self.count)
        place = arguments.word(Self.place)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        answer.editEventStream { stream in
            // The stream's own line end: LF after a CR would be no line.
            let terminator = stream.blocks.lazy.flatMap(\.lines).first.map { stream.bytes[$0.terminator] } ?? []
            let lineEnd = terminator.isEmpty ? [UInt8(ascii: "\n")] : Array(terminator)
            let blank = ByteBuffer(bytes: repeatElement(lineEnd, count: count).joined())
            return stream.insertions(of: [Frame(bytes: blank)], place)
        }
    }
}
