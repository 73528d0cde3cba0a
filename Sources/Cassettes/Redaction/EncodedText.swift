/// A run of base64 (RFC 4648, sections 4 and 5) in a text, decoded.
///
/// With line breaks where MIME has them. A replacement changes only the characters that carry bits of the secret.
struct EncodedText {
    /// Where its characters lie, line by line.
    private let lines: [Range<Int>]
    private let characters: [UInt8]
    /// Characters before the first whole group.
    private let alignment: Int
    /// Whether it has the two characters of base64url.
    private let isURL: Bool
    let decoded: [UInt8]

    /// The shortest that is looked into: `{"password":"hunter2"}` takes 30.
    private static let minimumCount = 24
    /// Lines of MIME have 76 characters (RFC 2045, section 6.8), those of PEM 64.
    private static let minimumLineCount = 60
    /// What looks like base64 may be the path of a URL with base64 at its end, so short runs are read from each of the
    /// four places where a group can start.
    private static let realignedCount = 4096

    /// All readings of all runs in a text.
    static func all(in bytes: [UInt8]) -> [EncodedText] {
        bytes.withUnsafeBufferPointer { bytes in
            runs(in: bytes).flatMap { lines in
                let characters = lines.flatMap { Array(bytes[$0]) }
                return (0..<(characters.count <= realignedCount ? 4 : 1)).map { alignment in
                    EncodedText(lines: lines, characters: characters, alignment: alignment)
                }
            }
        }
    }

    private init(lines: [Range<Int>], characters: [UInt8], alignment: Int) {
        self.lines = lines
        self.characters = characters
        self.alignment = alignment
        isURL = characters.contains { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(characters.count / 4 * 3 + 3)
        var bits: UInt32 = 0
        var bitCount = 0
        for character in characters[alignment...] {
            bits = bits << 6 | UInt32(Self.sextets[Int(character)])
            bitCount += 6
            guard bitCount >= 8 else { continue }
            bitCount -= 8
            decoded.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
        }
        self.decoded = decoded
    }

    /// The edit of the decoded bytes as edits of the text, one for each line that it touches.
    ///
    /// `decoded` is what the decoded bytes have become: a character can belong to two edits.
    func lowered(_ edit: RedactionEdit, decoded: [UInt8]) -> [RedactionEdit] {
        let first = edit.range.lowerBound * 8 / 6
        let end = min((edit.range.upperBound * 8 + 5) / 6, characters.count - alignment)
        let changed = (first..<end).map { index -> UInt8 in
            let old = characters[alignment + index]
            let oldSextet = Self.sextets[Int(old)]
            var sextet: UInt8 = 0
            for bit in 0..<6 {
                let kept = oldSextet >> UInt8(5 - bit) & 1
                sextet = sextet << 1 | (Self.bit(index * 6 + bit, of: decoded) ?? kept)
            }
            return sextet == oldSextet ? old : Self.character(sextet, isURL: isURL)
        }
        var edits: [RedactionEdit] = []
        var offset = -alignment
        for line in lines {
            let part = max(first, offset)..<max(max(first, offset), min(end, offset + line.count))
            if !part.isEmpty {
                let start = line.lowerBound + part.lowerBound - offset
                let characters = changed[part.lowerBound - first..<part.upperBound - first]
                edits.append(edit.spelled(start..<start + part.count, Array(characters)))
            }
            offset += line.count
        }
        return edits
    }

    /// Nil behind the last whole byte, where the character's own bits stay.
    private static func bit(_ position: Int, of bytes: [UInt8]) -> UInt8? {
        position / 8 < bytes.count ? bytes[position / 8] >> UInt8(7 - position % 8) & 1 : nil
    }
}

extension EncodedText {
    private static let noSextet: UInt8 = 255

    private static let alphabet = Array((ByteSet.upper + ByteSet.lower + ByteSet.digits).utf8)

    private static let sextets: [UInt8] = {
        var sextets = [UInt8](repeating: noSextet, count: 256)
        for (value, character) in alphabet.enumerated() {
            sextets[Int(character)] = UInt8(value)
        }
        for (character, value) in [("+", 62), ("-", 62), ("/", 63), ("_", 63)] as [(Unicode.Scalar, UInt8)] {
            sextets[Int(character.value)] = value
        }
        return sextets
    }()

    private static func character(_ sextet: UInt8, isURL: Bool) -> UInt8 {
        switch sextet {
        case 62: UInt8(ascii: isURL ? "-" : "+")
        case 63: UInt8(ascii: isURL ? "_" : "/")
        default: alphabet[Int(sextet)]
        }
    }

    private static func runs(in bytes: UnsafeBufferPointer<UInt8>) -> [[Range<Int>]] {
        sextets.withUnsafeBufferPointer { sextets in
            var runs: [[Range<Int>]] = []
            var index = 0
            while index < bytes.count {
                guard sextets[Int(bytes[index])] != noSextet else {
                    index += 1
                    continue
                }
                var lines: [Range<Int>] = []
                while true {
                    let start = index
                    while index < bytes.count, sextets[Int(bytes[index])] != noSextet {
                        index += 1
                    }
                    lines.append(start..<index)
                    guard index - start >= minimumLineCount, let next = lineBreak(in: bytes, at: index),
                        next < bytes.count, sextets[Int(bytes[next])] != noSextet
                    else { break }
                    index = next
                }
                if lines.reduce(0, { $0 + $1.count }) >= minimumCount { runs.append(lines) }
            }
            return runs
        }
    }

    /// Behind a line break, also one that is spelled as in a JSON string.
    private static func lineBreak(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int? {
        for text in ["\r\n", "\n", "\\r\\n", "\\n"] where bytes.holds(Array(text.utf8), at: index) {
            return index + text.utf8.count
        }
        return nil
    }
}
