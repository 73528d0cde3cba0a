extension JSON {
    /// The members, or nil for anything but an object.
    package var members: JSONObject? {
        if case .object(let members) = self { members } else { nil }
    }
}
