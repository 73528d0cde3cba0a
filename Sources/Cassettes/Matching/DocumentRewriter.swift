internal import OpenRouterAPI

/// Writes a document as rules see it.
struct DocumentRewriter {
    /// What becomes of an ignored place.
    enum Ignoring {
        /// It goes, so that it does not matter whether there is one.
        case removed
        /// It is null, so that every other place keeps its pointer.
        case blanked
    }

    private let rules: MatchingRules
    private let ignoring: Ignoring
    private var output: [UInt8] = []

    /// The document itself where no rule is about bodies.
    static func rewritten(_ document: JSONDocument, by rules: MatchingRules, _ ignoring: Ignoring) -> JSONDocument {
        guard !rules.ignored.isEmpty || !rules.normalizations.isEmpty else { return document }
        var rewriter = DocumentRewriter(rules: rules, ignoring: ignoring)
        rewriter.write(document.root, depth: 0, rules.ignored)
        // What was parsed and written again can be parsed.
        return (try? JSONDocument(parsing: rewriter.output)) ?? document
    }

    private init(rules: MatchingRules, ignoring: Ignoring) {
        self.rules = rules
        self.ignoring = ignoring
    }

    /// `pointers` are those that lead here and on.
    ///
    /// Recursion ends at the parser's depth limit.
    private mutating func write(_ value: JSONValue, depth: Int, _ pointers: [RulePointer]) {
        if pointers.isEmpty, rules.normalizations.isEmpty {
            output.append(contentsOf: value.raw)
            return
        }
        switch value.kind {
        case .object:
            output.append(UInt8(ascii: "{"))
            var isFirst = true
            for (name, member) in value.members {
                write(member, of: name, depth: depth, pointers, &isFirst) {
                    JSON.write(string: name, into: &$0)
                    $0.append(UInt8(ascii: ":"))
                }
            }
            output.append(UInt8(ascii: "}"))
        case .array:
            output.append(UInt8(ascii: "["))
            var isFirst = true
            for (position, element) in value.elements.enumerated() {
                write(element, of: String(position), depth: depth, pointers, &isFirst) { _ in }
            }
            output.append(UInt8(ascii: "]"))
        default:
            writeScalar(value)
        }
    }

    private mutating func write(
        _ child: JSONValue,
        of component: String,
        depth: Int,
        _ pointers: [RulePointer],
        _ isFirst: inout Bool,
        name: (inout [UInt8]) -> Void
    ) {
        let matching = pointers.filter { $0.matches(component, at: depth) }
        let isIgnored = matching.contains { $0.count == depth + 1 }
        if isIgnored, ignoring == .removed { return }
        if !isFirst { output.append(UInt8(ascii: ",")) }
        isFirst = false
        name(&output)
        if isIgnored {
            output.append(contentsOf: "null".utf8)
        } else {
            write(child, depth: depth + 1, matching)
        }
    }

    private mutating func writeScalar(_ value: JSONValue) {
        if let text = value.string, let normalized = rules.normalized(text.utf8) {
            JSON.write(string: String(decoding: normalized, as: UTF8.self), into: &output)
        } else if let number = value.numberText, let placeholder = rules.normalized(number: number) {
            JSON.write(string: placeholder, into: &output)
        } else {
            output.append(contentsOf: value.raw)
        }
    }
}
