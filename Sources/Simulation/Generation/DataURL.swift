internal import OpenRouterAPI

/// The media type and bytes of a `data:` URL in base64 (RFC 2397).
struct DataURL {
    let mediaType: String
    let bytes: [UInt8]

    /// Nil for any other URL, and for broken base64.
    init?(_ text: String) {
        guard text.hasPrefix("data:"), let comma = text.firstIndex(of: ",") else { return nil }
        let head = text[text.index(text.startIndex, offsetBy: 5)..<comma]
        guard head.hasSuffix(";base64"), let bytes = Base64.decoded(text[text.index(after: comma)...]) else {
            return nil
        }
        mediaType = String(head.prefix { $0 != ";" })
        self.bytes = bytes
    }
}
