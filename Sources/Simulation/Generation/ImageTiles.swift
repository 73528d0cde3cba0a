/// An image as OpenAI's GPT-4o counts it: tiles of 512 by 512 pixels.
///
/// Source: <https://platform.openai.com/docs/guides/images-vision>, "Calculating costs": an image is made to fit into
/// a square of 2048, then its shorter side is brought to 768; it costs 85 tokens and 170 for each tile begun. In low
/// detail it costs 85.
struct ImageTiles {
    private(set) var width: Int
    private(set) var height: Int

    /// Small images are not enlarged.
    ///
    /// - Parameters:
    ///   - width: in pixels; what is out of reason is moved to the nearest sensible number.
    ///   - height: likewise.
    init(width: Int, height: Int) {
        self.width = min(max(1, width), 1_000_000)
        self.height = min(max(1, height), 1_000_000)
        shrink(to: 2048, from: max(self.width, self.height))
        shrink(to: 768, from: min(self.width, self.height))
    }

    private mutating func shrink(to target: Int, from side: Int) {
        guard side > target else { return }
        width = max(1, width * target / side)
        height = max(1, height * target / side)
    }

    func tokenCount(isLow: Bool) -> Int {
        let tileCount = ((width + 511) / 512) * ((height + 511) / 512)
        return isLow ? 85 : 85 + 170 * tileCount
    }
}
