internal import ServerSentEvents
package import Tapes

/// Ends the lines of an event stream with CR LF, CR or LF, or each with a random one; CR LF unless told.
///
/// All three are allowed, mixed as well (HTML Standard, section 9.2.5).
package struct LineEndingsFault: Fault {
    fileprivate typealias LineEnding = EventStreamEncoder.LineEnding

    enum Style: String, CaseIterable {
        case lf, crlf, cr, mixed

        fileprivate var fixed: LineEnding? {
            switch self {
            case .lf: .lineFeed
            case .crlf: .carriageReturnLineFeed
            case .cr: .carriageReturn
            case .mixed: nil
            }
        }
    }

    private static let endings: [LineEnding] = [.lineFeed, .carriageReturnLineFeed, .carriageReturn]

    package static let name = "line_endings"
    package static let summary = "Ends the lines of an event stream another way."
    package static let parameters = [ending]

    private static let ending = FaultParameter.choice(
        "ending",
        "LF, CR LF or CR for all lines, or one of them at random for each.",
        default: Style.crlf,
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let style: Style

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        style = arguments.word(Self.ending)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        answer.editEventStream { stream in
            var endsWithCarriageReturn = false
            return stream.blocks.flatMap(\.lines).compactMap { line in
                guard !line.terminator.isEmpty else { return nil }
                var ending = style.fixed ?? generator.choice(of: Self.endings) ?? .lineFeed
                // CR and LF around an empty line would be one line end.
                if endsWithCarriageReturn, line.content.isEmpty, ending == .lineFeed {
                    ending = .carriageReturnLineFeed
                }
                endsWithCarriageReturn = ending == .carriageReturn
                let bytes = Array(ending.rawValue.utf8)
                return bytes.elementsEqual(stream.bytes[line.terminator])
                    ? nil : ByteEdit(range: line.terminator, bytes: bytes)
            }
        }
    }
}
