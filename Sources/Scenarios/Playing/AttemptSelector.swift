internal import OpenRouterAPI

/// Which of several tries a script is for: by name, or by position, since names depend on the model asked for.
package enum AttemptSelector: Sendable, Hashable {
    /// A provider's display name or slug, case aside; a model's slug, also with `*`.
    case named(String)
    /// Counts from 1.
    case position(Int)
    case last
    case allButLast
    case any
}

extension AttemptSelector {
    /// The words that are positions, in the order of the documentation.
    package static let positions = [
        "first", "second", "third", "fourth", "fifth", "last", "all-but-last", "any",
    ]

    /// A position's word, or else a name.
    package init(_ word: String) {
        switch word {
        case "last": self = .last
        case "all-but-last": self = .allButLast
        case "any": self = .any
        default:
            guard let index = Self.positions.prefix(5).firstIndex(of: word) else {
                self = .named(word)
                return
            }
            self = .position(index + 1)
        }
    }

    /// Whether a try is meant.
    ///
    /// - Parameters:
    ///   - names: what it is called.
    ///   - index: counts from 0.
    ///   - count: how many tries there can be.
    /// - Returns: whether it is.
    package func selects(_ names: [String], index: Int, of count: Int) -> Bool {
        switch self {
        case .named(let name):
            let glob = Glob(name.lowercased())
            return names.contains { glob.matches($0.lowercased()) }
        case .position(let position): return index == position - 1
        case .last: return index == count - 1
        case .allButLast: return index < count - 1
        case .any: return true
        }
    }

    /// A message for a word that is nearly a position, which as a name would silently never match.
    static func misspelledPosition(_ word: String) -> String? {
        guard !positions.contains(word), let meant = NearestWord.to(word, among: positions), word.count > 3 else {
            return nil
        }
        return "unknown position '\(word)'. Did you mean '\(meant)'? Valid: \(positions.joined(separator: ", ")), "
            + "or a name"
    }
}
