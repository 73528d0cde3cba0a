/// A secret that is assigned to a telling name without quotes: `export API_KEY=…`, `password: …`, `AccountKey=…;`.
///
/// In prose, environment files, YAML, connection strings and command lines. Names alone say less there than in JSON,
/// so the value must also look like a secret, but for the query of a URL.
enum AssignedSecret {
    private static let longestName = 64
    private static let minimumCount = 8
    /// Bounds the work where names follow each other without end; Azure's longest keys have 88 characters.
    private static let maximumCount = 1024
    private static let value = ByteSet(ByteSet.digits + ByteSet.upper + ByteSet.lower + "_-.~+/=!@#$^*%:")

    /// The value's range if the name ends at `last`, a letter before `=`, `:` or a blank; or nil.
    static func range(in bytes: UnsafeBufferPointer<UInt8>, nameEndingAt last: Int) -> Range<Int>? {
        var index = last + 1
        while index < bytes.count, bytes[index] == UInt8(ascii: " ") {
            index += 1
        }
        guard index < bytes.count, bytes[index] == UInt8(ascii: "=") || bytes[index] == UInt8(ascii: ":") else {
            return nil
        }
        index += 1
        while index < bytes.count, bytes[index] == UInt8(ascii: " ") {
            index += 1
        }
        // A quote of whatever kind, escaped or not.
        while index < bytes.count, bytes[index] == UInt8(ascii: "\\") {
            index += 1
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") { index += 1 }
        var start = last + 1
        while start > 0, last + 1 - start < longestName, ByteSet.memberName.contains(bytes[start - 1]) {
            start -= 1
        }
        let name = bytes[start..<last + 1]
        guard let verdict = SecretName.verdict(on: name) else { return nil }
        let end = valueEnd(in: bytes, from: index)
        let range = index..<end
        guard range.count >= minimumCount else { return nil }
        if Placeholder.matches(bytes, range) { return range }
        let mixture = ByteMixture(bytes, range)
        if mixture.isTokenLike { return range }
        guard verdict == .secret else { return nil }
        // In the query of a URL a name leaves no doubt, but guides write YOUR_KEY there.
        let isQuery = start > 0 && "?&".utf8.contains(bytes[start - 1])
        if isQuery, bytes[range].contains(where: { $0 >= 0x61 }) { return range }
        let isConstant = !name.contains { $0 >= 0x61 && $0 != UInt8(ascii: "_") }
        return (isConstant || range.count >= 16) && mixture.hasLettersAndDigits ? range : nil
    }

    private static func valueEnd(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var end = start
        let limit = min(bytes.count, start + maximumCount)
        while end < limit, value.contains(bytes[end]) {
            end += 1
        }
        // Where a sentence or a clause ends.
        while end > start, ".:!".utf8.contains(bytes[end - 1]) {
            end -= 1
        }
        return end
    }
}
