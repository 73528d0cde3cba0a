internal import OpenRouterAPI

/// What a client wrote to its standard output, read as PRODUCT.md, section 6, wants it.
struct ClientOutput: Sendable {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether it is the whole answer: the text and a line feed (nothing for an empty text), then a line for each call.
    func tells(_ expected: ExpectedAnswer) -> Bool {
        guard let rest = afterText(of: expected) else { return false }
        let lines = Self.lines(rest)
        return lines.count == expected.toolCalls.count
            && zip(lines, expected.toolCalls).allSatisfy { Self.line($0, tells: $1) }
    }

    /// Whether it is a part of the answer, from its beginning, as a client shows it before an error.
    func isBeginning(of expected: ExpectedAnswer) -> Bool {
        if let rest = afterText(of: expected) {
            // Calls that are complete may have been printed.
            let lines = Self.lines(rest)
            if lines.count <= expected.toolCalls.count,
                zip(lines, expected.toolCalls).allSatisfy({ Self.line($0, tells: $1) })
            {
                return true
            }
        }
        let text = Array(expected.text.utf8)
        if text.starts(with: bytes) { return true }
        var shown = bytes[...]
        if shown.last == 0x0A { shown.removeLast() }
        if text.starts(with: shown) { return true }
        // A character that was cut may be shown as U+FFFD.
        while shown.suffix(3) == [0xEF, 0xBF, 0xBD] {
            shown.removeLast(3)
            if text.starts(with: shown) { return true }
        }
        return false
    }

    /// What follows text and line feed; nil for another text.
    private func afterText(of expected: ExpectedAnswer) -> ArraySlice<UInt8>? {
        let text = Array(expected.text.utf8)
        guard bytes.starts(with: text) else { return nil }
        var rest = bytes[text.count...]
        if rest.first == 0x0A {
            rest.removeFirst()
        } else if !rest.isEmpty, !text.isEmpty {
            return nil
        }
        return rest
    }

    private static func lines(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func line(_ line: ArraySlice<UInt8>, tells call: ExpectedAnswer.ToolCall) -> Bool {
        let prefix = Array("TOOL \(call.name) ".utf8)
        guard line.starts(with: prefix) else { return false }
        let arguments = Array(line.dropFirst(prefix.count))
        guard let shown = try? JSONDocument(parsing: arguments),
            let sent = try? JSONDocument(parsing: Array(call.arguments.utf8))
        else { return arguments == Array(call.arguments.utf8) }
        return shown.root.isCanonicallyEqual(to: sent.root)
    }
}
