package import Tapes

/// Closes the connection when the answer is due, without a byte of it.
///
/// The word is WireMock's (`EMPTY_RESPONSE`).
package struct EmptyResponseFault: Fault {
    package static let name = "empty_response"
    package static let summary = "Closes the connection without a byte of answer."
    package static let parameters: [FaultParameter] = []

    package let arguments: FaultArguments

    package init(_ arguments: FaultArguments) {
        self.arguments = arguments
    }

    package func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator) {
        answer.silence(ending: .close)
    }
}
