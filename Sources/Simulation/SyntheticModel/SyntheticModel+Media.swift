internal import OpenRouterAPI
internal import Tapes

extension SyntheticModel {
    /// Tokens of one image, as Google counts one of its models' (Gemini image generation guide, August 2026).
    static let imageTokenCount = 1290

    func makesImage(_ request: GenerationRequest) -> Bool {
        host.outputModalities.contains("image") && (request.wantsImage || !host.makesText)
    }

    func image(for request: GenerationRequest, using generator: inout SeededGenerator) -> GeneratedImage {
        let size = ImageSize(aspectRatio: request.imageAspectRatio ?? "1:1", longSide: 1024)
        let image = SyntheticImage(width: size.width, height: size.height, seed: generator.next())
        return GeneratedImage(mediaType: "image/png", base64: Base64.encoded(image.encoded(as: .png)))
    }
}
