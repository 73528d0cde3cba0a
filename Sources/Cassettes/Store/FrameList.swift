internal import NIOCore
internal import Tapes

/// Frames as a list of gaps in microseconds, byte counts and places in chunks; the bytes are in the body.
enum FrameList {
    static func encode(_ frames: [Frame]) -> [UInt8] {
        var writer = ByteWriter()
        for frame in frames {
            writer.write(UInt64(max(0, frame.gap.microseconds)))
            writer.write(UInt64(frame.bytes.readableBytes))
            writer.write(frame.chunk.code)
        }
        return writer.bytes
    }

    /// Nil if the bytes are no such list, a gap is longer than a century, or the byte counts do not add up to the body.
    static func decode(_ bytes: [UInt8], body: ByteBuffer) -> [Frame]? {
        var reader = ByteReader(bytes)
        var body = body
        var frames: [Frame] = []
        while !reader.isAtEnd {
            guard let gap = reader.number(), gap <= UInt64(CassetteFormat.gapLimit),
                let count = reader.number(), count <= UInt64(body.readableBytes),
                let slice = body.readSlice(length: Int(count)),
                let chunk = reader.number().flatMap({ Frame.Chunk(code: $0) })
            else { return nil }
            frames.append(Frame(gap: .microseconds(Int64(gap)), bytes: slice, chunk: chunk))
        }
        return body.readableBytes == 0 ? frames : nil
    }
}

extension Frame.Chunk {
    /// 0 for a whole chunk, 1 for the rest of one, else 2 more than the bytes of the chunk that begins.
    fileprivate var code: UInt64 {
        switch self {
        case .whole: 0
        case .rest: 1
        case .start(let byteCount): UInt64(max(0, byteCount)) + 2
        }
    }

    /// Nil for a chunk of more bytes than any body has.
    fileprivate init?(code: UInt64) {
        switch code {
        case 0: self = .whole
        case 1: self = .rest
        case 2...UInt64(UInt32.max): self = .start(byteCount: Int(code) - 2)
        default: return nil
        }
    }
}
