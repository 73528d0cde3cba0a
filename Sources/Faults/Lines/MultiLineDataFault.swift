package import Tapes

/// Spreads the JSON of each event over several `data` lines, cut between tokens; two lines unless told.
///
/// JSON allows white space there, and lines of data are joined by LF (HTML Standard, section 9.2.6).
package struct MultiLineDataFault: Fault {
    package static let name = "multi_line_data"
    package static let summary = "Spreads the JSON of each event over several data lines."
    package static let parameters = [lines]

    private static let lines = FaultParameter(
        "lines",
        .integer(2...10_000),
        "Lines for each event, as far as it has so many tokens.",
        default: .integer(2),
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let lineCount: Int

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        lineCount = arguments.integer(Self.lines)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        guard let stream = answer.eventStream else { return }
        answer.tape.apply(
            stream.events.compactMap { JSONPayload($0, in: stream) }.prefix(FaultLimit.pieceCount).flatMap(edits)
        )
    }

    private func edits(_ payload: JSONPayload) -> [ByteEdit] {
        let places = payload.tokens.dropFirst().map(\.range.lowerBound)
        let breakCount = min(lineCount - 1, places.count)
        return (0..<breakCount).map { index in
            // Evenly spread: the middle one for a single break.
            let place = places[(2 * index + 1) * places.count / (2 * breakCount)]
            return payload.insertion(of: payload.lineEnd + Array("data: ".utf8), at: place)
        }
    }
}
