/// The string value of a JSON member whose name says that it is a secret, also in JSON inside a string.
///
/// ```
/// {"api_key":"…"}                            no backslash before the quotes
/// {"arguments":"{\"api_key\":\"…\"}"}        one
/// ```
enum NamedSecret {
    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")
    private static let longestName = 64
    private static let minimumCount = 6

    /// The value's range if the quote at `afterName` closes a telling name, or nil.
    static func range(in bytes: UnsafeBufferPointer<UInt8>, afterName nameQuote: Int) -> Range<Int>? {
        let depth = backslashes(before: nameQuote, in: bytes)
        let nameEnd = nameQuote - depth
        var nameStart = nameEnd
        while nameStart > 0, nameEnd - nameStart < longestName, ByteSet.memberName.contains(bytes[nameStart - 1]) {
            nameStart -= 1
        }
        guard nameStart < nameEnd, nameStart > 0, bytes[nameStart - 1] == quote,
            let verdict = SecretName.verdict(on: bytes[nameStart..<nameEnd]),
            let valueStart = valueStart(in: bytes, after: nameQuote + 1, depth: depth)
        else { return nil }
        return secret(in: bytes, from: valueStart, to: valueEnd(in: bytes, from: valueStart, depth: depth), verdict)
    }

    private static func secret(
        in bytes: UnsafeBufferPointer<UInt8>,
        from start: Int,
        to end: Int,
        _ verdict: SecretName.Verdict
    ) -> Range<Int>? {
        var start = start
        for scheme in ["Bearer ", "Basic ", "bearer ", "basic "] where bytes.holds(Array(scheme.utf8), at: start) {
            start = min(end, start + scheme.utf8.count)
        }
        let range = start..<end
        // Secrets have no blanks; what has them describes one.
        guard range.count >= minimumCount, !bytes[range].contains(UInt8(ascii: " ")) else { return nil }
        if Placeholder.matches(bytes, range) { return range }
        return verdict == .secret || ByteMixture(bytes, range).isTokenLike ? range : nil
    }

    private static func valueStart(in bytes: UnsafeBufferPointer<UInt8>, after index: Int, depth: Int) -> Int? {
        var index = skippingBlanks(in: bytes, from: index)
        guard index < bytes.count, bytes[index] == UInt8(ascii: ":") else { return nil }
        index = skippingBlanks(in: bytes, from: index + 1)
        for _ in 0..<depth {
            guard index < bytes.count, bytes[index] == backslash else { return nil }
            index += 1
        }
        return index < bytes.count && bytes[index] == quote ? index + 1 : nil
    }

    /// Up to the closing quote, or to the end of what was cut off.
    private static func valueEnd(in bytes: UnsafeBufferPointer<UInt8>, from start: Int, depth: Int) -> Int {
        var index = start
        while index < bytes.count {
            if bytes[index] == quote {
                let escapes = min(backslashes(before: index, in: bytes), index - start)
                // An even number of backslashes are characters: the quote ends the outermost string.
                if escapes % 2 == 0 { return depth == 0 ? index : index - escapes }
                if escapes <= depth { return index - escapes }
            }
            index += 1
        }
        return index
    }

    private static func backslashes(before index: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        while index - count > 0, bytes[index - count - 1] == backslash {
            count += 1
        }
        return count
    }

    private static func skippingBlanks(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = start
        while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) {
            index += 1
        }
        return index
    }
}
