internal import OpenRouterAPI

/// What kind of text a file is, told by its structure.
///
/// OpenRouter names the kinds (reference: inference §6.7) and not what tells them apart; these rules are ours.
enum TextFileType {
    /// - Returns: nil for what is no text: other bytes than UTF-8, or control characters.
    static func mediaType(of bytes: ArraySlice<UInt8>) -> String? {
        let bytes = bytes.has([0xEF, 0xBB, 0xBF], at: 0) ? bytes.dropFirst(3) : bytes
        guard !bytes.contains(where: isControl), let text = String(validating: bytes, as: UTF8.self) else { return nil }
        if isContainer(bytes) { return "application/json" }
        let lines = text.split(whereSeparator: \.isNewline)
        if lines.count > 1 {
            if lines.allSatisfy({ isContainer(Array($0.utf8)[...]) }) { return "application/x-ndjson" }
            if isTable(lines) { return "text/csv" }
        }
        return lines.contains(where: isMarkdown) ? "text/markdown" : "text/plain"
    }

    /// Those that text has no use for; tab, line feed, form feed and carriage return it has.
    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D].contains(byte)
    }

    /// Whether the bytes are a JSON object or array; a lone number or word is text.
    private static func isContainer(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return false }
        return (try? JSONDocument(parsing: bytes)) != nil
    }

    /// Whether all lines have the same number of commas, at least one, outside of quotes (RFC 4180, section 2).
    private static func isTable(_ lines: [Substring]) -> Bool {
        let counts = Set(lines.map(commaCount))
        return counts.count == 1 && counts != [0]
    }

    private static func commaCount(_ line: Substring) -> Int {
        var isQuoted = false
        return line.utf8.reduce(into: 0) { count, byte in
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == UInt8(ascii: ","), !isQuoted { count += 1 }
        }
    }

    /// Whether a line is a heading, opens a block of code, or has a link.
    private static func isMarkdown(_ line: Substring) -> Bool {
        let level = line.prefix { $0 == "#" }.count
        return (1...6).contains(level) && line.dropFirst(level).hasPrefix(" ")
            || line.hasPrefix("```") || line.contains("](")
    }
}
