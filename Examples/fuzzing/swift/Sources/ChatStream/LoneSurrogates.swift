/// Escapes of half a character: `\ud83d` at the end of one delta, `\ude42` at the start of the next.
///
/// A Swift string cannot hold a half, and Foundation refuses JSON with one. It stands as a private-use character of plane 16
/// until its other half has come.
enum LoneSurrogates {
    private static let first: UInt32 = 0x10F000

    /// JSON with private-use characters for the escapes that have no partner beside them.
    static func hidden(_ json: String) -> String {
        guard json.contains("\\u") else { return json }
        let bytes = Array(json.utf8)
        var output: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "\\") else {
                output.append(bytes[index])
                index += 1
                continue
            }
            let half = unit(bytes, at: index)
            if let half, half < 0xDC00, let low = unit(bytes, at: index + 6), low >= 0xDC00 {
                output += bytes[index..<index + 12]
                index += 12
            } else if let half, let scalar = Unicode.Scalar(first + UInt32(half) - 0xD800) {
                output += Array(String(scalar).utf8)
                index += 6
            } else {
                output += bytes[index...].prefix(2)
                index += 2
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The text with halves that have met made one.
    static func joined(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { half($0) != nil }) else { return text }
        var output = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if let low = half(scalar), low >= 0xDC00, let last = output.last, let high = half(last), high < 0xDC00 {
                output.removeLast()
                output += String(decoding: [high, low], as: UTF16.self).unicodeScalars
            } else {
                output.append(scalar)
            }
        }
        return String(output)
    }

    private static func half(_ scalar: Unicode.Scalar) -> UInt16? {
        (first..<first + 0x800).contains(scalar.value) ? UInt16(0xD800 + scalar.value - first) : nil
    }

    /// The code unit of an escape, if it is a surrogate.
    private static func unit(_ bytes: [UInt8], at index: Int) -> UInt16? {
        guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u"),
            let unit = UInt16(String(decoding: bytes[index + 2..<index + 6], as: UTF8.self), radix: 16)
        else { return nil }
        return (0xD800..<0xE000).contains(unit) ? unit : nil
    }
}
