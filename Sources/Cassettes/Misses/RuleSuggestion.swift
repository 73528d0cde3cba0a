internal import NIOCore
internal import OpenRouterAPI
internal import Tapes

/// Rules by which a recording would answer a request.
enum RuleSuggestion {
    /// With more differences than this, it is another request.
    private static let differenceLimit = 10

    /// Members that a request is about: to ignore them would play an answer to another question.
    private static let substance: Set<String> = [
        "content", "contents", "documents", "function", "input", "instructions", "model", "models", "prompt", "query",
        "role", "stream", "system", "text", "tool_choice", "tools", "type",
    ]

    /// What to add to a cassette's rules, or nil if a rule is no cure.
    ///
    /// Both requests redacted. Checked: with these rules the two have one fingerprint.
    static func rules(from recorded: MissSubject, to requested: MissSubject, rules: MatchingRules) -> MatchingRules? {
        var (ignored, normalized, query) = ([String](), [String](), [String]())
        let (old, new) = (recorded.request, requested.request)
        guard old.method == new.method else { return nil }
        if rules.normalized(old.target.path) != rules.normalized(new.target.path) {
            guard let pattern = pattern(from: old.target.path, to: new.target.path) else { return nil }
            normalized.append(pattern)
        }
        let names = Set((rules.items(of: old.target) + rules.items(of: new.target)).map(\.name))
        for name in names.sorted() {
            let values = [old, new].map { request in
                rules.items(of: request.target).filter { $0.name == name }.map(\.value).joined(separator: "&")
            }
            if values[0] == values[1] { continue }
            if let pattern = pattern(from: values[0], to: values[1]) {
                normalized.append(pattern)
            } else {
                query.append(name)
            }
        }
        let limit = differenceLimit + 1
        let differences = rules.differences(from: recorded.document, to: requested.document, limit: limit) ?? []
        guard differences.count <= differenceLimit else { return nil }
        for difference in differences {
            if let pattern = pattern(for: difference) {
                normalized.append(pattern)
            } else if let pointer = pointer(for: difference) {
                ignored.append(pointer)
            } else {
                return nil
            }
        }
        guard let added = try? MatchingRules(ignore: ignored, normalize: normalized, ignoreQuery: query), !added.isEmpty
        else { return nil }
        let all = rules.adding(added)
        return Fingerprint(redacted: old, rules: all) == Fingerprint(redacted: new, rules: all) ? added : nil
    }

    private static func pattern(for difference: JSONDifference) -> String? {
        guard case .changed(let from, let to) = difference.change else { return nil }
        if let from = from.string, let to = to.string { return pattern(from: from, to: to) }
        if let from = from.numberText, let to = to.numberText { return pattern(from: from, to: to, isWhole: true) }
        return nil
    }

    /// The built-in pattern that makes two texts one; of two numbers, only where it is all of them.
    private static func pattern(from: String, to: String, isWhole: Bool = false) -> String? {
        NamedPattern.allCases.map(\.rawValue).first { name in
            guard let normalization = try? Normalization(name) else { return false }
            let texts = [from, to].map { normalization.replacing(in: Array($0.utf8)) }
            return texts[0] != nil && texts[0] == texts[1]
                && (!isWhole || texts[0] == Array(normalization.placeholder.utf8))
        }
    }

    /// The place with every element's number as `*`, or nil where the substance of a request begins.
    private static func pointer(for difference: JSONDifference) -> String? {
        let components = difference.pointer.components
        guard let last = components.last, Int(last) == nil, !substance.contains(last),
            !["messages", "input"].contains(last)
        else { return nil }
        return JSONPointer(components: components.map { Int($0) == nil ? $0 : "*" }).description
    }
}
