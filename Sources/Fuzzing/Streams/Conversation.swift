internal import Tapes

/// What a model says in one answer, cut into the pieces in which it is streamed.
package struct Conversation: Sendable, Hashable {
    /// One call of a tool.
    package struct ToolCall: Sendable, Hashable {
        package var id: String
        package var name: String
        /// A JSON object as text, in pieces; together they are the arguments.
        package var pieces: [String]

        package init(id: String, name: String, pieces: [String]) {
            self.id = id
            self.name = name
            self.pieces = pieces
        }
    }

    /// Pieces of thinking, sent before the text.
    package var reasoning: [String]
    package var text: [String]
    package var toolCalls: [ToolCall]

    package init(reasoning: [String] = [], text: [String] = [], toolCalls: [ToolCall] = []) {
        self.reasoning = reasoning
        self.text = text
        self.toolCalls = toolCalls
    }
}

/// What a client shall have understood of an answer.
package struct ExpectedAnswer: Sendable, Hashable {
    package struct ToolCall: Sendable, Hashable {
        package var name: String
        /// JSON text, compared as a value.
        package var arguments: String

        package init(name: String, arguments: String) {
            self.name = name
            self.arguments = arguments
        }
    }

    package var text: String
    /// In the order of their indices.
    package var toolCalls: [ToolCall]

    package init(text: String, toolCalls: [ToolCall] = []) {
        self.text = text
        self.toolCalls = toolCalls
    }
}

extension Conversation {
    package var expected: ExpectedAnswer {
        ExpectedAnswer(
            text: LoneSurrogate.joined(text.joined()),
            toolCalls: toolCalls.map { call in
                // Blanks around a value are not part of it.
                let arguments = LoneSurrogate.joined(call.pieces.joined()).trimmingBlanks()
                return .init(name: call.name, arguments: arguments.isEmpty ? "{}" : arguments)
            }
        )
    }
}
