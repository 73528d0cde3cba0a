internal import OpenRouterAPI

/// A number in the spelling of YAML's core schema, as JSON spells it.
struct YAMLNumber {
    let json: JSON

    /// Nil for a text that is no number of the core schema (YAML 1.2.2, section 10.3.2).
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        if bytes.starts(with: "0x".utf8) || bytes.starts(with: "0o".utf8) {
            let radix = bytes[1] == UInt8(ascii: "x") ? 16 : 8
            // `Int` also takes a sign, which the core schema does not allow here.
            guard bytes.count > 2, bytes[2] != UInt8(ascii: "-"), bytes[2] != UInt8(ascii: "+"),
                let value = Int(text.dropFirst(2), radix: radix)
            else { return nil }
            json = .integer(value)
            return
        }
        guard let parts = Parts(bytes) else { return nil }
        let digits = parts.text
        if let value = Int(digits), String(value) == digits {
            json = .integer(value)
        } else {
            json = .decimal(digits)
        }
    }
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`, taken apart.
private struct Parts {
    private var isNegative = false
    private var whole: ArraySlice<UInt8>
    private var fraction: ArraySlice<UInt8> = []
    private var exponent: ArraySlice<UInt8> = []

    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            rest.removeFirst()
        }
        whole = Self.takeDigits(from: &rest)
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = Self.takeDigits(from: &rest)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
            rest.removeFirst()
            let start = rest.startIndex
            if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest.removeFirst() }
            guard !Self.takeDigits(from: &rest).isEmpty else { return nil }
            exponent = bytes[start..<rest.startIndex]
        }
        guard rest.isEmpty else { return nil }
    }

    private static func takeDigits(from rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest.dropFirst(digits.count)
        return digits
    }

    /// In the grammar of RFC 8259, section 6: no plus sign, no leading zeros, digits on both sides of a point.
    var text: String {
        let significant = whole.drop { $0 == UInt8(ascii: "0") }
        var text = isNegative ? "-" : ""
        text += significant.isEmpty ? "0" : String(decoding: significant, as: UTF8.self)
        if !fraction.isEmpty { text += "." + String(decoding: fraction, as: UTF8.self) }
        if !exponent.isEmpty { text += "e" + String(decoding: exponent, as: UTF8.self) }
        return text
    }
}
