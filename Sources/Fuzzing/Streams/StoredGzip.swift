internal import NIOCore
internal import Tapes

/// A gzip member of stored blocks (RFC 1951 §3.2.4, RFC 1952): compression that compresses nothing, but has to be undone.
enum StoredGzip {
    /// One stored block for each frame, so that each is flushed; or frames of single bytes.
    static func frames(_ frames: [Frame], perByte: Bool) -> [Frame] {
        var checksum = CRC32()
        var total = 0
        // Method deflate, no flags, no time, unknown system.
        var coded: [Frame] = [Frame(bytes: ByteBuffer(bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]))]
        for frame in frames {
            let bytes = Array(frame.bytes.readableBytesView)
            checksum.update(bytes)
            total += bytes.count
            var block: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: 0xFFFF) {
                let piece = bytes[start..<min(bytes.count, start + 0xFFFF)]
                let count = UInt16(piece.count)
                block += [0] + Self.littleEndian(count) + Self.littleEndian(~count) + piece
            }
            coded.append(Frame(gap: frame.gap, bytes: ByteBuffer(bytes: block)))
        }
        let end = [1, 0, 0, 0xFF, 0xFF] + littleEndian(checksum.value) + littleEndian(UInt32(truncatingIfNeeded: total))
        coded.append(Frame(bytes: ByteBuffer(bytes: end)))
        guard perByte else { return coded }
        return coded.flatMap { frame in
            frame.bytes.readableBytesView.enumerated().map { index, byte in
                Frame(gap: index == 0 ? frame.gap : .microseconds(100), bytes: ByteBuffer(bytes: [byte]))
            }
        }
    }

    private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}

/// The checksum of gzip (RFC 1952, section 8).
struct CRC32 {
    private var state: UInt32 = 0xFFFF_FFFF

    var value: UInt32 { ~state }

    mutating func update(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            state ^= UInt32(byte)
            for _ in 0..<8 { state = state & 1 == 1 ? state >> 1 ^ 0xEDB8_8320 : state >> 1 }
        }
    }
}
