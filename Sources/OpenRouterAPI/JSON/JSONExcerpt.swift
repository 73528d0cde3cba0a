/// Values in messages for people: compact JSON, shortened with an ellipsis.
enum JSONExcerpt {
    private static let ellipsis = "…"
    /// How many characters before the first difference stay visible.
    private static let context = 12

    /// A value in at most `limit` characters.
    static func text(of value: JSONValue, limit: Int) -> String {
        if let string = value.string {
            return quoted(string.unicodeScalars[...], limit: limit)
        }
        // A few bytes more than needed, so that shortening sees that there is more; a character may take many bytes.
        let text = String(decoding: compactBytes(of: value, limit: limit * 4 + 16), as: UTF8.self)
        return text.count <= limit ? text : text.prefix(max(limit - 1, 0)) + ellipsis
    }

    /// Two values in at most `limit` characters each.
    ///
    /// Long strings that start alike are shown from a little before their first difference, since their beginnings
    /// would look the same.
    static func texts(of left: JSONValue, and right: JSONValue, limit: Int) -> (String, String) {
        guard let leftText = left.string?.unicodeScalars, let rightText = right.string?.unicodeScalars else {
            return (text(of: left, limit: limit), text(of: right, limit: limit))
        }
        let common = zip(leftText, rightText).prefix { $0 == $1 }.count
        let skipped = max(leftText.count, rightText.count) + 2 > limit && common > 2 * context ? common - context : 0
        return (
            quoted(leftText.dropFirst(skipped), isShortened: skipped > 0, limit: limit),
            quoted(rightText.dropFirst(skipped), isShortened: skipped > 0, limit: limit)
        )
    }

    private static func quoted(_ text: Substring.UnicodeScalarView, isShortened: Bool = false, limit: Int) -> String {
        var bytes: [UInt8] = []
        JSON.write(string: String(text.prefix(limit * 2)), into: &bytes)
        let contents = String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
        let start = isShortened ? "\"" + ellipsis : "\""
        let room = limit - start.count - 1
        if contents.count <= room {
            return start + contents + "\""
        }
        return start + contents.prefix(max(room - 1, 0)) + ellipsis + "\""
    }

    /// The source of a value without white space between tokens, up to about `limit` bytes.
    private static func compactBytes(of value: JSONValue, limit: Int) -> [UInt8] {
        var output: [UInt8] = []
        var isInString = false
        var isEscaped = false
        for byte in value.raw {
            if output.count >= limit { break }
            if isInString {
                output.append(byte)
                isInString = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            } else if byte > UInt8(ascii: " ") {
                output.append(byte)
                isInString = byte == UInt8(ascii: "\"")
            }
        }
        return output
    }
}
