/// Turns a JSON text into nodes in one pass, without recursion.
///
/// RFC 8259, strictly: one value, no leading zeros, no raw control characters in strings, well-formed UTF-8 throughout.
/// Section 9 allows limits: ``maximumDepth`` levels, and 4 GiB since nodes keep 32-bit offsets.
struct JSONParser {
    /// How deep containers may nest.
    ///
    /// Well beyond any request, and small enough for recursive readers of the nodes.
    static let maximumDepth = 512
    static let maximumByteCount = Int(UInt32.max) - 1

    let source: UnsafeBufferPointer<UInt8>
    /// The offset of the next byte to read.
    var position = 0
    var nodes: [JSONNode] = []

    /// The open container.
    ///
    /// Its parent waits in its `next` field, so no stack is needed.
    private var container = Self.noContainer
    private var depth = 0

    private static let noContainer = Int(UInt32.max)

    init(_ source: UnsafeBufferPointer<UInt8>) {
        self.source = source
        // Chat requests need about a node for 12 bytes; documents with long strings far fewer.
        nodes.reserveCapacity(min(source.count / 8 + 4, 4096))
    }

    /// Parses the whole text.
    mutating func parse() throws(JSONSyntaxError) {
        try checkStart()
        var expected = "a value"
        repeat {
            try parseValueOrOpening(expected: &expected)
        } while container != Self.noContainer
        skipWhitespace()
        guard position == source.count else {
            throw unexpected(expected: "end of input")
        }
    }

    /// Reads a scalar and all that closes after it, or opens a container up to its first value.
    private mutating func parseValueOrOpening(expected: inout String) throws(JSONSyntaxError) {
        skipWhitespace()
        guard position < source.count else {
            throw unexpected(expected: expected)
        }
        let byte = source[position]
        switch byte {
        case UInt8(ascii: "\""):
            try scanString()
        case UInt8(ascii: "{"):
            try open(.object)
            skipWhitespace()
            guard position < source.count, source[position] == UInt8(ascii: "}") else {
                return try scanName(expected: "a member name in double quotes or '}'")
            }
            close()
        case UInt8(ascii: "["):
            try open(.array)
            skipWhitespace()
            guard position < source.count, source[position] == UInt8(ascii: "]") else {
                expected = "a value or ']'"
                return
            }
            close()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            try scanNumber()
        case UInt8(ascii: "t"):
            try scanLiteral("true", .bool, flags: .isTrue)
        case UInt8(ascii: "f"):
            try scanLiteral("false", .bool)
        case UInt8(ascii: "n"):
            try scanLiteral("null", .null)
        default:
            throw unexpected(expected: expected)
        }
        expected = "a value"
        try parseAfterValue()
    }

    /// Closes containers after a value until one goes on or the document is complete.
    private mutating func parseAfterValue() throws(JSONSyntaxError) {
        while container != Self.noContainer {
            nodes[container].count += 1
            let isObject = nodes[container].kind == .object
            skipWhitespace()
            let byte = position < source.count ? source[position] : 0
            if byte == UInt8(ascii: ",") {
                position += 1
                if isObject {
                    skipWhitespace()
                    try scanName(expected: "a member name in double quotes")
                }
                return
            }
            guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                throw unexpected(expected: isObject ? "',' or '}'" : "',' or ']'")
            }
            close()
        }
    }

    /// Reads a member name and the colon after it.
    private mutating func scanName(expected: @autoclosure () -> String) throws(JSONSyntaxError) {
        guard position < source.count, source[position] == UInt8(ascii: "\"") else {
            throw unexpected(expected: expected())
        }
        try scanString()
        skipWhitespace()
        guard position < source.count, source[position] == UInt8(ascii: ":") else {
            throw unexpected(expected: "':'")
        }
        position += 1
    }

    private mutating func open(_ kind: JSONKind) throws(JSONSyntaxError) {
        guard depth < Self.maximumDepth else {
            throw failure(
                found: "nesting of more than \(Self.maximumDepth) levels",
                expected: "at most \(Self.maximumDepth) levels"
            )
        }
        depth += 1
        append(kind, from: position, to: position)
        nodes[nodes.count - 1].next = UInt32(truncatingIfNeeded: container)
        container = nodes.count - 1
        position += 1
    }

    private mutating func close() {
        position += 1
        let parent = Int(nodes[container].next)
        nodes[container].end = UInt32(truncatingIfNeeded: position)
        nodes[container].next = UInt32(truncatingIfNeeded: nodes.count)
        container = parent
        depth -= 1
    }

    mutating func append(_ kind: JSONKind, from start: Int, to end: Int, flags: JSONNode.Flags = []) {
        nodes.append(
            JSONNode(
                start: UInt32(truncatingIfNeeded: start),
                end: UInt32(truncatingIfNeeded: end),
                next: UInt32(truncatingIfNeeded: nodes.count + 1),
                count: 0,
                kind: kind,
                flags: flags
            )
        )
    }

    mutating func skipWhitespace() {
        while position < source.count {
            switch source[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): position += 1
            default: return
            }
        }
    }
}
