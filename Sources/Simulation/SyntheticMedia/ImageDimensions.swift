/// The size of a picture, read from its first bytes.
package struct ImageDimensions: Hashable, Sendable {
    /// Pixels from left to right.
    package let width: Int
    /// Pixels from top to bottom.
    package let height: Int

    /// Reads the size of a PNG, JPEG, GIF or WebP.
    ///
    /// - Returns: nil if the bytes are none of these, end before the size, or say that a side has no pixels.
    package init?(of bytes: [UInt8]) {
        guard
            let size = Self.png(bytes) ?? Self.gif(bytes) ?? Self.webP(bytes) ?? Self.jpeg(bytes),
            let width = size.0, let height = size.1, width > 0, height > 0
        else { return nil }
        self.width = width
        self.height = height
    }

    private typealias Size = (Int?, Int?)

    /// The image header is the first chunk (PNG, third edition, sections 5.2 and 11.2.1).
    private static func png(_ bytes: [UInt8]) -> Size? {
        guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), bytes.has("IHDR", at: 12) else {
            return nil
        }
        return (bytes.bigEndian(at: 16, byteCount: 4), bytes.bigEndian(at: 20, byteCount: 4))
    }

    /// The logical screen follows the version (GIF89a, section 18).
    private static func gif(_ bytes: [UInt8]) -> Size? {
        guard bytes.has("GIF87a", at: 0) || bytes.has("GIF89a", at: 0) else { return nil }
        return (bytes.littleEndian(at: 6, byteCount: 2), bytes.littleEndian(at: 8, byteCount: 2))
    }

    /// The first chunk is lossy, lossless or extended (RFC 9649, sections 2.5 to 2.7).
    private static func webP(_ bytes: [UInt8]) -> Size? {
        guard bytes.has("RIFF", at: 0), bytes.has("WEBP", at: 8) else { return nil }
        if bytes.has("VP8X", at: 12) {
            // One less than the size, in 24 bits each.
            let width = bytes.littleEndian(at: 24, byteCount: 3).map { $0 + 1 }
            return (width, bytes.littleEndian(at: 27, byteCount: 3).map { $0 + 1 })
        }
        if bytes.has("VP8L", at: 12) {
            // One less than the size, in 14 bits each, after a signature (section 3.4).
            guard let bits = bytes.littleEndian(at: 21, byteCount: 4), bytes[20] == 0x2F else { return nil }
            return (bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
        }
        // A key frame's start code, then the size in 14 bits each, below two bits of scale (RFC 6386, section 9.1).
        guard bytes.has("VP8 ", at: 12), bytes.bigEndian(at: 23, byteCount: 3) == 0x9D012A else { return nil }
        let width = bytes.littleEndian(at: 26, byteCount: 2).map { $0 & 0x3FFF }
        return (width, bytes.littleEndian(at: 28, byteCount: 2).map { $0 & 0x3FFF })
    }

    /// The size is in the frame header, one of the marker segments before the data (ITU-T T.81, sections B.1 and B.2).
    private static func jpeg(_ bytes: [UInt8]) -> Size? {
        guard bytes.starts(with: [0xFF, 0xD8]) else { return nil }
        var offset = 2
        while let start = bytes.bigEndian(at: offset, byteCount: 2), start >= 0xFF00 {
            let marker = start & 0xFF
            switch marker {
            case 0xFF:  // A fill byte (section B.1.1.2).
                offset += 1
                continue
            case 0x01, 0xD0...0xD8:  // Markers without a segment (table B.1).
                offset += 2
                continue
            case 0xC4, 0xC8, 0xCC:  // Tables and an extension, between the frame headers.
                break
            case 0xC0...0xCF:
                // After length and precision, height and width.
                return (bytes.bigEndian(at: offset + 7, byteCount: 2), bytes.bigEndian(at: offset + 5, byteCount: 2))
            case 0xD9, 0xDA:  // The end, or data, without a frame header before.
                return nil
            default:
                break
            }
            guard let length = bytes.bigEndian(at: offset + 2, byteCount: 2), length >= 2 else { return nil }
            offset += 2 + length
        }
        return nil
    }
}
