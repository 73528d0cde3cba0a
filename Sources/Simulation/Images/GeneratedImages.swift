internal import OpenRouterAPI
internal import Tapes

/// The pictures made for one request, as bodies or as events of a stream.
struct GeneratedImages: Sendable {
    /// How many unfinished pictures a stream shows before each finished one; our own choice.
    static let partialCount = 2

    private let images: [SyntheticImage]
    private let format: ImageFormat
    private let quality: Int?

    init(_ request: ImageRequest, using generator: inout SeededGenerator) {
        images = (0..<request.count).map { index in
            var branch = generator.branch(mixing: "image \(index)")
            return SyntheticImage(
                width: request.size.width,
                height: request.size.height,
                seed: branch.next(),
                isTransparent: request.isTransparent
            )
        }
        format = request.format
        quality = request.quality
    }

    /// Schema `ImageGenerationResponse`.
    func body(created: Int, usage: JSON) -> JSON {
        [
            "created": .integer(created),
            "data": .array(
                images.map { ["b64_json": base64($0), "media_type": .string(format.mediaType)] }
            ),
            "usage": usage,
        ]
    }

    /// Schema `ImageStreamingResponse`: of each picture first some that are not finished, then itself.
    ///
    /// The usage is that of all pictures, so it stands in the last event alone.
    ///
    /// - Parameters:
    ///   - created: Unix seconds.
    ///   - usage: of the request.
    ///   - step: time from one event to the next.
    ///   - keepAliveCount: comments before the first event.
    /// - Returns: one event a frame, the last one `[DONE]`.
    func frames(created: Int, usage: JSON, step: Duration, keepAliveCount: Int) -> [Frame] {
        var frames = EventFrames()
        for _ in 0..<keepAliveCount { frames.keepAlive() }
        for (number, image) in images.enumerated() {
            for index in 0..<Self.partialCount {
                frames.wait(step)
                frames.data([
                    "type": "image_generation.partial_image",
                    "partial_image_index": .integer(index),
                    "b64_json": base64(image.partial(index: index, of: Self.partialCount)),
                ])
            }
            var completed: JSONObject = [
                "type": "image_generation.completed",
                "b64_json": base64(image),
                "media_type": .string(format.mediaType),
                "created": .integer(created),
            ]
            if number == images.count - 1 { completed.append("usage", usage) }
            frames.wait(step)
            frames.data(.object(completed))
        }
        frames.done()
        return frames.frames
    }

    private func base64(_ image: SyntheticImage) -> JSON {
        .string(Base64.encoded(image.encoded(as: format, quality: quality)))
    }
}
