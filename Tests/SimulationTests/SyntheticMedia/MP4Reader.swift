@testable internal import Simulation

/// Reads boxes of an MP4 file by their paths, such as `moov/trak[0]/tkhd`.
struct MP4Reader {
    let bytes: [UInt8]

    /// The boxes in a range of bytes, with the ranges of their contents; nil if their sizes do not add up.
    func boxes(in range: Range<Int>) -> [(type: String, content: Range<Int>)]? {
        var boxes: [(String, Range<Int>)] = []
        var offset = range.lowerBound
        while offset < range.upperBound {
            guard
                let size = bytes.bigEndian(at: offset, byteCount: 4), size >= 8, offset + size <= range.upperBound
            else { return nil }
            boxes.append((String(decoding: bytes[offset + 4..<offset + 8], as: UTF8.self), offset + 8..<offset + size))
            offset += size
        }
        return boxes
    }

    /// Where the content of a box is; `type` names the first of its type, `type[1]` the second.
    func content(_ path: String) -> Range<Int>? {
        path.split(separator: "/").reduce(bytes.indices) { range, part in
            let pieces = part.split(whereSeparator: { "[]".contains($0) })
            guard let range, let boxes = boxes(in: range) else { return nil }
            let matches = boxes.filter { $0.type == pieces[0] }
            let number = pieces.count > 1 ? Int(pieces[1]) ?? 0 : 0
            return number < matches.count ? matches[number].content : nil
        }
    }

    /// The content of a box as numbers of 32 bits, the first of which are version and flags.
    func words(_ path: String) -> [Int] {
        guard let content = content(path) else { return [] }
        return stride(from: content.lowerBound, to: content.upperBound - 3, by: 4)
            .compactMap { bytes.bigEndian(at: $0, byteCount: 4) }
    }

    /// The samples of a track that has one chunk.
    func samples(ofTrack number: Int) -> [[UInt8]] {
        let table = "moov/trak[\(number)]/mdia/minf/stbl"
        guard var offset = words("\(table)/stco").last else { return [] }
        return words("\(table)/stsz").dropFirst(3).map { size in
            defer { offset += size }
            return offset + size <= bytes.count ? Array(bytes[offset..<offset + size]) : []
        }
    }
}
