/// Writes a mosaic as a PNG with a palette (PNG, third edition, <https://www.w3.org/TR/png-3/>).
enum PNGEncoder {
    static func encode(_ mosaic: Mosaic) -> [UInt8] {
        var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        appendChunk("IHDR", header(of: mosaic), to: &bytes)
        appendChunk("PLTE", mosaic.colors.flatMap { [$0.red, $0.green, $0.blue] }, to: &bytes)
        let opacities = mosaic.colors.map(\.alpha)
        if opacities.contains(where: { $0 < 255 }) { appendChunk("tRNS", opacities, to: &bytes) }
        appendChunk("IDAT", data(of: mosaic), to: &bytes)
        appendChunk("IEND", [], to: &bytes)
        return bytes
    }

    /// The image header (section 11.2.1).
    private static func header(of mosaic: Mosaic) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: UInt32(mosaic.width))
        bytes.append(bigEndian: UInt32(mosaic.height))
        bytes += [8, 3, 0, 0, 0]  // 8 bits, indexed color, Deflate, adaptive filters, not interlaced.
        return bytes
    }

    /// The pixels (section 7.2): a row of cells is one line, and then lines that do not differ from the one above.
    private static func data(of mosaic: Mosaic) -> [UInt8] {
        var stream = RunLengthZlib()
        for row in mosaic.rowEnds.indices {
            stream.append(0, count: 1)  // Filter type "None" (section 9.2).
            for cell in mosaic.cells(ofRow: row) { stream.append(UInt8(cell.index), count: cell.width) }
            for _ in 1..<mosaic.height(ofRow: row) {
                stream.append(2, count: 1)  // Filter type "Up".
                stream.append(0, count: mosaic.width)
            }
        }
        return stream.finished()
    }

    /// Appends a chunk: length, type, data, check of type and data (section 5.3).
    private static func appendChunk(_ type: String, _ data: [UInt8], to bytes: inout [UInt8]) {
        bytes.append(bigEndian: UInt32(data.count))
        let content = Array(type.utf8) + data
        bytes += content
        bytes.append(bigEndian: CyclicRedundancyCheck.png.remainder(of: content))
    }
}
