/// What is right for a client to do with an answer.
package enum Verdict: Sendable, Hashable {
    /// Exactly the expected output, and success.
    case exact
    /// Failure, and nothing told that was not sent.
    case fails
    /// Either of the two.
    case either
}
