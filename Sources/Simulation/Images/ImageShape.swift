internal import OpenRouterAPI

/// How large a picture shall be: `resolution`, `aspect_ratio` and `size`, which say it together or each for itself.
///
/// Source: schema `ImageGenerationRequest` (August 2026). How many pixels a tier has is each provider's own; here it is
/// the longer side.
struct ImageShape {
    enum Tier: String, CaseIterable, Sendable {
        case half = "512"
        case one = "1K"
        case two = "2K"
        case four = "4K"

        /// In pixels.
        var longSide: Int {
            switch self {
            case .half: 512
            case .one: 1024
            case .two: 2048
            case .four: 4096
            }
        }

        /// Whether a size may be called by this tier's name: its sides lie around the tier's, a quarter more or less.
        func agrees(with size: ImageSize) -> Bool {
            let (short, long) = (min(size.width, size.height), max(size.width, size.height))
            return short <= longSide * 5 / 4 && long >= longSide * 3 / 4
        }
    }

    static let automatic = "auto"
    static let aspectRatios = [
        "1:1", "1:2", "1:4", "1:8", "2:1", "2:3", "3:2", "3:4", "4:1", "4:3", "4:5", "5:4", "8:1", "9:16", "16:9",
        "9:19.5", "19.5:9", "9:20", "20:9", "9:21", "21:9", automatic,
    ]

    /// A square of the largest tier; no simulated picture has more pixels.
    private static let mostPixels = Tier.four.longSide * Tier.four.longSide
    /// What ``SyntheticImage`` can be at most.
    private static let longestSide = 8192

    let size: ImageSize

    /// - Throws: ``APIError`` 400 for members that contradict each other, and for sizes that nobody makes.
    init(reading reader: FieldReader) throws(APIError) {
        let resolution = try reader.choice("resolution", of: Tier.self)
        let aspectRatio = try reader.word("aspect_ratio", of: Self.aspectRatios)
        let text = try reader.string("size").flatMap { $0 == Self.automatic ? nil : $0 }
        let tier = text.flatMap { Tier(rawValue: $0.uppercased()) }
        guard let text, tier == nil else {
            if let tier, let resolution, tier != resolution {
                throw reader.invalid("size", expected: "the same tier as resolution, \(resolution.rawValue)")
            }
            size = ImageSize(
                aspectRatio: aspectRatio ?? Self.automatic,
                longSide: (tier ?? resolution ?? .one).longSide
            )
            return
        }
        guard let pixels = ImageSize(pixels: text) else {
            throw reader.invalid("size", expected: "512, 1K, 2K, 4K, auto or pixels such as 1024x1024")
        }
        guard max(pixels.width, pixels.height) <= Self.longestSide, pixels.width * pixels.height <= Self.mostPixels
        else {
            throw reader.invalid(
                "size",
                expected: "sides of at most \(Self.longestSide) and at most \(Self.mostPixels) pixels in all"
            )
        }
        if let resolution, !resolution.agrees(with: pixels) {
            throw reader.invalid("size", expected: "pixels of resolution \(resolution.rawValue)")
        }
        if let aspectRatio, !pixels.has(aspectRatio: aspectRatio) {
            throw reader.invalid("size", expected: "pixels of aspect_ratio \(aspectRatio)")
        }
        size = pixels
    }
}

extension ImageSize {
    /// Reads `1280x720`; nil for anything else, and for sides of no pixels or of more than five digits.
    init?(pixels text: String) {
        let sides = text.lowercased().split(separator: "x", omittingEmptySubsequences: false)
        guard sides.count == 2, sides.allSatisfy(\.isShortNumber),
            let width = Int(sides[0]), let height = Int(sides[1]), width > 0, height > 0
        else { return nil }
        self.init(width: width, height: height)
    }

    /// Whether the sides are as `16:9` says, but for a fortieth: common sizes are rounded to multiples of 16 and more.
    func has(aspectRatio: String) -> Bool {
        let sides = aspectRatio.split(separator: ":").compactMap { Double($0) }
        guard sides.count == 2 else { return true }
        let quotient = Double(width) / Double(height) / (sides[0] / sides[1])
        return (0.975...1.025).contains(quotient)
    }
}

extension Substring {
    /// Whether these are at most five digits, which cannot overflow when they are multiplied.
    fileprivate var isShortNumber: Bool {
        utf8.count <= 5 && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
