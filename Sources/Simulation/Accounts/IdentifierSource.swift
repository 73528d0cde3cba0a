internal import Crypto
internal import Tapes

/// Makes the ids, keys and codes of what is created in a world: in the same order, the same ones.
struct IdentifierSource: Sendable, Codable {
    private let origin: String
    private var count = 0

    /// - Parameter origin: names the world and its seed.
    init(origin: String) {
        self.origin = origin
    }

    /// A generator for one new thing.
    private mutating func next() -> SeededGenerator {
        count += 1
        return SeededGenerator(seed: SHA256.hash(data: Array("identifier \(origin) \(count)".utf8)))
    }

    mutating func uuid() -> String {
        var generator = next()
        return generator.uuid()
    }

    /// Letters and digits, as in `auth_code_…`.
    mutating func alphanumeric(_ length: Int) -> String {
        var generator = next()
        return generator.alphanumeric(length)
    }

    /// `sk-or-v1-` and 64 lower-case hexadecimal digits (reference: platform §3.8).
    mutating func key() -> String {
        var generator = next()
        return APIKey.prefix + generator.hexadecimal(64)
    }
}
