package import Tapes

/// Adds lines to the events of a stream that a client of an LLM has no use for: `id` and `retry` with junk, a field
/// that does not exist, one without a colon, an `id` with NUL; all of them, before the event's own lines, unless told.
package struct UnknownFieldsFault: Fault {
    enum Field: String, CaseIterable {
        case id, retry, unknown
        case noColon = "no_colon"
        case nullID = "null_id"
        case all

        fileprivate var lines: [String] {
            switch self {
            case .id: ["id: junk \u{e9} 7"]
            case .retry: ["retry: soon"]
            case .unknown: ["x-unknown: {\"data\": 1}"]
            case .noColon: ["heartbeat"]
            case .nullID: ["id: a\0b"]
            case .all: Self.allCases.filter { $0 != .all }.flatMap(\.lines)
            }
        }
    }

    enum Place: String, CaseIterable {
        case before, after, alone
    }

    package static let name = "unknown_fields"
    package static let summary = "Adds fields that mean nothing to each event."
    package static let parameters = [field, place]

    private static let field = FaultParameter.choice(
        "field",
        "Which: `id` or `retry` with junk, an unknown name, one without a colon, an id with NUL, or all.",
        default: Field.all,
        isShorthand: true
    )
    private static let place = FaultParameter.choice(
        "where",
        "Before or after the event's own lines, or as a block of their own before it.",
        default: Place.before
    )

    package let arguments: FaultArguments
    private let field: Field
    private let place: Place

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        field = arguments.word(Self.field)
        place = arguments.word(Self.place)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        answer.editEventStream { stream in
            stream.events.prefix(FaultLimit.pieceCount).compactMap { event in
                guard let first = event.lines.first, let last = event.lines.last else { return nil }
                let lineEnd = Array(stream.bytes[first.terminator])
                let lines = field.lines.flatMap { Array($0.utf8) + lineEnd }
                return switch place {
                case .before: .insertion(of: lines, at: first.content.lowerBound, joinsNext: true)
                case .after: .insertion(of: lines, at: last.content.lowerBound)
                case .alone: .insertion(of: lines + lineEnd, at: first.content.lowerBound, joinsNext: true)
                }
            }
        }
    }
}
