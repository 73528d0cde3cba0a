@testable internal import Simulation

/// The pixels of a PNG with a palette and 8 bits a pixel.
struct PNGPicture: Equatable {
    var width = 0
    var height = 0
    var pixels: [PixelColor] = []

    /// Decodes; nil if a check, a length, a chunk or a filter is not as it must be.
    init?(_ bytes: [UInt8]) {
        var chunks: [String: [UInt8]] = [:]
        var offset = 8
        while offset < bytes.count {
            guard let count = bytes.bigEndian(at: offset, byteCount: 4), offset + 12 + count <= bytes.count else {
                return nil
            }
            let content = bytes[offset + 4..<offset + 8 + count]
            let check = bytes.bigEndian(at: offset + 8 + count, byteCount: 4)
            guard check == Int(BitwiseCRC.crc32(content)) else { return nil }
            chunks[String(decoding: content.prefix(4), as: UTF8.self)] = Array(content.dropFirst(4))
            offset += 12 + count
        }
        guard
            let header = chunks["IHDR"], Array(header[8...]) == [8, 3, 0, 0, 0], chunks["IEND"] == [],
            let palette = chunks["PLTE"], let data = chunks["IDAT"].flatMap(Inflater.inflate)
        else { return nil }
        width = header.bigEndian(at: 0, byteCount: 4) ?? 0
        height = header.bigEndian(at: 4, byteCount: 4) ?? 0
        guard data.count == (width + 1) * height else { return nil }
        var line = Array(repeating: UInt8(0), count: width)
        for row in 0..<height {
            let start = row * (width + 1)
            let raw = data[start + 1...start + width]
            switch data[start] {
            case 0: line = Array(raw)
            case 2: line = zip(line, raw).map { $0 &+ $1 }
            default: return nil
            }
            pixels += line.map { entry in
                let color = palette[3 * Int(entry)..<3 * Int(entry) + 3]
                let alpha = chunks["tRNS"].map { $0[Int(entry)] } ?? 255
                return PixelColor(
                    red: color.first ?? 0,
                    green: color.dropFirst().first ?? 0,
                    blue: color.last ?? 0,
                    alpha: alpha
                )
            }
        }
    }
}
