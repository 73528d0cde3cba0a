/// Sets of characters in regular expressions, as ranges of scalar values.
///
/// A set of a regular expression may be vast. These are the printable part of it that looks sensible, usually ASCII.
enum StringPatternClass {
    typealias Ranges = [ClosedRange<UInt32>]

    static let digits: Ranges = [0x30...0x39]
    static let lowercase: Ranges = [0x61...0x7A]
    static let uppercase: Ranges = [0x41...0x5A]
    static let letters: Ranges = lowercase + uppercase
    static let word: Ranges = letters + digits + [0x5F...0x5F]
    static let space: Ranges = [0x20...0x20]
    static let punctuation: Ranges = [0x21...0x23, 0x25...0x2A, 0x2C...0x2F, 0x3A...0x3B, 0x3F...0x40]

    /// What `.` stands for here: ASCII letters and digits, which no line break is among.
    static let printable: Ranges = letters + digits

    /// Printable ASCII without `ranges`.
    static func complement(of ranges: Ranges) -> Ranges {
        let left = (0x20...0x7E as ClosedRange<UInt32>).filter { value in !ranges.contains { $0.contains(value) } }
        // Letters and digits look best where they are allowed.
        let plain = left.filter { value in word.contains { $0.contains(value) } }
        return (plain.isEmpty ? left : plain).map { $0...$0 }
    }

    /// The ranges without surrogates, which are no scalars.
    static func valid(_ ranges: Ranges) -> Ranges {
        ranges.flatMap { range -> Ranges in
            guard range.overlaps(0xD800...0xDFFF) else { return [range] }
            var parts: Ranges = []
            if range.lowerBound < 0xD800 { parts.append(range.lowerBound...0xD7FF) }
            if range.upperBound > 0xDFFF { parts.append(0xE000...range.upperBound) }
            return parts
        }
    }

    /// What an escape after its backslash stands for, or nil if it is not supported.
    static func escape(in scalars: [Unicode.Scalar], at position: inout Int, isInClass: Bool) -> Ranges? {
        guard position < scalars.count else { return nil }
        let scalar = scalars[position]
        position += 1
        switch scalar {
        case "d": return digits
        case "D": return complement(of: digits)
        case "w": return word
        case "W": return complement(of: word)
        case "s": return space
        case "S": return printable
        case "t": return [0x09...0x09]
        case "n": return [0x0A...0x0A]
        case "v": return [0x0B...0x0B]
        case "f": return [0x0C...0x0C]
        case "r": return [0x0D...0x0D]
        case "b": return isInClass ? [0x08...0x08] : nil
        case "x": return hexadecimal(2, in: scalars, at: &position)
        case "u": return unicode(in: scalars, at: &position)
        case "p": return property(in: scalars, at: &position)
        case "A"..."Z", "a"..."z", "0"..."9": return nil
        default: return [scalar.value...scalar.value]
        }
    }

    /// Exactly `count` hexadecimal digits.
    private static func hexadecimal(_ count: Int, in scalars: [Unicode.Scalar], at position: inout Int) -> Ranges? {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard position < scalars.count, let digit = Character(scalars[position]).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return Unicode.Scalar(value).map { [$0.value...$0.value] }
    }

    /// `uXXXX` or `u{X…}`.
    ///
    /// A surrogate pair is not supported.
    private static func unicode(in scalars: [Unicode.Scalar], at position: inout Int) -> Ranges? {
        guard position < scalars.count, scalars[position] == "{" else {
            return hexadecimal(4, in: scalars, at: &position)
        }
        guard let close = scalars[position...].firstIndex(of: "}") else { return nil }
        let count = close - position - 1
        guard (1...6).contains(count) else { return nil }
        position += 1
        let result = hexadecimal(count, in: scalars, at: &position)
        position = close + 1
        return result
    }

    /// `p{Name}` for the common categories, as the ASCII characters in them.
    private static func property(in scalars: [Unicode.Scalar], at position: inout Int) -> Ranges? {
        guard position < scalars.count, scalars[position] == "{",
            let close = scalars[position...].firstIndex(of: "}")
        else { return nil }
        var name = String.UnicodeScalarView()
        name.append(contentsOf: scalars[(position + 1)..<close])
        position = close + 1
        switch String(name) {
        case "L", "Letter", "Alphabetic": return letters
        case "Lu", "Uppercase_Letter", "Uppercase": return uppercase
        case "Ll", "Lowercase_Letter", "Lowercase": return lowercase
        case "N", "Number", "Nd", "Decimal_Number": return digits
        case "P", "Punctuation": return punctuation
        case "Z", "Zs", "Separator", "Space_Separator", "White_Space": return space
        default: return nil
        }
    }
}
