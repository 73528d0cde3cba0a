/// The guardrail that counts for all of a workspace's requests once it is configured (reference: platform §5.3).
extension Workspace {
    /// Derived from the workspace's, so that it is known before anybody has written the guardrail.
    package var defaultGuardrailID: String { NameUUID.text("default-guardrail", in: id) }

    /// Derived from the workspace, and not to be changed.
    var defaultGuardrailName: String { "Workspace \(id) Default" }
}
