/// The names in a ZIP archive (PKWARE APPNOTE 6.3.10, sections 4.3.12 and 4.3.16).
enum ZIPDirectory {
    /// An end record with the longest comment.
    private static let longestEnd = 22 + 65_535

    /// The names that the central directory at the archive's end lists; none where it cannot be found.
    static func names(in bytes: ArraySlice<UInt8>) -> Set<String> {
        guard bytes.count >= 22 else { return [] }
        let earliest = max(bytes.startIndex, bytes.endIndex - longestEnd)
        let end = stride(from: bytes.endIndex - 22, through: earliest, by: -1).first { start in
            bytes[start...].has("PK\u{5}\u{6}", at: 0)
        }
        guard let end else { return [] }
        var names: Set<String> = []
        var offset = bytes.startIndex + integer(at: end + 16, byteCount: 4, in: bytes)
        while offset + 46 <= end, bytes[offset...].has("PK\u{1}\u{2}", at: 0) {
            let nameEnd = offset + 46 + integer(at: offset + 28, byteCount: 2, in: bytes)
            guard nameEnd <= end else { break }
            names.insert(String(decoding: bytes[offset + 46..<nameEnd], as: UTF8.self))
            // An extra field and a comment follow the name.
            let extraCount = integer(at: offset + 30, byteCount: 2, in: bytes)
            offset = nameEnd + extraCount + integer(at: offset + 32, byteCount: 2, in: bytes)
        }
        return names
    }

    /// A little-endian number; the bytes are there.
    private static func integer(at offset: Int, byteCount: Int, in bytes: ArraySlice<UInt8>) -> Int {
        bytes[offset..<offset + byteCount].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}
