internal import NIOCore
internal import Tapes

/// Frames as a list of gaps in microseconds and byte counts; the bytes are in the body.
enum FrameList {
    static func encode(_ frames: [Frame]) -> [UInt8] {
        var writer = ByteWriter()
        for frame in frames {
            writer.write(UInt64(max(0, frame.gap.microseconds)))
            writer.write(UInt64(frame.bytes.readableBytes))
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
                let slice = body.readSlice(length: Int(count))
            else { return nil }
            frames.append(Frame(gap: .microseconds(Int64(gap)), bytes: slice))
        }
        return body.readableBytes == 0 ? frames : nil
    }
}
