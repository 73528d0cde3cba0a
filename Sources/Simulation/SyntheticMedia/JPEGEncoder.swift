/// Writes a mosaic as a baseline JPEG (ITU-T T.81) in a JFIF wrapper (ITU-T T.871).
///
/// Luma is sampled fully and chroma at half the width and height, so that a coded unit is 16 by 16 pixels and lies
/// within one cell. All its blocks are flat: they have a first coefficient and no others.
struct JPEGEncoder {
    /// What the coefficients are multiples of, 1 to 255.
    let step: Int

    /// Creates an encoder.
    ///
    /// - Parameter quality: 1 to 100, scaling the usual 16 (T.81, table K.1) as the Independent JPEG Group's library
    ///   does (`jpeg_quality_scaling`, <https://github.com/libjpeg-turbo/libjpeg-turbo/blob/main/src/jcparam.c>).
    init(quality: Int) {
        let quality = min(max(quality, 1), 100)
        let scale = quality < 50 ? 5000 / quality : 200 - quality * 2
        step = min(max((16 * scale + 50) / 100, 1), 255)
    }

    func encode(_ mosaic: Mosaic) -> [UInt8] {
        var bytes: [UInt8] = [0xFF, 0xD8]
        // Version 1.1, no unit, square pixels, no thumbnail (T.871, section 10.1).
        appendSegment(0xE0, Array("JFIF".utf8) + [0, 1, 1, 0, 0, 1, 0, 1, 0, 0], to: &bytes)
        appendSegment(0xDB, [0] + Array(repeating: UInt8(step), count: 64), to: &bytes)
        appendSegment(0xC0, frameHeader(of: mosaic), to: &bytes)
        appendSegment(0xC4, table(0x00, of: Self.sizeCode), to: &bytes)
        appendSegment(0xC4, table(0x10, of: Self.endCode), to: &bytes)
        // Three components, tables 0; all coefficients in one scan (T.81, section B.2.3).
        appendSegment(0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0], to: &bytes)
        for byte in scan(of: mosaic) {
            bytes.append(byte)
            if byte == 0xFF { bytes.append(0) }  // So that data is no marker (section B.1.1.5).
        }
        return bytes + [0xFF, 0xD9]
    }

    /// Appends a marker segment, whose length counts itself (section B.1.1.4).
    private func appendSegment(_ marker: UInt8, _ content: [UInt8], to bytes: inout [UInt8]) {
        bytes += [0xFF, marker]
        bytes.append(bigEndian: UInt16(content.count + 2))
        bytes += content
    }

    /// 8 bits a sample, size, and three components: number, sampling factors, quantization table (section B.2.2).
    private func frameHeader(of mosaic: Mosaic) -> [UInt8] {
        var bytes: [UInt8] = [8]
        bytes.append(bigEndian: UInt16(mosaic.height))
        bytes.append(bigEndian: UInt16(mosaic.width))
        return bytes + [3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]
    }

    /// A table of a prefix code: how many words of each length, and the symbols (section B.2.4.2).
    ///
    /// The symbols of our codes are ordered by length.
    private func table(_ classAndNumber: UInt8, of code: PrefixCode) -> [UInt8] {
        let counts = (1...16).map { length in UInt8(code.lengths.count { $0 == length }) }
        return [classAndNumber] + counts + code.lengths.indices.map { UInt8($0) }
    }

    /// The coded units, from left to right and from the top (section F.1.2).
    private func scan(of mosaic: Mosaic) -> [UInt8] {
        let colors = mosaic.colors.map { coefficients(of: $0) }
        var bits = BitWriter()
        var last = [0, 0, 0]
        for row in mosaic.rowEnds.indices {
            for _ in 0..<units(in: mosaic.height(ofRow: row)) {
                for cell in mosaic.cells(ofRow: row) {
                    append(colors[cell.index], after: last, to: &bits)
                    // A unit like the last one is six blocks of two zeros: no difference, end of block.
                    for _ in 1..<units(in: cell.width) { bits.append(0, 12) }
                    last = colors[cell.index]
                }
            }
        }
        bits.align(with: 1)
        return bits.bytes
    }

    private func units(in length: Int) -> Int { (length + Mosaic.unit - 1) / Mosaic.unit }

    /// Appends a unit: four blocks of luma and one of each chroma, as differences to the blocks before.
    private func append(_ coefficients: [Int], after last: [Int], to bits: inout BitWriter) {
        for component in 0..<3 {
            append(difference: coefficients[component] - last[component], to: &bits)
            if component == 0 { bits.append(0, 6) }
        }
    }

    /// Appends a difference as its size in bits, and the bits, which of a negative number are those of one less
    /// (section F.1.2.1); then the end of the block.
    private func append(difference: Int, to bits: inout BitWriter) {
        let size = Int.bitWidth - difference.magnitude.leadingZeroBitCount
        bits.append(Self.sizeCode[size])
        bits.append(difference < 0 ? difference - 1 : difference, size)
        bits.append(Self.endCode[0])
    }

    /// The quantized first coefficients of a flat block: eight times the level (section A.3.3) by the step.
    private func coefficients(of color: PixelColor) -> [Int] {
        let color = color.onWhite
        let (red, green, blue) = (Int(color.red), Int(color.green), Int(color.blue))
        // The levels in thousandths (T.871, section 7), less 128 where luma is shifted.
        let levels = [
            299 * red + 587 * green + 114 * blue - 128_000,
            (-168_736 * red - 331_264 * green + 500_000 * blue) / 1000,
            (500_000 * red - 418_688 * green - 81_312 * blue) / 1000,
        ]
        return levels.map { level in
            let divisor = 125 * step
            return (level + (level < 0 ? -divisor : divisor) / 2) / divisor
        }
    }

    /// The code of the sizes of differences, 0 to 11; a word of ones only is not allowed (section C).
    private static let sizeCode = PrefixCode(lengths: [1] + Array(repeating: 5, count: 11))

    /// The code of the only other symbol, the end of a block.
    private static let endCode = PrefixCode(lengths: [1])
}
