internal import NIOCore

/// A content coding of stored blocks: no compression, but valid gzip (RFC 1952) or zlib (RFC 1950) as any decoder reads.
struct StoredCoding {
    /// Content codings by their names (RFC 9110 §8.4.1); `deflate` is the zlib format.
    enum Format: String, CaseIterable {
        case gzip, deflate
    }

    private let format: Format
    private var hasBegun = false
    private var byteCount: UInt32 = 0
    private var crc: UInt32 = .max
    private var adler: (UInt32, UInt32) = (1, 0)

    init(_ format: Format) {
        self.format = format
    }

    /// Codes the next bytes so that a decoder can read them at once: stored blocks end on a byte.
    ///
    /// - Parameters:
    ///   - bytes: what comes next; may be empty.
    ///   - isLast: whether the end of the stream with its checksum follows.
    /// - Returns: the coded bytes; with the header of the format the first time.
    mutating func write(_ bytes: ByteBuffer, isLast: Bool) -> ByteBuffer {
        var coded = ByteBuffer()
        coded.reserveCapacity(bytes.readableBytes + 64)
        if !hasBegun {
            hasBegun = true
            switch format {
            // Deflate, no flags, no time, no hints, unknown system.
            case .gzip: coded.writeBytes([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255])
            // Deflate with a window of 32 KiB, the lowest level, no dictionary.
            case .deflate: coded.writeBytes([0x78, 0x01])
            }
        }
        var rest = bytes
        while let block = rest.readSlice(length: min(rest.readableBytes, Int(UInt16.max))), block.readableBytes > 0 {
            check(block)
            Self.writeHeader(length: UInt16(block.readableBytes), isLast: false, into: &coded)
            coded.writeImmutableBuffer(block)
        }
        guard isLast else { return coded }
        Self.writeHeader(length: 0, isLast: true, into: &coded)
        switch format {
        case .gzip:
            coded.writeInteger(~crc, endianness: .little)
            coded.writeInteger(byteCount, endianness: .little)
        case .deflate: coded.writeInteger(adler.1 << 16 | adler.0)
        }
        return coded
    }

    private static func writeHeader(length: UInt16, isLast: Bool, into buffer: inout ByteBuffer) {
        buffer.writeInteger(isLast ? 1 : 0, as: UInt8.self)
        buffer.writeInteger(length, endianness: .little)
        buffer.writeInteger(~length, endianness: .little)
    }

    private mutating func check(_ block: ByteBuffer) {
        byteCount &+= UInt32(block.readableBytes)
        switch format {
        case .gzip:
            for byte in block.readableBytesView {
                crc = Self.crcTable[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ crc >> 8
            }
        case .deflate:
            for byte in block.readableBytesView {
                adler.0 = (adler.0 + UInt32(byte)) % 65_521
                adler.1 = (adler.1 + adler.0) % 65_521
            }
        }
    }

    /// The remainders of single bytes by the polynomial of RFC 1952 §8.
    private static let crcTable: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { remainder, _ in
            remainder & 1 == 1 ? 0xEDB8_8320 ^ remainder >> 1 : remainder >> 1
        }
    }
}
