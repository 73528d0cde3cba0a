package import Tapes

/// Writes `data:` without a space after it, or with two; without one unless told.
///
/// Values that would change, those that begin with a space or are no JSON object or array, keep their line.
package struct FieldSpacingFault: Fault {
    package static let name = "field_spacing"
    package static let summary = "Writes `data:` with no space or with two."
    package static let parameters = [spaces]

    private static let spaces = FaultParameter(
        "spaces",
        .integer(0...2),
        "Spaces after the colon; two only before JSON, where blanks are free.",
        default: .integer(0),
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let spaceCount: Int

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        spaceCount = arguments.integer(Self.spaces)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        answer.editEventStream { stream in
            stream.events.flatMap { event -> [ByteEdit] in
                let isJSON = JSONToken.scan(stream.data(of: event)) != nil
                return event.lines.compactMap { line in
                    guard line.isData, line.hasColon, spaceCount < 2 || isJSON,
                        isJSON || stream.bytes[line.value].first != UInt8(ascii: " ")
                    else { return nil }
                    let blanks = line.name.upperBound + 1..<line.value.lowerBound
                    // A line inside a string of JSON cannot be: a blank that is not removed is between tokens.
                    return blanks.count == spaceCount
                        ? nil : ByteEdit(range: blanks, bytes: Array(repeating: UInt8(ascii: " "), count: spaceCount))
                }
            }
        }
    }
}
