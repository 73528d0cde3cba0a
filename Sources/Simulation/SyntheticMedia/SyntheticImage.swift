/// A picture made from a seed: a mosaic of flat colors.
///
/// ```swift
/// let image = SyntheticImage(width: 1024, height: 1024, seed: generator.next())
/// let bytes = image.encoded(as: .png)
/// ```
package struct SyntheticImage: Hashable, Sendable {
    private let mosaic: Mosaic

    /// Creates a picture.
    ///
    /// - Parameters:
    ///   - width: 1 to 8192 pixels.
    ///   - height: 1 to 8192 pixels.
    ///   - seed: What the picture follows from, such as a number drawn after mixing in the prompt.
    ///   - isTransparent: Whether the background, with at least the upper left corner, is clear.
    package init(width: Int, height: Int, seed: UInt64, isTransparent: Bool = false) {
        precondition(
            (1...8192).contains(width) && (1...8192).contains(height),
            "a picture of \(width)x\(height) pixels is not within 1x1 and 8192x8192"
        )
        mosaic = Mosaic(width: width, height: height, cellsPerSide: 4...8, isTransparent: isTransparent, seed: seed)
    }

    private init(_ mosaic: Mosaic) {
        self.mosaic = mosaic
    }

    /// Pixels from left to right.
    package var width: Int { mosaic.width }

    /// Pixels from top to bottom.
    package var height: Int { mosaic.height }

    /// The picture as it looks before it is finished: of the same size, and coarser the earlier it is.
    ///
    /// - Parameters:
    ///   - index: Which of the partial pictures, from 0.
    ///   - count: How many partial pictures come before the finished one.
    /// - Returns: A picture that differs from the finished one if that has more than one cell.
    package func partial(index: Int, of count: Int) -> SyntheticImage {
        // Three doublings make the largest grid one cell.
        SyntheticImage(mosaic.coarsened(by: 1 << min(max(count - index, 1), 3)))
    }

    /// The bytes of the picture in a format.
    ///
    /// - Parameters:
    ///   - format: What to encode as. JPEG has no transparency: what is clear becomes white.
    ///   - quality: 1, the coarsest colors, to 100 for JPEG, where nil means 90; the other formats are lossless.
    /// - Returns: A whole file.
    package func encoded(as format: ImageFormat, quality: Int? = nil) -> [UInt8] {
        switch format {
        case .png: PNGEncoder.encode(mosaic)
        case .jpeg: JPEGEncoder(quality: quality ?? 90).encode(mosaic)
        case .webp: WebPEncoder.encode(mosaic)
        case .svg: SVGEncoder.encode(mosaic)
        }
    }
}
