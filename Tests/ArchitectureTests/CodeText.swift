/// A Swift file's text with comments blanked out, and, in `bare`, string literals too.
///
/// Blanks keep the line structure, so that line numbers stay true. Code inside an interpolation counts
/// as part of its string. A regex literal with a quotation mark in it is misread up to the end of its line.
struct CodeText {
    /// The lines without comments.
    let lines: [Substring]

    /// The lines without comments and without what is in string literals.
    let bareLines: [Substring]

    init(_ text: String) {
        var scanner = Scanner(text)
        scanner.scan()
        lines = scanner.code.split(separator: "\n", omittingEmptySubsequences: false)
        bareLines = scanner.bare.split(separator: "\n", omittingEmptySubsequences: false)
    }
}

extension CodeText {
    /// Walks over UTF-8 bytes: every character that matters here is ASCII.
    private struct Scanner {
        private enum Kind { case code, string, comment }

        private static let newline = UInt8(ascii: "\n")
        private static let quote = UInt8(ascii: "\"")
        private static let pound = UInt8(ascii: "#")

        private let bytes: [UInt8]
        private var position = 0
        private var codeBytes: [UInt8] = []
        private var bareBytes: [UInt8] = []

        var code: String { String(decoding: codeBytes, as: UTF8.self) }
        var bare: String { String(decoding: bareBytes, as: UTF8.self) }

        init(_ text: String) {
            bytes = text.utf8.filter { $0 != UInt8(ascii: "\r") }
        }

        mutating func scan() {
            while position < bytes.count {
                if sees("//") {
                    lineComment()
                } else if sees("/*") {
                    blockComment()
                } else if let pounds = stringStart() {
                    string(pounds: pounds)
                } else {
                    take(.code)
                }
            }
        }

        private mutating func lineComment() {
            while position < bytes.count, bytes[position] != Self.newline { take(.comment) }
        }

        private mutating func blockComment() {
            var depth = 0
            repeat {
                if sees("/*") {
                    depth += 1
                    take(.comment, count: 2)
                } else if sees("*/") {
                    depth -= 1
                    take(.comment, count: 2)
                } else {
                    take(.comment)
                }
            } while depth > 0 && position < bytes.count
        }

        /// The number of `#` in front of a string literal that starts here; nil when none starts.
        private func stringStart() -> Int? {
            guard bytes[position] == Self.quote || bytes[position] == Self.pound else { return nil }
            let end = bytes[position...].firstIndex { $0 != Self.pound } ?? bytes.count
            return end < bytes.count && bytes[end] == Self.quote ? end - position : nil
        }

        private mutating func string(pounds count: Int) {
            let pounds = String(repeating: "#", count: count)
            take(.string, count: count)
            let quotes = sees("\"\"\"") ? "\"\"\"" : "\""
            take(.string, count: quotes.utf8.count)
            while position < bytes.count, !sees(quotes + pounds) {
                if quotes == "\"", bytes[position] == Self.newline { return }
                if sees("\\" + pounds + "(") {
                    take(.string, count: 2 + count)
                    interpolation()
                } else if sees("\\" + pounds) {
                    take(.string, count: 2 + count)
                } else {
                    take(.string)
                }
            }
            take(.string, count: quotes.utf8.count + count)
        }

        /// The rest of an interpolation, from behind its opening parenthesis to its closing one.
        private mutating func interpolation() {
            var depth = 1
            while depth > 0, position < bytes.count {
                if let pounds = stringStart() {
                    string(pounds: pounds)
                    continue
                }
                if sees("(") { depth += 1 }
                if sees(")") { depth -= 1 }
                take(.string)
            }
        }

        private func sees(_ text: String) -> Bool {
            bytes[position] == text.utf8.first && bytes[position...].starts(with: text.utf8)
        }

        private mutating func take(_ kind: Kind, count: Int = 1) {
            for byte in bytes[position...].prefix(count) {
                let blank = byte == Self.newline ? byte : UInt8(ascii: " ")
                codeBytes.append(kind == .comment ? blank : byte)
                bareBytes.append(kind == .code ? byte : blank)
            }
            position = min(position + count, bytes.count)
        }
    }
}
