/// A header field of the form `value; name=value; name="value"` (RFC 9110, section 5.6.6).
package struct HeaderParameters: Sendable, Hashable {
    /// What stands before the first semicolon, in lower case without blanks around it.
    package let value: String
    /// Names in lower case, in order; values without their quotes.
    private let parameters: [Parameter]

    private struct Parameter: Sendable, Hashable {
        var name: String
        var value: String
    }

    /// Nil for a parameter without a name or `=`, and for a quote that is not closed.
    package init?(_ field: String) {
        var scanner = Scanner(rest: field.utf8[...])
        value = scanner.take { $0 != UInt8(ascii: ";") }.trimmed.lowercased()
        var parameters: [Parameter] = []
        while scanner.skip(UInt8(ascii: ";")) {
            let name = scanner.take { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") }.trimmed.lowercased()
            // A semicolon at the end, or two of them, say nothing.
            if name.isEmpty, scanner.rest.first != UInt8(ascii: "=") { continue }
            guard !name.isEmpty, scanner.skip(UInt8(ascii: "=")), let value = scanner.parameterValue() else {
                return nil
            }
            parameters.append(Parameter(name: name, value: value))
        }
        guard scanner.rest.isEmpty else { return nil }
        self.parameters = parameters
    }

    /// The first value under a name in lower case.
    package subscript(name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }
}

extension HeaderParameters {
    private struct Scanner {
        var rest: Substring.UTF8View

        mutating func take(while belongs: (UInt8) -> Bool) -> Substring.UTF8View {
            let taken = rest.prefix(while: belongs)
            rest = rest[taken.endIndex...]
            return taken
        }

        mutating func skip(_ byte: UInt8) -> Bool {
            guard rest.first == byte else { return false }
            rest.removeFirst()
            return true
        }

        mutating func parameterValue() -> String? {
            _ = take(while: \.isBlank)
            guard rest.first == UInt8(ascii: "\"") else {
                return take { $0 != UInt8(ascii: ";") }.trimmed
            }
            guard let value = quotedString() else { return nil }
            _ = take(while: \.isBlank)
            return value
        }

        /// Of pairs only `\"` and `\\` are undone: browsers sent the backslashes of Windows paths as they are.
        private mutating func quotedString() -> String? {
            rest.removeFirst()
            var bytes: [UInt8] = []
            while let byte = rest.popFirst() {
                if byte == UInt8(ascii: "\"") { return String(decoding: bytes, as: UTF8.self) }
                if byte == UInt8(ascii: "\\"), let next = rest.first,
                    next == UInt8(ascii: "\"") || next == UInt8(ascii: "\\")
                {
                    bytes.append(next)
                    rest.removeFirst()
                } else {
                    bytes.append(byte)
                }
            }
            return nil
        }
    }
}

extension Substring.UTF8View {
    /// The text without spaces and tabs around it.
    fileprivate var trimmed: String {
        let start = drop(while: \.isBlank)
        let end = start.lastIndex { !$0.isBlank }.map(start.index(after:)) ?? start.startIndex
        return String(Substring(start[..<end]))
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
}
