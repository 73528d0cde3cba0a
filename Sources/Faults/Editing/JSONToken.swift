/// A token of a JSON document (RFC 8259 §2), where it lies in its bytes.
///
/// Faults change documents at places where they know what stands there; they never read one.
package struct JSONToken: Sendable {
    package enum Kind: Sendable {
        case objectStart, arrayStart, end, colon, comma, string, scalar
    }

    package let kind: Kind
    package let range: Range<Int>
    /// Objects and arrays around the token; 0 for the brackets of the document itself.
    package let depth: Int

    /// The tokens of an object or array; nil when the bytes are none.
    ///
    /// Brackets must match and strings must end. The order of the tokens is not checked.
    package static func scan(_ bytes: [UInt8]) -> [JSONToken]? {
        var scanner = JSONTokenScanner(bytes)
        return scanner.scan()
    }
}

private struct JSONTokenScanner {
    private let bytes: [UInt8]
    private var position = 0
    private var closers: [UInt8] = []
    private var tokens: [JSONToken] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func scan() -> [JSONToken]? {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
                position += 1
                continue
            }
            // A second document, or one that is a scalar.
            if closers.isEmpty, !tokens.isEmpty || (byte != UInt8(ascii: "{") && byte != UInt8(ascii: "[")) {
                return nil
            }
            guard scanToken(byte) else { return nil }
        }
        return closers.isEmpty && !tokens.isEmpty ? tokens : nil
    }

    private mutating func scanToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "{"):
            append(.objectStart, to: position + 1)
            closers.append(UInt8(ascii: "}"))
        case UInt8(ascii: "["):
            append(.arrayStart, to: position + 1)
            closers.append(UInt8(ascii: "]"))
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            guard closers.popLast() == byte else { return false }
            append(.end, to: position + 1)
        case UInt8(ascii: ":"): append(.colon, to: position + 1)
        case UInt8(ascii: ","): append(.comma, to: position + 1)
        case UInt8(ascii: "\""):
            guard let end = stringEnd else { return false }
            append(.string, to: end)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "t"), UInt8(ascii: "f"),
            UInt8(ascii: "n"):
            append(.scalar, to: bytes[position...].firstIndex(where: \.endsScalar) ?? bytes.count)
        default: return false
        }
        return true
    }

    /// The offset after the closing quote.
    private var stringEnd: Int? {
        var end = position + 1
        while end < bytes.count {
            switch bytes[end] {
            case UInt8(ascii: "\""): return end + 1
            case UInt8(ascii: "\\"): end += 2
            case 0..<0x20: return nil
            default: end += 1
            }
        }
        return nil
    }

    private mutating func append(_ kind: JSONToken.Kind, to end: Int) {
        tokens.append(JSONToken(kind: kind, range: position..<end, depth: closers.count))
        position = end
    }
}

extension UInt8 {
    fileprivate var endsScalar: Bool {
        switch self {
        case UInt8(ascii: ","), UInt8(ascii: ":"), UInt8(ascii: "]"), UInt8(ascii: "}"), 0...0x20: true
        default: false
        }
    }
}
