/// What does not count when requests are compared, and what counts in addition.
///
/// Kept in the cassette, so that recording and replay cannot disagree: whoever writes to a cassette or reads from it
/// makes its fingerprints by its rules. Rules are applied to redacted requests only.
package struct MatchingRules: Sendable, Hashable {
    /// Changes whenever the same rules would give a request another fingerprint.
    package static let version = 1

    /// Nothing is ignored, no field counts.
    package static let none = MatchingRules()

    /// Stands for the whole query in ``ignoredQuery``.
    package static let wholeQuery = "*"

    /// Places in JSON bodies that do not count, present or not.
    package private(set) var ignored: [RulePointer]

    /// What is taken for the same wherever it stands, in the order in which it is applied.
    package private(set) var normalizations: [Normalization]

    /// Header fields that count, in lower case.
    package private(set) var headers: [String]

    /// Query parameters that do not count, or ``wholeQuery``.
    package private(set) var ignoredQuery: [String]

    private init() {
        ignored = []
        normalizations = []
        headers = []
        ignoredQuery = []
    }

    /// Takes the texts of the options of the same names; the order matters for `normalize` only.
    ///
    /// - Throws: ``MatchingRulesError`` for the first text that is no rule.
    package init(
        ignore: [String] = [],
        normalize: [String] = [],
        headers: [String] = [],
        ignoreQuery: [String] = []
    ) throws(MatchingRulesError) {
        self.init()
        for text in ignore { ignored.append(try RulePointer(text)) }
        for text in normalize { normalizations.append(try Normalization(text)) }
        for text in headers { self.headers.append(try MatchedHeader.name(text)) }
        ignoredQuery = ignoreQuery
        tidy()
    }

    package var isEmpty: Bool {
        ignored.isEmpty && normalizations.isEmpty && headers.isEmpty && ignoredQuery.isEmpty
    }

    /// These rules and others.
    package func adding(_ other: MatchingRules) -> MatchingRules {
        var sum = self
        sum.ignored += other.ignored
        sum.normalizations += other.normalizations
        sum.headers += other.headers
        sum.ignoredQuery += other.ignoredQuery
        sum.tidy()
        return sum
    }

    /// One order and no doubles, so that equal rules are equal values.
    private mutating func tidy() {
        ignored = Set(ignored).sorted { $0.description < $1.description }
        headers = Set(headers).sorted()
        ignoredQuery = ignoredQuery.contains(Self.wholeQuery) ? [Self.wholeQuery] : Set(ignoredQuery).sorted()
        var seen: Set<Normalization> = []
        normalizations = normalizations.filter { seen.insert($0).inserted }
    }
}

extension MatchingRules: CustomStringConvertible {
    /// The options that make these rules, quoted for a POSIX shell; empty for none.
    package var options: String {
        let options =
            ignored.map { ("--ignore", $0.description) } + normalizations.map { ("--normalize", $0.text) }
            + headers.map { ("--match-header", $0) } + ignoredQuery.map { ("--ignore-query", $0) }
        return options.map { "\($0.0) \(ShellWord.quoted($0.1))" }.joined(separator: " ")
    }

    /// ``options``, or `no rules`.
    package var description: String { isEmpty ? "no rules" : options }
}
