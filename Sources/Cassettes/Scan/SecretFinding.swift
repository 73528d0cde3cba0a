package import OpenRouterAPI

/// A secret that a file holds.
package struct SecretFinding: Sendable, Hashable {
    package enum Place: Sendable, Hashable {
        /// In a recording of a cassette; `part` is such as `answer body /choices/0`.
        case interaction(Int64, part: String)
        /// In a text; both from 1, the column in characters.
        case line(Int, column: Int)
        /// In what deleted recordings left in a cassette; from 0.
        case deleted(byte: Int)
    }

    package let file: String
    package let place: Place
    /// What it is, such as `OpenRouter key`.
    package let kind: String
    /// Its first characters, where it has many, and its length.
    package let excerpt: String

    init(file: String, place: Place, kind: String, secret: [UInt8]) {
        self.file = file
        self.place = place
        self.kind = kind
        excerpt = Self.masked(secret)
    }

    /// A quarter at most, and nothing of what is no plain text.
    private static func masked(_ secret: [UInt8]) -> String {
        let start = secret.prefix(min(6, secret.count / 4)).prefix { (0x21...0x7E).contains($0) }
        return String(decoding: start, as: UTF8.self) + "… (\(secret.count) bytes)"
    }
}

extension SecretFinding: CustomStringConvertible {
    /// One line, as compilers write them where there is a line to name.
    package var description: String {
        switch place {
        case .interaction(let id, let part): "\(file): interaction \(id), \(part): \(kind), \(excerpt)"
        case .line(let line, let column): "\(file):\(line):\(column): \(kind), \(excerpt)"
        case .deleted(let byte): "\(file): deleted data at byte \(byte): \(kind), \(excerpt)"
        }
    }

    package var json: JSON {
        let place: JSON =
            switch place {
            case .interaction(let id, let part): ["interaction": .integer(Int(id)), "part": .string(part)]
            case .line(let line, let column): ["line": .integer(line), "column": .integer(column)]
            case .deleted(let byte): ["deleted_byte": .integer(byte)]
            }
        return ["file": .string(file), "place": place, "kind": .string(kind), "excerpt": .string(excerpt)]
    }
}
