package import Tapes

/// Leaves out the last chunk of a chunked body (RFC 9112 §7.1), so that it is incomplete although all of it came.
package struct MissingTerminatorFault: Fault {
    package static let name = "missing_terminator"
    package static let summary = "Ends a chunked body without its last chunk."
    package static let parameters = [CutFault.abruptEnding]

    package let arguments: FaultArguments
    private let ending: Ending

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments.withoutDefaults(of: Self.parameters)
        ending = arguments.word(CutFault.abruptEnding)
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        guard answer.tape.isChunked, answer.tape.ending == .complete else { return }
        answer.tape.ending = ending
    }
}
