internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

extension Operation {
    /// `POST /images`, streamed where the provider streams (reference: inference §6.3).
    static let generateImages = Operation("createImages", .post, "/images", .inferenceKey, reads: .body(.imagesBody)) {
        call throws(APIError) in
        let body = try call.document()
        let request = try ImageRequest(reading: body, now: call.world.now)
        let modelCall = ModelCall(
            call: call,
            digest: call.contentDigest(of: body),
            routing: request.routing,
            apiType: .image,
            idKind: "img",
            user: request.user
        )
        return try modelCall.answer { served throws(APIError) in
            let images = GeneratedImages(request, using: &served.generator)
            var usage = request.promptUsage
            usage.outputImages = request.count
            usage.completionImage = SyntheticModel.imageTokenCount * request.count
            usage.completion = usage.completionImage
            let endpoint = served.candidate.endpoint
            guard request.wantsStream, ImageModels.streams(endpoint) else {
                return ModelCall.Made(usage: usage) { identity, usage in
                    .json(images.body(created: identity.created, usage: usage.images))
                }
            }
            let keepAliveCount = call.settings.keepAliveCount
            return ModelCall.Made(usage: usage, isStreamed: true) { identity, usage in
                .eventStream(
                    images.frames(
                        created: identity.created,
                        usage: usage.images,
                        step: endpoint.latency,
                        keepAliveCount: keepAliveCount
                    )
                )
            }
        }
    }
}
