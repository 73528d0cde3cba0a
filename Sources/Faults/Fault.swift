package import Tapes

/// A deliberate defect of an answer, for scenarios, for the control API and for the fuzzer.
///
/// Faults are pure and composable: each changes what the ones before it made. A new one costs one file, one test file
/// and one line in ``FaultTable``.
package protocol Fault: Sendable {
    /// The word in scenario files, in snake case; never changes once it was released.
    static var name: String { get }

    /// What it does to an answer, in one sentence.
    static var summary: String { get }

    /// What can be said about it, in the order of its documentation.
    ///
    /// Readers of files, the JSON Schema and the fuzzer's boundary values all come from here.
    static var parameters: [FaultParameter] { get }

    /// - Parameter arguments: already of the kinds and within the ranges that ``parameters`` state.
    /// - Throws: ``FaultArgumentError`` for arguments that exclude each other.
    init(_ arguments: FaultArguments) throws(FaultArgumentError)

    /// The same fault written down again: the arguments that differ from the defaults.
    var arguments: FaultArguments { get }

    /// Changes an answer; one that the fault cannot meet, such as a body without events, stays as it is.
    ///
    /// - Parameters:
    ///   - answer: the answer so far.
    ///   - generator: the only randomness it may use.
    func alter(_ answer: inout AlteredTape, using generator: inout SeededGenerator)
}
