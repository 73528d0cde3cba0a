internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `POST /messages`, Anthropic's API, streamed and not (reference: inference §5).
    static let messages = Operation(
        "createMessages",
        .post,
        "/messages",
        .inferenceKey,
        reads: .body(.messagesBody),
        errors: .anthropic
    ) {
        call throws(APIError) in
        let body = try call.inferenceBody(.messages)
        let reader = try MessagesRequestReader(body.value, now: call.world.now)
        let request = try reader.read()
        let encoder = MessagesEncoder(
            omitsThinking: try reader.omitsThinking(),
            endsWithDone: call.settings.streamForms.messagesEndWithDone
        )
        return try Inference(call: call, body: body, request: request, encoder: encoder).answer()
    }
}
