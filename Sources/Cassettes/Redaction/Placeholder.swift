/// What stands where a secret was: `redacted-` and a few letters that tell secrets apart, exactly as long as the
/// secret.
///
/// ```
/// sk-or-v1-0123…   redacted-kbdfmhqr-xxxxxxxxxxxxx
/// hunter2          redacte
/// ```
/// The same length keeps chunk boundaries, content-length and offsets true; only letters and hyphens keep JSON, URLs
/// and header fields valid. The letters carry 32 bits of a hash and no more: XXH3 can be run backwards, so that what it
/// says about a secret must be far less than the secret. Below 17 bytes there are fewer letters, below 10 none.
enum Placeholder {
    private static let prefix = Array("redacted-".utf8)
    /// No vowels, so that no words appear, and no `x`, which fills.
    private static let letters = Array("bcdfghjkmnpqrstv".utf8)
    private static let letterCount = 8
    private static let hyphen = UInt8(ascii: "-")
    static let fill = UInt8(ascii: "x")

    static func bytes(for secret: [UInt8]) -> [UInt8] {
        bytes(for: secret, count: secret.count)
    }

    /// As long as the spelling of the secret that it replaces.
    static func bytes(for secret: [UInt8], count: Int) -> [UInt8] {
        var hash = HashStream(domain: "placeholder").adding(secret).low
        var bytes = prefix
        for _ in 0..<letterCount {
            bytes.append(letters[Int(hash & 15)])
            hash >>= 4
        }
        bytes.append(hyphen)
        if bytes.count < count {
            bytes.append(contentsOf: repeatElement(fill, count: count - bytes.count))
        }
        return Array(bytes.prefix(count))
    }

    /// Whether the bytes are a whole placeholder, of whatever secret.
    static func matches(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        for (offset, index) in range.enumerated() where !isPlausible(bytes[index], at: offset) {
            return false
        }
        return true
    }

    /// Where placeholders stand, from nine bytes up.
    ///
    /// Text that happens to go on with an `x` is counted in.
    static func ranges(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = 0
        while let found = bytes.firstRange(of: prefix, from: index) {
            var end = found.upperBound
            while end < bytes.count, isPlausible(bytes[end], at: end - found.lowerBound) {
                end += 1
            }
            ranges.append(found.lowerBound..<end)
            index = end
        }
        return ranges
    }

    /// Whether a placeholder of nine bytes or more starts here.
    static func starts(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        bytes.holds(prefix, at: start)
    }

    private static func isPlausible(_ byte: UInt8, at offset: Int) -> Bool {
        if offset < prefix.count { return byte == prefix[offset] }
        if offset < prefix.count + letterCount { return letters.contains(byte) }
        return byte == (offset == prefix.count + letterCount ? hyphen : fill)
    }
}

extension HashStream {
    consuming fileprivate func adding(_ bytes: [UInt8]) -> Hash128 {
        add(bytes)
        return finish()
    }
}
