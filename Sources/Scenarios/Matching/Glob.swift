/// A text in which `*` stands for any characters, also none.
package struct Glob: Sendable, Hashable {
    package let text: String
    /// What is between the stars; one piece means that there is no star.
    private let pieces: [[UInt8]]

    package init(_ text: String) {
        self.text = text
        pieces = text.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false).map { Array($0) }
    }

    package func matches(_ other: String) -> Bool {
        guard pieces.count > 1 else { return text == other }
        var other = other
        return other.withUTF8 { matches($0) }
    }

    private func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = pieces.first, let last = pieces.last, bytes.count >= first.count + last.count,
            bytes.starts(with: first), bytes.suffix(last.count).elementsEqual(last)
        else { return false }
        var rest = bytes[first.count..<(bytes.count - last.count)]
        for piece in pieces.dropFirst().dropLast() where !piece.isEmpty {
            guard let found = rest.firstRange(of: piece) else { return false }
            rest = rest[found.upperBound...]
        }
        return true
    }

    /// Whether all that `other` matches is matched here too; false where that cannot be told.
    func covers(_ other: Glob) -> Bool {
        guard self != other else { return true }
        guard other.pieces.count > 1 else { return matches(other.text) }
        // A star of the other one is any text, so it may only lie where one of ours does.
        guard pieces.count == 2, let first = pieces.first, let last = pieces.last, let otherFirst = other.pieces.first,
            let otherLast = other.pieces.last
        else { return false }
        return otherFirst.starts(with: first) && otherLast.suffix(last.count).elementsEqual(last)
    }
}
