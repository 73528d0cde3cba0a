internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `POST /completions`, the legacy text completion (reference: inference §3).
    static let completions = Operation(
        "completions",
        .post,
        "/completions",
        .inferenceKey,
        reads: .body(.completionsBody)
    ) { call throws(APIError) in
        let body = try call.inferenceBody(.completions)
        let request = try CompletionsRequestReader(body.value, now: call.world.now).read()
        let encoder = CompletionsEncoder(wantsLogprobs: request.alternativeCount != nil)
        // The response cache is for the other three (reference: inference §1.13).
        return try Inference(call: call, body: body, request: request, encoder: encoder, keepsResponses: false).answer()
    }
}
