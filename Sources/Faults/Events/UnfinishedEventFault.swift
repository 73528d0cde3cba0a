package import Tapes

/// Leaves out the empty line that ends a stream's last event, and its last line end too if told.
///
/// A client after the standard throws such an event away, many libraries do not (HTML Standard, section 9.2.6).
package struct UnfinishedEventFault: Fault {
    enum Missing: String, CaseIterable {
        case blankLine = "blank_line"
        case lineEnd = "line_end"
    }

    package static let name = "unfinished_event"
    package static let summary = "Leaves out the empty line after the last event."
    package static let parameters = [missing]

    private static let missing = FaultParameter.choice(
        "missing",
        "Only the empty line, or the end of the last line as well.",
        default: Missing.blankLine,
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let missing: Missing

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        missing = arguments.word(Self.missing)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        answer.editEventStream { stream in
            let lines = stream.blocks.lazy.flatMap(\.lines)
            guard let last = lines.last(where: { !$0.content.isEmpty }) else { return [] }
            let end = missing == .blankLine ? last.end : last.content.upperBound
            return end < stream.bytes.count ? [.removal(of: end..<stream.bytes.count)] : []
        }
    }
}
