internal import Testing

/// What one connection sends, and what it gets.
struct Conversation: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Sent as it stands, in one write.
    var request: String
    /// Summaries of the answers, in order: status, ` closing` if it says so, body.
    var answers: [String]
    /// Whether the connection carries another request afterwards; otherwise it ends with FIN and without another byte.
    var staysOpen: Bool

    init(_ description: String, _ request: String, _ answers: [String], staysOpen: Bool) {
        testDescription = description
        self.request = request.replacing("¶", with: "\r\n")
        self.answers = answers
        self.staysOpen = staysOpen
    }
}
