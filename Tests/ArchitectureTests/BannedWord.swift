/// A piece of code that does not occur in `Sources`, with what to write instead.
struct BannedWord {
    let word: String
    let advice: String

    /// Whether the word occurs in a line, not as a part of a longer one.
    func occurs(in line: Substring) -> Bool {
        let line = line.utf8
        return line.indices.contains { start in
            guard line[start] == word.utf8.first, line[start...].starts(with: word.utf8) else { return false }
            let end = line.index(start, offsetBy: word.utf8.count)
            return !continues(line[..<start].last, word.first) && !continues(line[end...].first, word.last)
        }
    }

    /// Whether a neighbor makes the edge of the word part of a longer identifier, or of a call.
    private func continues(_ neighbor: UInt8?, _ edge: Character?) -> Bool {
        guard let neighbor, let edge, edge.isLetter else { return false }
        let character = Character(Unicode.Scalar(neighbor))
        return character.isLetter || character.isNumber || character == "_" || character == "("
    }
}

extension BannedWord {
    /// Words that do not occur in code; in comments and string literals they are harmless.
    static let inCode = [
        BannedWord(word: "try!", advice: "'try!' crashes on what a user can cause. Use 'try' and throw on."),
        BannedWord(word: "as!", advice: "'as!' crashes on what a user can cause. Use 'as?' and handle nil."),
        BannedWord(
            word: "fatalError(",
            advice: "Throw an error for what a user, a client or an upstream can cause; "
                + "use 'preconditionFailure' for a broken invariant of ours."
        ),
    ]

    /// Words that do not occur in code or string literals.
    static let anywhere = [
        BannedWord(word: ".build", advice: "The build folder is not there when the binary runs. Embed the file.")
    ]
}
