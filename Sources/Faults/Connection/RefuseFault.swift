package import Tapes

/// Resets the connection at the end of the request, without waiting and without a byte of answer.
///
/// WireMock has it as `CONNECTION_RESET_BY_PEER`.
package struct RefuseFault: Fault {
    package static let name = "refuse"
    package static let summary = "Resets the connection at once, without a byte of answer."
    package static let parameters: [FaultParameter] = []

    package let arguments: FaultArguments

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        answer.silence(ending: .reset)
        answer.tape.headGap = .zero
    }
}
