/// An http or https URL, as far as one has to know whom it names.
package struct AbsoluteURL: Sendable, Hashable, Codable {
    package enum Scheme: String, Sendable, Codable {
        case http, https
    }

    package let scheme: Scheme
    /// In lower case; an IPv6 address without its brackets.
    package let host: String
    /// As it was written; nil for the scheme's own.
    package let port: UInt16?
    /// The URL as it was written.
    package let text: String

    /// Reads a URL.
    ///
    /// Credentials, and characters that two readers could understand differently, are refused, so that nobody finds
    /// another host in the URL than this one.
    ///
    /// - Parameter text: absolute, with a host.
    package init?(_ text: String) {
        guard let colon = text.firstRange(of: "://"),
            let scheme = Scheme(rawValue: text[..<colon.lowerBound].lowercased()),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return nil }
        let authority = text[colon.upperBound...].prefix { !"/?#".contains($0) }
        var host = authority
        let portText: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<end]
            guard host.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }) else { return nil }
            portText = authority[authority.index(after: end)...]
        } else {
            host = authority.prefix { $0 != ":" }
            guard host.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." }) else { return nil }
            portText = authority[host.endIndex...]
        }
        guard !host.isEmpty, Self.isPort(portText) else { return nil }
        self.scheme = scheme
        self.host = host.lowercased()
        port = UInt16(portText.dropFirst())
        self.text = text
    }

    /// Nothing, or a colon and a number.
    private static func isPort(_ text: Substring) -> Bool {
        guard text.first == ":" else { return text.isEmpty }
        return UInt16(text.dropFirst()) != nil && text.dropFirst().first?.isNumber == true
    }

    /// Whether the host is this machine by its name: `localhost`, 127.0.0.0/8 or `::1` (RFC 6761 §6.3, RFC 1122
    /// §3.2.1.3, RFC 4291 §2.5.3).
    package var isLoopback: Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
