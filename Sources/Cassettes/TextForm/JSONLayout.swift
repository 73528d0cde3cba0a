internal import OpenRouterAPI

/// The two ways in which clients and servers lay JSON out on one line; from both, the form for people leads back to
/// the byte.
enum JSONLayout: String, CaseIterable {
    /// Without blanks.
    case compact = "json"
    /// A blank after each comma and colon, as Python's `json.dumps` writes it.
    case spaced = "json_spaced"

    /// The layout of a JSON object or array, or nil for another layout and for what is no JSON.
    init?(of bytes: [UInt8]) {
        guard let first = bytes.first, first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
            (try? JSONDocument(parsing: bytes)) != nil,
            let layout = Self.allCases.first(where: { $0.applied(to: bytes) == bytes })
        else { return nil }
        self = layout
    }

    /// The JSON text laid out anew; strings and numbers keep their spelling.
    func applied(to bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        JSONTokens.each(of: bytes) { token in
            output.append(contentsOf: token)
            guard self == .spaced, token.count == 1, let byte = token.first else { return }
            if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") { output.append(UInt8(ascii: " ")) }
        }
        return output
    }

    /// One member or element a line, two blanks for each level, a line feed at the end.
    static func pretty(_ bytes: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var level = 0
        var previous: UInt8 = 0
        func startLine() {
            output.append(UInt8(ascii: "\n"))
            output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level * 2))
        }
        JSONTokens.each(of: bytes) { token in
            let byte = token.first ?? 0
            let isClosing = byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
            let wasOpening = previous == UInt8(ascii: "{") || previous == UInt8(ascii: "[")
            if isClosing { level -= 1 }
            if isClosing != wasOpening || previous == UInt8(ascii: ",") { startLine() }
            output.append(contentsOf: token)
            if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") { level += 1 }
            if byte == UInt8(ascii: ":") { output.append(UInt8(ascii: " ")) }
            previous = byte
        }
        output.append(UInt8(ascii: "\n"))
        return output
    }
}

/// The tokens of a JSON text that is known to be one.
private enum JSONTokens {
    static func each(of bytes: [UInt8], _ body: (ArraySlice<UInt8>) -> Void) {
        var index = 0
        while index < bytes.count {
            let start = index
            switch bytes[index] {
            case 0x20, 0x09, 0x0A, 0x0D:
                index += 1
                continue
            case UInt8(ascii: "\""):
                index += 1
                while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                    index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
                }
                index = min(index + 1, bytes.count)
            case let byte where "{}[],:".utf8.contains(byte):
                index += 1
            default:
                while index < bytes.count, !"{}[],: \t\r\n\"".utf8.contains(bytes[index]) { index += 1 }
            }
            body(bytes[start..<index])
        }
    }
}
