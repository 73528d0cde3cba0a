/// A path to one value in a document (RFC 6901), such as `/messages/0/content`.
package struct JSONPointer: Sendable, Hashable, CustomStringConvertible {
    /// The member names and element numbers from the root on, without escapes; none for the whole document.
    package var components: [String]

    /// Makes a pointer from names and numbers as they are; the default is the whole document.
    package init(components: [String] = []) {
        self.components = components
    }

    /// Parses the text form.
    ///
    /// - Throws: ``JSONPointerError`` if the text is not empty and has no leading `/`, or if a `~` is not followed by
    ///   `0` or `1`.
    package init(_ text: some StringProtocol) throws(JSONPointerError) {
        guard !text.isEmpty else {
            self.init()
            return
        }
        // By Unicode scalars, since a combining mark after a slash would hide it in a character.
        let scalars = text.unicodeScalars
        guard scalars.first == "/" else {
            throw JSONPointerError(text: String(text), problem: .missingLeadingSlash)
        }
        var components: [String] = []
        for token in scalars.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let component = Self.unescape(token) else {
                let component = String(String.UnicodeScalarView(token))
                throw JSONPointerError(text: String(text), problem: .incompleteEscape(component: component))
            }
            components.append(component)
        }
        self.init(components: components)
    }

    /// The text form: `~` as `~0` and `/` as `~1`.
    ///
    /// Empty for the whole document.
    package var description: String {
        var text = ""
        for component in components {
            text += "/"
            for scalar in component.unicodeScalars {
                switch scalar {
                case "~": text += "~0"
                case "/": text += "~1"
                default: text.unicodeScalars.append(scalar)
                }
            }
        }
        return text
    }

    private static func unescape(_ token: some Sequence<Unicode.Scalar>) -> String? {
        var text = String.UnicodeScalarView()
        var scalars = token.makeIterator()
        while let scalar = scalars.next() {
            guard scalar == "~" else {
                text.append(scalar)
                continue
            }
            switch scalars.next() {
            case "0": text.append("~")
            case "1": text.append("/")
            default: return nil
            }
        }
        return String(text)
    }
}

extension JSONPointer {
    package mutating func append(_ name: String) {
        components.append(name)
    }

    package mutating func append(_ position: Int) {
        components.append(String(position))
    }

    package func appending(_ name: String) -> JSONPointer {
        JSONPointer(components: components + [name])
    }

    package func appending(_ position: Int) -> JSONPointer {
        appending(String(position))
    }
}

extension JSONValue {
    /// The value at a pointer from here, or nil if there is none.
    ///
    /// RFC 6901, section 4: an element's number has no leading zeros, and `-` is the element after the last, which
    /// never exists.
    package func at(_ pointer: JSONPointer) -> JSONValue? {
        var value = self
        for component in pointer.components {
            let child: JSONValue? =
                switch value.kind {
                case .object: value[component]
                case .array: Self.position(component).flatMap { value[$0] }
                default: nil
                }
            guard let child else { return nil }
            value = child
        }
        return value
    }

    private static func position(_ component: String) -> Int? {
        let digits = component.utf8
        guard digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            digits.count == 1 || digits.first != UInt8(ascii: "0")
        else { return nil }
        return Int(component)
    }
}
