internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `POST /chat/completions`, streamed and not (reference: inference §2).
    static let chatCompletions = Operation(
        "sendChatCompletionRequest",
        .post,
        "/chat/completions",
        .inferenceKey,
        reads: .body(.chatBody)
    ) {
        call throws(APIError) in
        let body = try call.inferenceBody(.chat)
        let request = try ChatRequestReader(body.value, now: call.world.now).read()
        let encoder = ChatEncoder(
            wantsLogprobs: request.alternativeCount != nil,
            usageForm: call.settings.streamForms.usage
        )
        return try Inference(call: call, body: body, request: request, encoder: encoder).answer()
    }
}
