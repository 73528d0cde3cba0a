internal import OpenRouterAPI

/// Writes scalars that this target and every other reader of YAML read back to the byte.
///
/// But for a byte order mark at the start of a text, which Yams drops.
package enum YAMLText {
    /// A text on one line: plain where nothing can be mistaken, else in single quotes, else in double quotes.
    package static func inline(_ text: String) -> String {
        isPlain(text) ? text : quoted(text)
    }

    /// A text on one line in quotes: single ones, in which JSON needs no escapes, or else double ones.
    package static func quoted(_ text: String) -> String {
        guard text.unicodeScalars.allSatisfy({ isPrintable($0) }) else { return "\"" + escaped(text) + "\"" }
        var quoted = "'"
        for scalar in text.unicodeScalars {
            quoted.unicodeScalars.append(scalar)
            if scalar == "'" { quoted.unicodeScalars.append(scalar) }
        }
        return quoted + "'"
    }

    /// A text as the value of a key, over as many lines as it has.
    ///
    /// A literal block where that keeps every byte and no editor spoils it by trimming blanks; else double quotes, a
    /// line for each line of the text.
    ///
    /// - Parameters:
    ///   - text: the text.
    ///   - indentation: of the lines, in spaces, at least 1 and more than the key's.
    /// - Returns: What stands behind `key: `, without a line feed at the end.
    package static func block(_ text: String, indentation: Int) -> String {
        guard text.utf8.contains(UInt8(ascii: "\n")) else { return inline(text) }
        let margin = "\n" + String(repeating: " ", count: indentation)
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard isLiteral(text, lines) else { return foldedQuotes(lines, margin: margin) }
        let feeds = text.utf8.reversed().prefix { $0 == UInt8(ascii: "\n") }.count
        var block = feeds == 0 ? "|-" : feeds == 1 ? "|" : "|+"
        // The last line is what follows the last feed: nothing, unless the text lacks a final one.
        for line in feeds == 0 ? lines[...] : lines.dropLast() {
            block += line.isEmpty ? "\n" : margin + String(decoding: line, as: UTF8.self)
        }
        return block
    }

    private static func isLiteral(_ text: String, _ lines: [Substring.UTF8View.SubSequence]) -> Bool {
        guard let first = text.utf8.first, ![0x09, 0x0A, 0x20].contains(first) else { return false }
        return lines.allSatisfy { $0.last != 0x20 && $0.last != 0x09 }
            && text.unicodeScalars.allSatisfy { isPrintable($0) || $0 == "\n" || $0 == "\t" }
    }

    private static func foldedQuotes(_ lines: [Substring.UTF8View.SubSequence], margin: String) -> String {
        var text = "\""
        for (index, line) in lines.enumerated() {
            let isLast = index == lines.count - 1
            // An escaped line break stands for nothing; blanks at the start of the next line would be lost.
            if index > 0, !(isLast && line.isEmpty) {
                text += "\\" + margin
                if line.first == 0x20 { text += "\\" }
            }
            text += escaped(String(decoding: line, as: UTF8.self))
            if !isLast { text += "\\n" }
        }
        return text + "\""
    }

    /// The contents of double quotes (YAML 1.2.2, section 5.7).
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": escaped += "\\\""
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            case "\t": escaped += "\\t"
            case _ where isPrintable(scalar): escaped.unicodeScalars.append(scalar)
            case _ where scalar.value <= 0xFF: escaped += "\\x" + hex(scalar.value, 2)
            case _ where scalar.value <= 0xFFFF: escaped += "\\u" + hex(scalar.value, 4)
            default: escaped += "\\U" + hex(scalar.value, 8)
            }
        }
        return escaped
    }

    private static func hex(_ value: UInt32, _ width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: width - digits.count) + digits
    }

    /// Whether every reader takes the character as it is.
    ///
    /// Left out are controls, the line breaks that YAML 1.1 knew besides, and the byte order mark.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x1_0000...: true
        default: false
        }
    }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isPlainLetter || first == UInt8(ascii: "/"),
            let last = text.utf8.last, last.isPlainLetter || last == UInt8(ascii: "/"),
            text.utf8.allSatisfy({ $0.isPlainLetter || "/;=.+-*_?&%:@ ".utf8.contains($0) })
        else { return false }
        let bytes = Array(text.utf8)
        let isKey = zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: ":") && $1 == UInt8(ascii: " ") }
        if isKey { return false }
        guard let scalar = try? YAMLScalar.resolvingPlain(text), case .string = scalar.value else { return false }
        return true
    }
}

extension UInt8 {
    fileprivate var isPlainLetter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }
}
