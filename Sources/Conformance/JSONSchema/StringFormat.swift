internal import Simulation

/// The values of `format` that are checked; others are annotations.
enum StringFormat: String, Sendable {
    case dateTime = "date-time"
    case uuid
    case uri

    func allows(_ text: String) -> Bool {
        switch self {
        case .dateTime: CivilTime.microseconds(rfc3339: text) != nil
        case .uuid: Self.isUUID(text)
        case .uri: Self.isURI(text)
        }
    }

    /// What a text of this format is, in words.
    var text: String {
        switch self {
        case .dateTime: "an RFC 3339 time such as 2026-08-30T09:15:00Z"
        case .uuid: "a UUID"
        case .uri: "a URI with a scheme"
        }
    }

    /// RFC 9562, section 4: 8-4-4-4-12 hexadecimal digits.
    private static func isUUID(_ text: String) -> Bool {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isHexDigit } }
    }

    /// RFC 3986, section 3.1: a scheme and a colon, then no character that a URI must escape (section 2).
    private static func isURI(_ text: String) -> Bool {
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")) else { return false }
        let scheme = text[..<colon]
        guard let first = scheme.first, first.isASCII, first.isLetter,
            scheme.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) })
        else { return false }
        return text.unicodeScalars.allSatisfy {
            $0.isASCII && $0.value > 0x20 && !"<>\"{}|\\^`\u{7F}".unicodeScalars.contains($0)
        }
    }
}
