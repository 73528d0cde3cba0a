package import Tapes

/// Ends the connection after so many bytes of the body; an answer that is not longer stays as it is.
///
/// The word is toxiproxy's, which counts the bytes of the connection.
package struct LimitDataFault: Fault {
    package static let name = "limit_data"
    package static let summary = "Ends the connection after so many bytes of body."
    package static let parameters = [bytes, CutFault.abruptEnding]

    private static let bytes = FaultParameter(
        "bytes",
        .byteCount(0...1 << 40),
        "Bytes of body, before any compression, that are sent.",
        default: .integer(1 << 10),
        isShorthand: true
    )

    package let arguments: FaultArguments
    private let byteCount: Int
    private let ending: Ending

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        byteCount = arguments.integer(Self.bytes)
        ending = arguments.word(CutFault.abruptEnding)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        answer.tape.cut(atByte: byteCount, ending: ending, after: .zero)
    }
}
