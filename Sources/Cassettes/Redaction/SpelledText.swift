/// Text behind escapes: JSON's `\u0041` and `\/`, at whatever depth of strings in strings, and URLs' `%41`.
///
/// Only what stands for printable ASCII is decoded, one layer at a time: a decoded text may be a spelled text again.
/// Replacements are spelled as the secret was, so that lengths stay and an escaped placeholder means the same as a
/// plain one. The exception is `\/`: no other character is spelled in two bytes, so the placeholder gets a byte of
/// filling more.
///
/// ```
/// "sk\u002dor…"     units: s k \u002d o r …      decoded: sk-or…
/// ```
struct SpelledText {
    /// One character that is spelled in several bytes.
    private struct Unit {
        /// Of the decoded byte.
        let index: Int
        let range: Range<Int>
        let spelling: Spelling
    }

    private enum Spelling {
        /// `\/`, behind any number of further backslashes.
        case slash
        /// Two hex digits at the end of the unit: `\u0041`, `%41`.
        case hex
    }

    let decoded: [UInt8]
    private let units: [Unit]

    /// Nil if nothing is spelled otherwise than plainly.
    init?(_ bytes: [UInt8]) {
        var decoded: [UInt8] = []
        var units: [Unit] = []
        bytes.withUnsafeBufferPointer { bytes in
            var plain = 0
            var index = 0
            while index < bytes.count {
                let byte = bytes[index]
                guard byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "%"),
                    let (spelling, end, value) = Self.unit(in: bytes, at: index)
                else {
                    index += 1
                    continue
                }
                decoded.append(contentsOf: bytes[plain..<index])
                units.append(Unit(index: decoded.count, range: index..<end, spelling: spelling))
                decoded.append(value)
                index = end
                plain = end
            }
            if !units.isEmpty { decoded.append(contentsOf: bytes[plain...]) }
        }
        if units.isEmpty { return nil }
        self.decoded = decoded
        self.units = units
    }

    /// What a text says behind all its layers.
    static func plain(_ bytes: [UInt8], depth: Int) -> [UInt8] {
        guard depth > 0, let spelled = SpelledText(bytes) else { return bytes }
        return plain(spelled.decoded, depth: depth - 1)
    }

    /// The edit of the decoded text as one of the text that was given.
    func lowered(_ edit: RedactionEdit) -> RedactionEdit {
        let first = firstUnit(from: edit.range.lowerBound)
        let inside = units[first...].prefix { $0.index < edit.range.upperBound }
        let range = source(of: edit.range.lowerBound)..<source(of: edit.range.upperBound)
        let bytes = edit.isPlaceholder ? placeholder(edit, inside) : respelled(edit, inside)
        return edit.spelled(range, bytes)
    }

    /// Plain characters first, so that it can be read, then as many in hex as there were.
    private func placeholder(_ edit: RedactionEdit, _ units: ArraySlice<Unit>) -> [UInt8] {
        let fillCount = units.reduce(0) { $0 + ($1.spelling == .slash ? $1.range.count - 1 : 0) }
        let bytes = Placeholder.bytes(for: edit.secret, count: edit.bytes.count + fillCount)
        let spelled = units.filter { $0.spelling == .hex }
        let plainCount = bytes.count - spelled.count
        return zip(spelled, bytes[plainCount...]).reduce(into: Array(bytes[..<plainCount])) { output, next in
            output += Self.prefix(of: next.0) + Self.hex(next.1)
        }
    }

    /// Each character where and how it was spelled.
    private func respelled(_ edit: RedactionEdit, _ units: ArraySlice<Unit>) -> [UInt8] {
        var rest = edit.bytes[...]
        var output: [UInt8] = []
        var index = edit.range.lowerBound
        for unit in units {
            output.append(contentsOf: rest.prefix(unit.index - index))
            rest = rest.dropFirst(unit.index - index)
            let byte = rest.popFirst() ?? Placeholder.fill
            switch unit.spelling {
            case .hex: output += Self.prefix(of: unit) + Self.hex(byte)
            // A character of base64, which cannot be spelled otherwise: six bits are no secret.
            case .slash: output += repeatElement(UInt8(ascii: "\\"), count: unit.range.count - 1) + [UInt8(ascii: "/")]
            }
            index = unit.index + 1
        }
        return output + rest
    }

    /// The bytes before the two hex digits, as every unit of this length has them.
    private static func prefix(of unit: Unit) -> [UInt8] {
        guard unit.range.count > 3 else { return [UInt8(ascii: "%")] }
        return Array(repeating: UInt8(ascii: "\\"), count: unit.range.count - 5) + Array("u00".utf8)
    }

    private static func hex(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}

extension SpelledText {
    private static func unit(
        in bytes: UnsafeBufferPointer<UInt8>,
        at start: Int
    ) -> (Spelling, end: Int, value: UInt8)? {
        if bytes[start] == UInt8(ascii: "%") {
            return hexValue(in: bytes, at: start + 1).map { (.hex, start + 3, $0) }
        }
        var index = start
        while index < bytes.count, bytes[index] == UInt8(ascii: "\\") {
            index += 1
        }
        guard index < bytes.count else { return nil }
        if bytes[index] == UInt8(ascii: "/") { return (.slash, index + 1, UInt8(ascii: "/")) }
        guard bytes.holds(Array("u00".utf8), at: index) else { return nil }
        return hexValue(in: bytes, at: index + 3).map { (.hex, index + 5, $0) }
    }

    private static func hexValue(in bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt8? {
        guard start + 1 < bytes.count, let high = digit(bytes[start]), let low = digit(bytes[start + 1]) else {
            return nil
        }
        let value = high << 4 | low
        return (0x20...0x7E).contains(value) ? value : nil
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }

    /// The position of the first unit that stands for a byte at or behind an index.
    private func firstUnit(from index: Int) -> Int {
        var low = 0
        var high = units.count
        while low < high {
            let middle = (low + high) / 2
            if units[middle].index < index { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Where the spelling of a decoded byte starts.
    private func source(of index: Int) -> Int {
        let next = firstUnit(from: index)
        guard next > 0 else { return index }
        let last = units[next - 1]
        return last.range.upperBound + (index - last.index - 1)
    }
}
