internal import OpenRouterAPI

/// Shapes an answer as a message of Anthropic's (reference: inference §5.2).
struct MessagesEncoder: SkinEncoder {
    /// Whether thinking blocks come without their text.
    let omitsThinking: Bool

    /// See ``StreamForms/messagesEndWithDone``.
    var endsWithDone = false

    /// A message has no member for a failure; the documents know it as an error alone.
    let tellsFailureInBody = false

    func body(of answer: GeneratedAnswer) -> JSON {
        var content = MessagesContent()
        for event in MessagesBlockWriter.events(of: answer, omitsThinking: omitsThinking) { content.add(event) }
        var message = message(
            of: answer,
            content: content.blocks,
            stop: MessagesStop(answer.generation),
            usage: answer.usageEncoder.messages
        )
        message.append("openrouter_metadata", answer.routerMetadata)
        return .object(message)
    }

    /// Schema `BaseMessagesResult`: all members, null or not.
    func message(of answer: GeneratedAnswer, content: [JSON], stop: MessagesStop, usage: JSON) -> JSONObject {
        var message: JSONObject = [
            "id": .string(answer.identity.id),
            "type": "message",
            "role": "assistant",
            "container": .null,
            "content": .array(content),
            "model": .string(answer.identity.model),
            "provider": .string(answer.identity.provider),
        ]
        message.append(contentsOf: stop.members)
        message.append("usage", usage)
        return message
    }
}
