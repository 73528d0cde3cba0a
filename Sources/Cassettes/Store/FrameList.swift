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
        var cursor = FrameCursor(bytes)
        var body = body
        var frames: [Frame] = []
        while !cursor.isAtEnd {
            guard let place = cursor.next(), let slice = body.readSlice(length: place.byteCount) else { return nil }
            frames.append(Frame(gap: place.gap, bytes: slice, chunk: place.chunk))
        }
        return body.readableBytes == 0 ? frames : nil
    }

    /// How many frames there are; nil where ``decode(_:body:)`` gives nil for a body of so many bytes.
    static func count(_ bytes: [UInt8], bodyByteCount: Int) -> Int? {
        var cursor = FrameCursor(bytes)
        var count = 0
        var rest = bodyByteCount
        while !cursor.isAtEnd {
            guard let place = cursor.next(), place.byteCount <= rest else { return nil }
            rest -= place.byteCount
            count += 1
        }
        return rest == 0 ? count : nil
    }
}

/// Goes through a ``FrameList`` without its frames.
struct FrameCursor {
    /// A frame without its bytes.
    struct Place {
        var gap: Duration
        var byteCount: Int
        var chunk: Frame.Chunk
    }

    private var reader: ByteReader

    init(_ bytes: [UInt8]) {
        reader = ByteReader(bytes)
    }

    var isAtEnd: Bool { reader.isAtEnd }

    /// Nil at the end, and for what is no place of a frame in a body that a cassette may hold.
    mutating func next() -> Place? {
        guard let gap = reader.number(), gap <= UInt64(CassetteFormat.gapLimit),
            let count = reader.number(), count <= UInt64(CassetteFormat.bodyByteLimit),
            let chunk = reader.number().flatMap({ Frame.Chunk(code: $0) })
        else { return nil }
        return Place(gap: .microseconds(Int64(gap)), byteCount: Int(count), chunk: chunk)
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
