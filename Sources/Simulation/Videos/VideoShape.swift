internal import OpenRouterAPI

/// How large a video shall be: `resolution`, `aspect_ratio` and `size`, which say it together or each for itself.
///
/// Sizes of a resolution are those in the schema `VideoModel.supported_sizes` (August 2026): the resolution is the
/// shorter side.
struct VideoShape {
    enum Resolution: String, CaseIterable, Sendable {
        case p480 = "480p"
        case p720 = "720p"
        case p768 = "768p"
        case p1080 = "1080p"
        case oneK = "1K"
        case twoK = "2K"
        case fourK = "4K"

        /// In pixels.
        var shortSide: Int {
            switch self {
            case .p480: 480
            case .p720: 720
            case .p768: 768
            case .p1080, .oneK: 1080
            case .twoK: 1440
            case .fourK: 2160
            }
        }
    }

    static let aspectRatios = ["16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9", "9:21"]
    private static let longestSide = 5040

    let size: ImageSize

    /// - Throws: ``APIError`` 400 for members that contradict each other, and for sizes that nobody makes.
    init(reading reader: FieldReader) throws(APIError) {
        let resolution = try reader.choice("resolution", of: Resolution.self)
        let aspectRatio = try reader.word("aspect_ratio", of: Self.aspectRatios)
        guard let text = try reader.string("size") else {
            size = ImageSize(
                aspectRatio: aspectRatio ?? "16:9",
                shortSide: (resolution ?? .p720).shortSide
            )
            return
        }
        guard let pixels = ImageSize(pixels: text), max(pixels.width, pixels.height) <= Self.longestSide else {
            throw reader.invalid("size", expected: "pixels such as 1280x720, of at most \(Self.longestSide) a side")
        }
        if let resolution, min(pixels.width, pixels.height) != resolution.shortSide {
            throw reader.invalid("size", expected: "pixels of resolution \(resolution.rawValue)")
        }
        if let aspectRatio, !pixels.has(aspectRatio: aspectRatio) {
            throw reader.invalid("size", expected: "pixels of aspect_ratio \(aspectRatio)")
        }
        size = pixels
    }
}

extension ImageSize {
    /// - Parameters:
    ///   - aspectRatio: such as `16:9`.
    ///   - shortSide: pixels; the other side is the nearest even number.
    init(aspectRatio: String, shortSide: Int) {
        let shape = ImageSize(aspectRatio: aspectRatio, longSide: 10_000)
        let quotient = Double(max(shape.width, shape.height)) / Double(min(shape.width, shape.height))
        let longSide = Int((Double(shortSide) * quotient / 2).rounded()) * 2
        self.init(
            width: shape.width >= shape.height ? longSide : shortSide,
            height: shape.width >= shape.height ? shortSide : longSide
        )
    }
}
