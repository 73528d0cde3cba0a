package import HTTPTypes

extension HTTPFields {
    /// The `Content-Type` in lower case without parameters (RFC 9110 §8.3.1), or nil.
    package var mediaType: String? {
        // The subscript would make a text of its own.
        first { $0.name == .contentType }.map { field in
            field.value.prefix { $0 != ";" }.trimmingBlanks().lowercased()
        }
    }
}
