extension [UInt8] {
    /// Appends an integer, its most significant byte first.
    mutating func append(bigEndian value: some FixedWidthInteger) {
        for shift in stride(from: value.bitWidth - 8, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    /// Appends an integer, its least significant byte first.
    mutating func append(littleEndian value: some FixedWidthInteger) {
        for shift in stride(from: 0, to: value.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: value >> shift))
        }
    }

    /// The integer whose `byteCount` bytes begin at `offset`, the most significant first; nil beyond the end.
    func bigEndian(at offset: Int, byteCount: Int) -> Int? {
        guard offset >= 0, offset <= count - byteCount else { return nil }
        return self[offset..<offset + byteCount].reduce(0) { $0 << 8 | Int($1) }
    }

    /// The integer whose `byteCount` bytes begin at `offset`, the least significant first; nil beyond the end.
    func littleEndian(at offset: Int, byteCount: Int) -> Int? {
        guard offset >= 0, offset <= count - byteCount else { return nil }
        return self[offset..<offset + byteCount].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// Whether the bytes from `offset` on begin with `tag`; false beyond the end.
    func has(_ tag: String, at offset: Int) -> Bool {
        offset >= 0 && offset <= count && self[offset...].starts(with: tag.utf8)
    }
}
