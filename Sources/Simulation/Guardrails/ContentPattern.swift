internal import Synchronization

/// A regular expression that texts are searched with.
///
/// In the syntax of Swift's `Regex`, with the word boundaries, digits and word characters of JavaScript, whose
/// expressions OpenRouter takes (guide "Guardrails", August 2026).
final class ContentPattern: Sendable {
    /// Characters of a pattern at most (the same guide).
    static let longest = 100_000

    /// A `Regex` is not Sendable, since it may hold closures.
    private let regex: Mutex<Regex<AnyRegexOutput>>

    /// - Parameters:
    ///   - source: the expression.
    ///   - ignoresCase: whether large and small letters are the same.
    /// - Throws: whatever `Regex` finds wrong.
    init(_ source: String, ignoresCase: Bool = false) throws {
        // Not by scalars: with those, Swift 6.3 takes no digit for a part of a word at a simple boundary.
        let regex = try Regex(source)
            .wordBoundaryKind(.simple)
            .asciiOnlyDigits()
            .asciiOnlyWordCharacters()
            .ignoresCase(ignoresCase)
        self.regex = Mutex(regex)
    }

    /// A pattern of ours, which is known to be one.
    static func known(_ source: String, ignoresCase: Bool = false) -> ContentPattern {
        do {
            return try ContentPattern(source, ignoresCase: ignoresCase)
        } catch {
            preconditionFailure("\(source) is no regular expression: \(error)")
        }
    }

    /// Where it matches; matches of nothing are left out.
    func ranges(in text: String) -> [Range<String.Index>] {
        regex.withLock { regex in text.matches(of: regex).map(\.range).filter { !$0.isEmpty } }
    }
}

// MARK: - Patterns of clients

extension ContentPattern {
    /// The latest patterns of guardrails: making one costs far more than searching a message with it.
    private static let compiled = Mutex<[String: ContentPattern]>([:])

    private static let compiledLimit = 256

    /// The pattern of a guardrail; nil for one that has not been checked.
    static func checked(_ source: String) -> ContentPattern? {
        if let pattern = compiled.withLock({ $0[source] }) { return pattern }
        guard let pattern = try? ContentPattern(source) else { return nil }
        compiled.withLock { patterns in
            if patterns.count >= compiledLimit { patterns.removeAll() }
            patterns[source] = pattern
        }
        return pattern
    }

    /// - Throws: ``ContentPatternError`` for what is no regular expression, and for what OpenRouter does not take:
    ///   look-around, references to groups, and repetitions that may take for ever.
    static func check(_ source: String) throws(ContentPatternError) {
        try PatternSafety.check(source)
        do {
            _ = try ContentPattern(source)
        } catch {
            throw ContentPatternError(reason: "it is no regular expression: \(error)")
        }
    }
}

/// A pattern that guardrails do not take.
struct ContentPatternError: Error, Hashable {
    /// What is wrong with it: `it looks ahead`.
    var reason: String
}
