/// Events and comments of a stream as text.
enum EventText {
    /// What OpenRouter says to keep a connection alive (reference: inference §1.15).
    static let keepAlive = "OPENROUTER PROCESSING"

    /// An event whose data may have several lines.
    static func event(_ data: String) -> String {
        let lines = data.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.map { "data: \($0)\n" }.joined() + "\n"
    }

    static func comment(_ text: String?) -> String {
        ": \(text ?? keepAlive)\n\n"
    }
}
