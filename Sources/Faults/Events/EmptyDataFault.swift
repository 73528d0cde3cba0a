package import Tapes

/// Puts events with empty data into a stream, one between each two events unless told.
///
/// They carry nothing and serve as keep-alives; at most 65,536 are added.
package struct EmptyDataFault: Fault {
    enum Form: String, CaseIterable {
        case colon, space, bare

        fileprivate var line: String {
            switch self {
            case .colon: "data:"
            case .space: "data: "
            case .bare: "data"
            }
        }
    }

    package static let name = "empty_data"
    package static let summary = "Adds events whose data is empty."
    package static let parameters = [place, form, count]

    private static let place = FaultParameter.choice(
        "where",
        "At the start, between each event and the next, or at the end.",
        default: StreamPlace.between,
        isShorthand: true
    )
    private static let form = FaultParameter.choice(
        "form",
        "How the line is written: `data:`, `data: ` or `data`.",
        default: Form.colon
    )
    private static let count = FaultParameter(
        "count",
        .integer(1...10_000),
        "Number of empty events at each place.",
        default: .integer(1)
    )

    package let arguments: FaultArguments
    private let place: StreamPlace
    private let form: Form
    private let count: Int

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        place = arguments.word(Self.place)
        form = arguments.word(Self.form)
        count = arguments.integer(Self.count)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        answer.editEventStream { stream in
            let frames = Array(repeating: Frame(form.line + "\n\n"), count: count)
            return stream.insertions(of: frames, place)
        }
    }
}
