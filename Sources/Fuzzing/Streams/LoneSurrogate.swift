/// Half of a UTF-16 surrogate pair in a Swift string, which cannot hold one.
///
/// It stands as a private-use character of plane 16 until ``JSONSpelling`` writes it as the escape `\ud83d`.
enum LoneSurrogate {
    private static let firstPlaceholder: UInt32 = 0x10F000

    /// The two halves of a character outside the basic plane; nil for one inside it.
    static func halves(of scalar: Unicode.Scalar) -> (high: String, low: String)? {
        guard scalar.value >= 0x10000 else { return nil }
        let offset = scalar.value - 0x10000
        return (placeholder(offset >> 10), placeholder(0x400 + (offset & 0x3FF)))
    }

    /// The code unit that a scalar stands for; nil for ordinary ones.
    static func codeUnit(_ scalar: Unicode.Scalar) -> UInt16? {
        guard (firstPlaceholder..<firstPlaceholder + 0x800).contains(scalar.value) else { return nil }
        return UInt16(0xD800 + scalar.value - firstPlaceholder)
    }

    /// The text with halves that have met made whole.
    static func joined(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { codeUnit($0) != nil }) else { return text }
        var units: [UInt16] = []
        for scalar in text.unicodeScalars {
            if let unit = codeUnit(scalar) { units.append(unit) } else { units += Array(String(scalar).utf16) }
        }
        return String(decoding: units, as: UTF16.self)
    }

    private static func placeholder(_ offset: UInt32) -> String {
        Unicode.Scalar(firstPlaceholder + offset).map { String($0) } ?? ""
    }
}
