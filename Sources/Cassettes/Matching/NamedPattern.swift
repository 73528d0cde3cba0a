/// The built-in patterns of text that varies from run to run.
///
/// None matches inside a longer word or number.
package enum NamedPattern: String, Sendable, CaseIterable {
    /// Dates and times: RFC 3339 and its like with a blank, with and without the time (`2026-11-29T06:15:28Z`), HTTP's
    /// (RFC 9110 §5.6.7), and seconds, milli-, micro- or nanoseconds since 1970 from 2001 to 2033.
    case timestamps
    /// RFC 9562: 8-4-4-4-12 hex digits.
    case uuids
    /// What providers call tool calls: `call_…`, `fc_…`, `toolu_…`, `tooluse_…`, `chatcmpl-tool-…` with eight or more
    /// letters and digits (observed in recorded answers of OpenAI, Anthropic, Bedrock and vLLM).
    case toolCallIDs = "tool-call-ids"

    /// In order and apart from each other.
    func ranges(in bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var index = 0
        while index < bytes.count {
            guard Self.isWord(bytes[index]) else {
                index += 1
                continue
            }
            if let end = end(in: bytes, from: index), end == bytes.count || !Self.isWord(bytes[end]) {
                ranges.append(index..<end)
                index = end
            }
            // To the next place where something can begin.
            while index < bytes.count, Self.isWord(bytes[index]) { index += 1 }
        }
        return ranges
    }

    private func end(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
        var scanner = PatternScanner(bytes: bytes, index: start)
        let isMatch =
            switch self {
            case .timestamps: scanner.skipTime()
            case .uuids: scanner.skipUUID()
            case .toolCallIDs: scanner.skipToolCallID()
            }
        return isMatch ? scanner.index : nil
    }

    fileprivate static func isWord(_ byte: UInt8) -> Bool {
        PatternScanner.isLetter(byte) || PatternScanner.isDigit(byte) || byte == UInt8(ascii: "_")
    }
}

/// Steps over bytes as long as they are what is expected.
private struct PatternScanner {
    let bytes: UnsafeBufferPointer<UInt8>
    var index: Int

    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }

    /// How many bytes of a kind stand here, which are stepped over.
    private mutating func skip(while isExpected: (UInt8) -> Bool) -> Int {
        let start = index
        while index < bytes.count, isExpected(bytes[index]) { index += 1 }
        return index - start
    }

    private mutating func skip(_ text: StaticString) -> Bool {
        let isThere = text.withUTF8Buffer { text in
            index + text.count <= bytes.count && bytes[index..<index + text.count].elementsEqual(text)
        }
        if isThere { index += text.utf8CodeUnitCount }
        return isThere
    }

    private mutating func skipDigits(_ count: Int) -> Bool {
        skip(while: Self.isDigit) == count
    }

    /// Takes back what was stepped over where it does not end well.
    private mutating func attempt(_ steps: (inout PatternScanner) -> Bool) -> Bool {
        var ahead = self
        guard steps(&ahead) else { return false }
        self = ahead
        return true
    }

    mutating func skipUUID() -> Bool {
        for (position, count) in [8, 4, 4, 4, 12].enumerated() {
            if position > 0, !skip("-") { return false }
            guard skip(while: Self.isHex) == count else { return false }
        }
        return true
    }

    mutating func skipToolCallID() -> Bool {
        guard skip("call_") || skip("fc_") || skip("toolu_") || skip("tooluse_") || skip("chatcmpl-tool-") else {
            return false
        }
        return skip { Self.isLetter($0) || Self.isDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") } >= 8
    }

    mutating func skipTime() -> Bool {
        attempt { $0.skipUnixTime() } || attempt { $0.skipDateAndTime() } || attempt { $0.skipHTTPDate() }
    }

    private mutating func skipUnixTime() -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: "1") else { return false }
        guard [10, 13, 16, 19].contains(skip(while: Self.isDigit)) else { return false }
        skipFraction()
        return true
    }

    private mutating func skipFraction() {
        _ = attempt { $0.skip(".") && $0.skip(while: Self.isDigit) > 0 }
    }

    private mutating func skipDateAndTime() -> Bool {
        guard skipDigits(4), skip("-"), skipDigits(2), skip("-"), skipDigits(2) else { return false }
        _ = attempt { scanner in
            guard scanner.skip("T") || scanner.skip("t") || scanner.skip(" ") else { return false }
            return scanner.skipClock() && scanner.skipZone()
        }
        return true
    }

    private mutating func skipClock() -> Bool {
        guard skipDigits(2), skip(":"), skipDigits(2) else { return false }
        if attempt({ $0.skip(":") && $0.skipDigits(2) }) { skipFraction() }
        return true
    }

    private mutating func skipZone() -> Bool {
        if skip("Z") || skip("z") { return true }
        _ = attempt { scanner in
            guard scanner.skip("+") || scanner.skip("-") else { return false }
            return scanner.skipDigits(2) && scanner.skip(":") && scanner.skipDigits(2)
        }
        return true
    }

    /// Such as `Sun, 06 Nov 1994 08:49:37 GMT`.
    private mutating func skipHTTPDate() -> Bool {
        skip(while: Self.isLetter) == 3 && skip(", ") && skipDigits(2) && skip(" ")
            && skip(while: Self.isLetter) == 3 && skip(" ") && skipDigits(4) && skip(" ") && skipClock() && skip(" GMT")
    }
}
