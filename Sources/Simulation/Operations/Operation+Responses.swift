internal import HTTPTypes
internal import OpenRouterAPI

extension Operation {
    /// `POST /responses`, streamed and not (reference: inference §4).
    static let responses = Operation(
        "createResponses",
        .post,
        "/responses",
        .inferenceKey,
        reads: .body(.responsesBody)
    ) { call throws(APIError) in
        let inference = try Inference(responsesOf: call)
        do throws(APIError) {
            return try inference.answer()
        } catch {
            // What is too long is an incomplete answer here, and no error (reference: inference §4.9).
            guard error.type.isLengthOnResponses else { throw error }
            return inference.cutShort(error)
        }
    }
}

extension Inference {
    /// The call of ``Operation/responses``.
    ///
    /// - Throws: ``APIError`` 400 for a body that is none of the operation's.
    convenience init(responsesOf call: Call) throws(APIError) {
        let body = try call.inferenceBody(.responses)
        let request = try ResponsesRequestReader(body.value, now: call.world.now).read()
        let encoder = ResponsesEncoder(
            body.value,
            request,
            reasoningEnd: call.settings.streamForms.reasoningEnd
        )
        self.init(call: call, body: body, request: request, encoder: encoder)
    }

    /// An answer that ends before its first token; it costs nothing and is not booked.
    func cutShort(_ error: APIError) -> OperationAnswer {
        var generator = call.world.generator(forRequestDigest: call.contentDigest(of: body))
        let ids = GenerationIDs(call, using: &generator)
        let model = request.routing.models.first ?? "openrouter/auto"
        let usage = TokenUsage(prompt: 0, completion: 0)
        let identity = AnswerIdentity(
            id: error.generationID ?? ids.generation,
            created: ids.created,
            model: model,
            provider: "",
            author: String(model.prefix { $0 != "/" })
        )
        let answer = GeneratedAnswer(
            identity: identity,
            generations: [Generation(steps: [], finishReason: .length, usage: usage)],
            usage: usage,
            charges: Charges(),
            cost: Pricing.Cost(),
            pace: .none,
            playedPace: .none,
            opaque: ids.opaque,
            keepAliveCount: call.settings.keepAliveCount,
            routerMetadata: call.wantsRouterMetadata ? error.routerMetadata : nil
        )
        var encoded = encode(answer)
        encoded.fields[.xProviderName] = nil
        return encoded
    }
}
