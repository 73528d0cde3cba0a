import TestSupport

/// Inputs that a parser has to survive: valid ones, changed a little, and bytes without meaning.
///
/// Changes know what texts are made of: lines, numbers, the words of the format. So most inputs get past the first bytes
/// of a parser, and into its corners.
struct HostileInputs: Sendable {
    /// Valid texts to change; not empty.
    private let valid: [[UInt8]]
    private let words: [[UInt8]]
    /// The most bytes of an input.
    let byteLimit: Int

    /// - Parameters:
    ///   - valid: texts that the parser takes.
    ///   - words: pieces that mean something to it.
    ///   - byteLimit: the most bytes of an input.
    init(_ valid: [[UInt8]], words: [String], byteLimit: Int = 8192) {
        self.valid = valid
        self.words = words.map { Array($0.utf8) } + Self.commonWords
        self.byteLimit = byteLimit
    }

    func input(using random: inout SplitMix) -> [UInt8] {
        var bytes: [UInt8]
        switch Int.random(in: 0..<20, using: &random) {
        case 0:
            bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in .random(in: 0...255, using: &random) }
        case 1:
            bytes = (0..<Int.random(in: 0...60, using: &random)).flatMap { _ in word(&random) }
        default:
            bytes = choice(valid, &random)
            for _ in 0..<Int.random(in: 1...6, using: &random) { change(&bytes, &random) }
        }
        return Array(bytes.prefix(byteLimit))
    }
}

extension HostileInputs {
    /// Ends of ranges, texts that are ill-formed, and what other formats mean by something.
    private static let commonWords: [[UInt8]] =
        [
            "0", "-1", "1", "-0", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
            "18446744073709551615", "1e999", "1e-999", "0.1", "NaN", "null", "true", "~", "", "\"", "'", "\\", "\0",
            "\r",
            "\r\n", "\n\n", "\t", " ", "\u{FEFF}", "\u{2028}", "\u{85}", "🙂", "é", "e\u{301}", "\\ud83d", "\\u0000",
            "{",
            "}", "[", "]", ":", ",", "#", "---", "...", "%",
        ].map { Array($0.utf8) } + [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE6, 0x9D],
        ]

    private func word(_ random: inout SplitMix) -> [UInt8] { choice(words, &random) }

    private func choice<Element>(_ elements: [Element], _ random: inout SplitMix) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    private func change(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        guard !bytes.isEmpty else {
            bytes = word(&random)
            return
        }
        let range = range(in: bytes, &random)
        switch Int.random(in: 0..<12, using: &random) {
        case 0: bytes[range.lowerBound] ^= 1 << UInt8.random(in: 0...7, using: &random)
        case 1: bytes[range.lowerBound] = .random(in: 0...255, using: &random)
        case 2: bytes.removeSubrange(range)
        case 3: bytes.insert(contentsOf: bytes[range], at: range.lowerBound)
        case 4: bytes.insert(contentsOf: word(&random), at: range.lowerBound)
        case 5: bytes.replaceSubrange(range, with: word(&random))
        case 6: bytes.removeSubrange(range.upperBound...)
        case 7:
            // The beginning of one and the end of another.
            let other = choice(valid, &random)
            bytes = bytes[..<range.lowerBound] + other.suffix(Int.random(in: 0...other.count, using: &random))
        case 8:
            let count = Int.random(in: 2...400, using: &random)
            guard range.count * count <= byteLimit else { return }
            bytes.insert(contentsOf: Array(repeating: bytes[range], count: count).joined(), at: range.lowerBound)
        case 9, 10: changeLine(&bytes, &random)
        default: changeNumber(&bytes, &random)
        }
    }

    /// A short range more often than a long one; not empty.
    private func range(in bytes: [UInt8], _ random: inout SplitMix) -> Range<Int> {
        let start = Int.random(in: 0..<bytes.count, using: &random)
        let limit = Int.random(in: 0..<4, using: &random) == 0 ? bytes.count : 8
        return start..<min(bytes.count, start + Int.random(in: 1...limit, using: &random))
    }

    /// Repeats, drops, moves or indents a line.
    private func changeLine(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Array($0) }
        let index = Int.random(in: 0..<lines.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: lines.insert(lines[index], at: index)
        case 1: lines.remove(at: index)
        case 2: lines.swapAt(index, Int.random(in: 0..<lines.count, using: &random))
        default: lines[index].insert(contentsOf: [0x20, 0x20], at: 0)
        }
        bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    /// Puts a word in the place of a number.
    private func changeNumber(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        let isDigit: (UInt8) -> Bool = { (0x30...0x39).contains($0) }
        let starts = bytes.indices.filter { isDigit(bytes[$0]) && ($0 == 0 || !isDigit(bytes[$0 - 1])) }
        guard !starts.isEmpty else { return }
        let start = choice(starts, &random)
        let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
        bytes.replaceSubrange(start..<end, with: word(&random))
    }
}
