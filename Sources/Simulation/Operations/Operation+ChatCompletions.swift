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
        return try Inference(call: call, body: body, request: request, encoder: Self.encoder(for: request, call))
            .answer()
    }

    /// A prompt without messages is answered with text instead of a message (reference: inference §2.1); where tools
    /// may be called, whose calls only a message can hold, it is a conversation like any other.
    private static func encoder(for request: GenerationRequest, _ call: Call) -> any SkinEncoder {
        let wantsLogprobs = request.alternativeCount != nil
        guard request.isTextPrompt, request.tools.isEmpty else {
            return ChatEncoder(wantsLogprobs: wantsLogprobs, usageForm: call.settings.streamForms.usage)
        }
        return CompletionsEncoder(
            wantsLogprobs: wantsLogprobs,
            objects: (whole: "chat.completion", chunk: "chat.completion.chunk")
        )
    }
}
