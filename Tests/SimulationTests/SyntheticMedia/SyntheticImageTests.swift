internal import Testing

@testable internal import Simulation

@Suite("Synthetic image")
struct SyntheticImageTests {
    private static let sizes = [(1, 1), (16, 1), (3, 40), (17, 33), (100, 64), (258, 20), (261, 300)]

    @Test("A PNG decodes to the colors of the mosaic", arguments: sizes, [false, true])
    func png(size: (Int, Int), isTransparent: Bool) throws {
        let (width, height) = size
        let image = SyntheticImage(width: width, height: height, seed: 7, isTransparent: isTransparent)
        let mosaic = Mosaic(width: width, height: height, cellsPerSide: 4...8, isTransparent: isTransparent, seed: 7)
        let picture = try #require(PNGPicture(image.encoded(as: .png)))
        #expect((picture.width, picture.height) == size)
        let expected = (0..<height).flatMap { y in
            (0..<width).map { x in
                let row = mosaic.rowEnds.count { $0 <= y }
                return mosaic.colors[row * mosaic.columnEnds.count + mosaic.columnEnds.count { $0 <= x }]
            }
        }
        #expect(picture.pixels == expected)
    }

    @Test("The corner of a transparent picture is clear, an opaque one has no transparency")
    func transparency() throws {
        let clear = SyntheticImage(width: 64, height: 64, seed: 1, isTransparent: true)
        #expect(try #require(PNGPicture(clear.encoded(as: .png))).pixels.first == .clear)
        let opaque = SyntheticImage(width: 64, height: 64, seed: 1)
        #expect(try #require(PNGPicture(opaque.encoded(as: .png))).pixels.allSatisfy { $0.alpha == 255 })
    }

    @Test("A JPEG's segments say its size, and its data has no marker but the end", arguments: sizes)
    func jpeg(width: Int, height: Int) throws {
        let bytes = SyntheticImage(width: width, height: height, seed: 3).encoded(as: .jpeg)
        var offset = 2
        var segments: [Int: [UInt8]] = [:]
        while segments[0xDA] == nil {
            let marker = try #require(bytes.bigEndian(at: offset, byteCount: 2))
            let length = try #require(bytes.bigEndian(at: offset + 2, byteCount: 2))
            segments[marker & 0xFF, default: []] += bytes[offset + 4..<offset + 2 + length]
            offset += 2 + length
        }
        #expect(segments.keys.sorted() == [0xC0, 0xC4, 0xDA, 0xDB, 0xE0])
        #expect(segments[0xC0]?.bigEndian(at: 1, byteCount: 2) == height)
        #expect(segments[0xC0]?.bigEndian(at: 3, byteCount: 2) == width)
        let markers = bytes[offset...].indices.dropLast().filter { bytes[$0] == 0xFF && bytes[$0 + 1] != 0 }
        #expect(markers == [bytes.count - 2])
        #expect(bytes.last == 0xD9)
    }

    @Test("The quality of a JPEG is the step of its levels", arguments: [(1, 255), (50, 16), (90, 3), (100, 1)])
    func quality(quality: Int, step: UInt8) {
        let image = SyntheticImage(width: 64, height: 64, seed: 3)
        #expect(image.encoded(as: .jpeg, quality: quality)[25..<89].allSatisfy { $0 == step })
        #expect(
            image.encoded(as: .jpeg, quality: quality) != image.encoded(as: .jpeg, quality: quality / 2 + 1)
                || quality == 1
        )
    }

    @Test("Each format gives its signature and size", arguments: sizes)
    func dimensions(width: Int, height: Int) throws {
        let image = SyntheticImage(width: width, height: height, seed: 11)
        for format in [ImageFormat.png, .jpeg, .webp] {
            let dimensions = try #require(ImageDimensions(of: image.encoded(as: format)))
            #expect(dimensions.width == width && dimensions.height == height)
        }
        let webp = image.encoded(as: .webp)
        #expect(webp.littleEndian(at: 4, byteCount: 4) == webp.count - 8)
        let chunkCount = try #require(webp.littleEndian(at: 16, byteCount: 4))
        #expect(webp.count == 20 + chunkCount + chunkCount % 2)
        let svg = String(decoding: image.encoded(as: .svg), as: UTF8.self)
        #expect(svg.contains("width=\"\(width)\" height=\"\(height)\" viewBox=\"0 0 \(width) \(height)\""))
        #expect(svg.split(separator: "\n").count { $0.hasPrefix("<rect") && $0.hasSuffix("/>") } >= 1)
    }

    @Test("Partial pictures have the size of the whole and become finer")
    func partials() throws {
        let image = SyntheticImage(width: 320, height: 256, seed: 2)
        let colors = try (0..<3).map { index in
            let picture = try #require(PNGPicture(image.partial(index: index, of: 3).encoded(as: .png)))
            #expect(picture.width == 320 && picture.height == 256)
            return Set(picture.pixels).count
        }
        #expect(colors[0] == 1)
        #expect(colors[1] > 1 && colors[2] > colors[1])
        #expect(try #require(PNGPicture(image.encoded(as: .png))).pixels.count == 320 * 256)
        #expect(image.partial(index: 2, of: 3) != image)
    }

    @Test("Pictures follow from the seed", arguments: ImageFormat.allCases)
    func seeds(format: ImageFormat) {
        let bytes = SyntheticImage(width: 128, height: 128, seed: 1).encoded(as: format)
        #expect(SyntheticImage(width: 128, height: 128, seed: 1).encoded(as: format) == bytes)
        #expect(SyntheticImage(width: 128, height: 128, seed: 2).encoded(as: format) != bytes)
    }

    @Test(
        "The largest pictures are small files",
        arguments: [(ImageFormat.png, 30_000), (.jpeg, 110_000), (.webp, 12_000)]
    )
    func largest(format: ImageFormat, limit: Int) {
        #expect(SyntheticImage(width: 4096, height: 4096, seed: 1).encoded(as: format).count < limit)
    }

    /// What Pillow 13.0.0 (with libwebp 1.6.0), ffmpeg 5.1.9, pngcheck 3.0.3 and librsvg 2.54.7 read without a
    /// message, with the same pixels in PNG, WebP and SVG, and in JPEG colors that differ by 3 at most.
    @Test(
        "The bytes of pictures are pinned",
        arguments: [
            (ImageFormat.png, false, 2913, 0x8D49_053E as UInt32), (.png, true, 2967, 0x0355_1A0F),
            (.jpeg, false, 5477, 0x8274_F668), (.jpeg, true, 5317, 0x6471_CED2),
            (.webp, false, 770, 0x929D_BA8C), (.webp, true, 770, 0xCA41_1DB2), (.svg, false, 2759, 0xCB70_75B2),
            (.svg, true, 1741, 0xF68C_5577),
        ]
    )
    func pinned(format: ImageFormat, isTransparent: Bool, count: Int, check: UInt32) {
        let image = SyntheticImage(width: 1000, height: 700, seed: 1, isTransparent: isTransparent)
        let bytes = image.encoded(as: format)
        #expect(bytes.count == count)
        #expect(BitwiseCRC.crc32(bytes) == check)
    }
}
