/// One part of a `multipart/form-data` body (RFC 7578, section 4).
package struct MultipartPart: Sendable, Hashable {
    /// The field's.
    package let name: String

    /// As sent, with whatever path and characters it has; nil for a field that is no file.
    package let filename: String?

    /// In lower case without parameters; nil where the part has none, which means text.
    package let mediaType: String?

    /// A slice of the body.
    package let content: ArraySlice<UInt8>

    package init(name: String, filename: String?, mediaType: String?, content: ArraySlice<UInt8>) {
        self.name = name
        self.filename = filename
        self.mediaType = mediaType
        self.content = content
    }
}

extension MultipartPart {
    /// Reads header lines, an empty line and the content.
    ///
    /// - Throws: ``Problem`` where a part breaks the rules.
    init(reading bytes: ArraySlice<UInt8>, headerLimit: Int) throws(Problem) {
        var rest = bytes
        var disposition: HeaderParameters?
        var mediaType: String?
        while true {
            let line = try Self.nextLine(of: &rest, headerLimit - (rest.startIndex - bytes.startIndex))
            guard !line.isEmpty else { break }
            let (name, value) = try Self.field(line)
            switch name {
            case "content-disposition":
                guard disposition == nil else { throw Problem("has two Content-Disposition fields") }
                guard let parsed = HeaderParameters(value) else {
                    throw Problem("has a malformed Content-Disposition field")
                }
                disposition = parsed
            case "content-type": mediaType = HeaderParameters(value)?.value
            case "content-transfer-encoding":
                // Deprecated, but harmless as long as it changes nothing (RFC 7578, section 4.7).
                guard ["binary", "8bit", "7bit"].contains(HeaderParameters(value)?.value) else {
                    throw Problem("has a Content-Transfer-Encoding other than binary")
                }
            default: break
            }
        }
        guard let disposition, disposition.value == "form-data" else {
            throw Problem("has no Content-Disposition: form-data")
        }
        guard let name = disposition["name"], !name.isEmpty else {
            throw Problem("has no name in its Content-Disposition")
        }
        self.init(name: name, filename: disposition["filename"], mediaType: mediaType, content: rest)
    }

    /// Takes a line with its line break.
    private static func nextLine(of rest: inout ArraySlice<UInt8>, _ limit: Int) throws(Problem) -> ArraySlice<UInt8> {
        guard let lineFeed = rest.prefix(limit).firstIndex(of: UInt8(ascii: "\n")) else {
            throw Problem(rest.count > limit ? "has too long a header" : "has no empty line between header and content")
        }
        let line = rest[..<lineFeed]
        guard line.last == UInt8(ascii: "\r") else { throw Problem("has a header line that does not end in CRLF") }
        rest = rest[(lineFeed + 1)...]
        return line.dropLast()
    }

    private static func field(_ line: ArraySlice<UInt8>) throws(Problem) -> (name: String, value: String) {
        guard let text = String(validating: line, as: UTF8.self) else {
            throw Problem("has a header that is not UTF-8")
        }
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex,
            !text[..<colon].utf8.contains(where: { $0 <= 0x20 })
        else { throw Problem("has a header line that is no field") }
        return (text[..<colon].lowercased(), String(text[text.index(after: colon)...]))
    }

    /// What is wrong with a part, to be read after "part 2".
    struct Problem: Error {
        let text: String

        init(_ text: String) {
            self.text = text
        }
    }
}
