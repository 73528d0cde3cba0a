internal import OpenRouterAPI

extension JSONValue {
    /// Applies a member of a PATCH body: absent leaves things as they are, null clears (reference: platform §5).
    ///
    /// - Parameters:
    ///   - name: of the member.
    ///   - apply: gets the value, nil for null; not called when the member is absent.
    func change(_ name: String, apply: (JSONValue?) -> Void) {
        guard let member = self[name] else { return }
        apply(member.isNull ? nil : member)
    }
}
