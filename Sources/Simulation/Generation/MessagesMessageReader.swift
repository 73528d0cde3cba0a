internal import OpenRouterAPI

/// Reads and checks one message of `POST /messages` (schema `MessagesMessageParam`).
///
/// Roles need not take turns; a last message of the assistant's is the beginning of the answer, which the synthetic
/// model takes up like any other prompt.
struct MessagesMessageReader {
    private enum Role: String, CaseIterable {
        case user, assistant, system
    }

    private let message: FieldReader

    init(_ value: JSONValue, path: String) throws(APIError) {
        message = try FieldReader(value, path: path)
    }

    func read(into prompt: inout PromptReader) throws(APIError) {
        let role = try message.requiredChoice("role", of: Role.self)
        let content = message.optional("content")
        if let text = content?.string {
            prompt.beginMessage(isUser: role == .user)
            return prompt.read(text: text)
        }
        guard let content, content.kind == .array else {
            throw message.invalid("content", expected: "a string or an array of blocks")
        }
        // Tools answer in the user's name; a message of nothing else is no new question.
        let onlyAnswers = content.count > 0 && content.elements.allSatisfy { $0["type"]?.string == "tool_result" }
        prompt.beginMessage(isUser: role == .user && !onlyAnswers)
        for (index, value) in content.elements.enumerated() {
            let path = "\(message.path(of: "content"))[\(index)]"
            try MessagesBlockReader(value, path: path).read(into: &prompt)
        }
    }
}
