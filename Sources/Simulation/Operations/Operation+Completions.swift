internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `POST /completions`, the legacy text completion (reference: inference §3).
    static let completions = Operation(.post, "/completions", .key) { call throws(APIError) in
        let body = try call.document()
        let request = try CompletionsRequestReader(body).read()
        return try Inference(call: call, body: body, request: request).answer { answer in
            let encoder = CompletionsEncoder(
                identity: answer.identity,
                cost: answer.cost,
                usage: answer.usage,
                wantsLogprobs: request.alternativeCount != nil
            )
            return request.isStreamed
                ? .eventStream(
                    encoder.frames(answer.generations, pace: answer.pace, keepAliveCount: call.settings.keepAliveCount)
                ) : .json(encoder.completion(answer.generations))
        }
    }
}
