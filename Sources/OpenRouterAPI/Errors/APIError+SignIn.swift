/// Failures of signing in to an app (reference: platform §4.2).
extension APIError {
    /// Another method than the code was made with, or none that there is.
    package static let invalidChallengeMethod = APIError(status: 400, message: "Invalid code_challenge_method")

    /// A code that there is not, or that was used, or a verifier that does not belong to it.
    package static let invalidCode = APIError(status: 403, message: "Invalid code or code_verifier")

    /// A code of more than ten minutes ago.
    package static let expiredCode = APIError(status: 403, message: "Authorization code expired")
}
