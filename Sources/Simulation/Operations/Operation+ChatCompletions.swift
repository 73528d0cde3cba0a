internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `POST /chat/completions`, streamed and not (reference: inference §2).
    static let chatCompletions = Operation(.post, "/chat/completions", .key) {
        call throws(APIError) in
        let body = try call.document()
        let request = try ChatRequestReader(body).read()
        return try Inference(call: call, body: body, request: request).answer { answer in
            let encoder = ChatEncoder(
                identity: answer.identity,
                cost: answer.cost,
                usage: answer.usage,
                wantsLogprobs: request.alternativeCount != nil,
                reasoning: ReasoningEncoder(author: answer.identity.author, opaque: answer.opaque)
            )
            return request.isStreamed
                ? .eventStream(
                    encoder.frames(answer.generations, pace: answer.pace, keepAliveCount: call.settings.keepAliveCount)
                ) : .json(encoder.completion(answer.generations))
        }
    }
}
