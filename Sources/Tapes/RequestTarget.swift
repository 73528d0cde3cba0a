/// Path and query of a request, decoded once.
package struct RequestTarget: Sendable, Hashable {
    /// The target as it came, with scheme and authority cut off; starts with `/`, or is `*`.
    package let raw: String

    /// Percent-decoded path without a slash at its end; `/` for the root.
    ///
    /// A `%2F` stays as it is, so that it cannot make a path of two segments out of one.
    package let path: String

    /// The query as it came, without the `?`; empty when there is none.
    package let query: String

    /// - Parameter target: origin-form, absolute-form or asterisk-form (RFC 9112 §3.2).
    package init(_ target: String) {
        let origin = Self.originForm(of: target)
        raw = origin
        let queryStart = origin.utf8.firstIndex(of: UInt8(ascii: "?"))
        let encodedPath = queryStart.map { String(origin[..<$0]) } ?? origin
        query = queryStart.map { String(origin[origin.utf8.index(after: $0)...]) } ?? ""
        var path =
            encodedPath.utf8.contains(UInt8(ascii: "%"))
            ? encodedPath.removingPercentEncoding(keepingSlashes: true) : encodedPath
        while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") {
            path.removeLast()
        }
        self.path = path
    }

    private static func originForm(of target: String) -> String {
        if target.utf8.first == UInt8(ascii: "/") || target == "*" { return target }
        guard let scheme = target.utf8.firstIndex(of: UInt8(ascii: ":")),
            target[scheme...].hasPrefix("://")
        else { return "/" + target }
        let authority = target.utf8.index(scheme, offsetBy: 3)
        let rest = target[authority...]
        guard let start = rest.utf8.firstIndex(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }) else {
            return "/"
        }
        return rest.utf8[start] == UInt8(ascii: "/") ? String(rest[start...]) : "/" + rest[start...]
    }
}

extension RequestTarget {
    /// Names and values of the query in the order they came, percent-decoded, `+` read as a space.
    package var queryItems: [(name: String, value: String)] {
        query.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let decoded = parts.map { part in
                String(part.map { $0 == "+" ? " " : $0 }).removingPercentEncoding(keepingSlashes: false)
            }
            return (decoded[0], decoded.count > 1 ? decoded[1] : "")
        }
    }

    /// The first value of a query item, or nil.
    package func queryValue(_ name: String) -> String? {
        query.isEmpty ? nil : queryItems.first { $0.name == name }?.value
    }
}

extension RequestTarget: CustomStringConvertible {
    package var description: String { raw }
}

extension String {
    /// Decodes `%XX`; what is not two hex digits stays as it is, ill-formed UTF-8 becomes U+FFFD.
    package func removingPercentEncoding(keepingSlashes: Bool) -> String {
        guard utf8.contains(UInt8(ascii: "%")) else { return self }
        let source = Array(utf8)
        var decoded: [UInt8] = []
        decoded.reserveCapacity(source.count)
        var index = 0
        while index < source.count {
            if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
                let high = source[index + 1].hexDigitValue, let low = source[index + 2].hexDigitValue,
                !(keepingSlashes && high == 2 && low == 15)
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(source[index])
                index += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }
}

extension UInt8 {
    /// The value of an ASCII hex digit, or nil.
    package var hexDigitValue: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
