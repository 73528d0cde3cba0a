/// Writes a mosaic as a lossless WebP (RFC 9649, section 3).
///
/// There are no transforms and no color cache. A cell's first pixel is literal, the pixels to its right are copies of
/// the left one, and all further lines of a row of cells are one copy of what is above.
enum WebPEncoder {
    static func encode(_ mosaic: Mosaic) -> [UInt8] {
        var stream = stream(of: mosaic)
        let streamCount = stream.count
        if streamCount % 2 == 1 { stream.append(0) }  // Chunks are padded to an even size (section 2.3).
        var bytes = Array("RIFF".utf8)
        bytes.append(littleEndian: UInt32(4 + 8 + stream.count))
        bytes += Array("WEBPVP8L".utf8)
        bytes.append(littleEndian: UInt32(streamCount))
        return bytes + stream
    }

    /// The VP8L bitstream (section 3.8).
    private static func stream(of mosaic: Mosaic) -> [UInt8] {
        var bits = LowBitWriter(after: [0x2F])
        bits.append(mosaic.width - 1, 14)
        bits.append(mosaic.height - 1, 14)
        bits.append(mosaic.colors.contains { $0.alpha < 255 } ? 1 : 0, 1)
        bits.append(0, 3)  // Version.
        bits.append(0, 3)  // No transform, no color cache, one group of prefix codes.
        appendCodes(to: &bits)
        for row in mosaic.rowEnds.indices {
            for cell in mosaic.cells(ofRow: row) {
                append(mosaic.colors[cell.index], to: &bits)
                appendCopy(of: .left, count: cell.width - 1, to: &bits)
            }
            appendCopy(of: .above, count: (mosaic.height(ofRow: row) - 1) * mosaic.width, to: &bits)
        }
        bits.align()
        return bits.bytes
    }

    /// The five prefix codes (section 3.7.2): green and lengths, red, blue, alpha, distances.
    private static func appendCodes(to bits: inout LowBitWriter) {
        appendCode(greenCode, to: &bits)
        for _ in 1...3 { appendCode(channelCode, to: &bits) }
        // A simple code (section 3.7.2.1.1) of two symbols: 0, which takes one bit, and 1, which takes eight.
        bits.append(1, 1)
        bits.append(1, 1)
        bits.append(0, 2)
        bits.append(1, 8)
    }

    /// A normal code (section 3.7.2.1.2) whose lengths are 8 and, maybe, 9.
    ///
    /// A code of one length only needs no bits for the length of a symbol; of two lengths, one bit.
    private static func appendCode(_ code: PrefixCode, to bits: inout LowBitWriter) {
        bits.append(0, 1)
        let hasNine = code.lengths.contains(9)
        // The order is 17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, and on; the count is 4 more than written.
        let lengths = Array(repeating: 0, count: 11) + (hasNine ? [1, 1] : [1])
        bits.append(lengths.count - 4, 4)
        for length in lengths { bits.append(length, 3) }
        bits.append(0, 1)  // The lengths of all symbols follow.
        if hasNine { for length in code.lengths { bits.append(length - 8, 1) } }
    }

    private static func append(_ color: PixelColor, to bits: inout LowBitWriter) {
        bits.append(greenCode[Int(color.green)])
        for channel in [color.red, color.blue, color.alpha] { bits.append(channelCode[Int(channel)]) }
    }

    /// A pixel to copy from, as the distance's prefix symbol, which is the distance code less one (section 3.6.2.2).
    private enum Source: Int {
        case above = 0
        case left = 1
    }

    /// Appends copies of at most 4096 pixels, the longest there are.
    private static func appendCopy(of source: Source, count: Int, to bits: inout LowBitWriter) {
        var rest = count
        while rest > 0 {
            let length = min(rest, 4096)
            appendLength(length, to: &bits)
            bits.append(source.rawValue, 1)
            rest -= length
        }
    }

    /// Appends a length as a prefix symbol and extra bits (section 3.6.2.2).
    private static func appendLength(_ length: Int, to bits: inout LowBitWriter) {
        let value = length - 1
        let extraBits = max(0, Int.bitWidth - 2 - value.leadingZeroBitCount)
        bits.append(greenCode[256 + 2 * extraBits + value >> extraBits])
        bits.append(value, extraBits)
    }

    /// 256 values of green, 24 prefix symbols of lengths.
    private static let greenCode = PrefixCode(lengths: PrefixCode.balancedLengths(count: 256 + 24))

    private static let channelCode = PrefixCode(lengths: PrefixCode.balancedLengths(count: 256))
}
