internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Image dimensions")
struct ImageDimensionsTests {
    /// The first bytes of a file, up to its size.
    struct Head: Sendable {
        var bytes: [UInt8]
        var width: Int
        var height: Int

        init(_ signature: String, _ rest: [UInt8], width: Int, height: Int) {
            bytes = Array(signature.utf8) + rest
            self.width = width
            self.height = height
        }
    }

    /// A JPEG has segments and fill bytes before the frame header; WebP has three kinds of first chunks.
    private static let files: [Head] = [
        Head("GIF89a", [0x40, 1, 0xF0, 0], width: 320, height: 240),
        Head("GIF87a", [1, 0, 2, 0], width: 1, height: 2),
        Head(
            "",
            [0xFF, 0xD8, 0xFF, 0xE1, 0, 4, 0, 0, 0xFF, 0xFF, 0xC2, 0, 17, 8, 1, 2, 3, 4],
            width: 0x304,
            height: 0x102
        ),
        Head(
            "RIFF....WEBPVP8 ....",
            [0x30, 1, 0, 0x9D, 1, 0x2A, 0x40, 0x41, 0xF0, 0],
            width: 320,
            height: 240
        ),
        Head("RIFF....WEBPVP8X....", [0, 0, 0, 0, 0x3F, 1, 0, 0xEF, 0, 0], width: 320, height: 240),
        Head("RIFF....WEBPVP8L....", [0x2F, 0x3F, 0xC1, 0x3B, 0], width: 320, height: 240),
        Head(
            "",
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
                + [0, 0, 1, 0x40, 0, 0, 0, 0xF0],
            width: 320,
            height: 240
        ),
    ]

    @Test("The size is read from the head of each format", arguments: files)
    func heads(head: Head) throws {
        let dimensions = try #require(ImageDimensions(of: head.bytes + [0]))
        #expect(dimensions.width == head.width)
        #expect(dimensions.height == head.height)
    }

    @Test("A head that ends early has no size", arguments: files)
    func truncated(head: Head) {
        for count in head.bytes.indices { #expect(ImageDimensions(of: Array(head.bytes[..<count])) == nil) }
    }

    @Test(
        "What is no picture has no size",
        arguments: [
            [], Array("%PDF-1.7".utf8), [0xFF, 0xD8, 0xFF, 0xD9], [0xFF, 0xD8, 0xFF, 0xE0, 0, 0], [0xFF, 0xD8, 0xFF],
            [0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 0, 0, 1, 0],
        ]
    )
    func noPicture(bytes: [UInt8]) {
        #expect(ImageDimensions(of: bytes) == nil)
    }

    @Test("No changed byte stops the reader")
    func garbage() {
        var generator = SeededGenerator(seed: 1)
        for head in Self.files {
            for _ in 0..<300 {
                var bytes = head.bytes + (0..<20).map { _ in UInt8(generator.below(256)) }
                for _ in 0..<3 { bytes[generator.below(bytes.count)] = generator.chance(percent: 30) ? 0xFF : 0 }
                if let dimensions = ImageDimensions(of: bytes) {
                    #expect(dimensions.width > 0 && dimensions.height > 0)
                }
            }
        }
    }
}
