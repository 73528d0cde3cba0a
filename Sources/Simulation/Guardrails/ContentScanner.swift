internal import OpenRouterAPI

/// Searches the texts of a request with the filters of all guardrails that count for it, and replaces what is to be
/// replaced.
struct ContentScanner {
    /// A filter of one of the guardrails.
    struct Filter {
        enum Source {
            case custom(ContentFilter)
            case builtin(BuiltinFilter)
        }

        let layer: GuardrailPolicy.Layer
        let source: Source
        let detector: ContentDetector
        let action: FilterAction
        /// What it has found, each text once.
        var found: [String] = []
    }

    private(set) var filters: [Filter]

    /// Whether a text was replaced.
    private(set) var hasRedacted = false

    init(_ policy: GuardrailPolicy) {
        filters = policy.layers.flatMap { layer in
            let custom = (layer.guardrail.contentFilters ?? []).compactMap { filter in
                ContentPattern.checked(filter.pattern).map {
                    Filter(layer: layer, source: .custom(filter), detector: .pattern($0), action: filter.action)
                }
            }
            let builtin = (layer.guardrail.builtinFilters ?? []).map {
                Filter(layer: layer, source: .builtin($0), detector: ContentDetector($0.kind), action: $0.action)
            }
            return custom + builtin
        }
    }

    /// A text that a filter has found.
    private struct Hit {
        let range: Range<String.Index>
        let filter: Int
    }

    /// - Parameters:
    ///   - text: a text of the request.
    ///   - isUser: whether it is a user's.
    /// - Returns: the text with placeholders for what is redacted.
    mutating func scan(_ text: String, isUser: Bool) -> String {
        guard !text.isEmpty else { return text }
        var hits: [Hit] = []
        for index in filters.indices where isUser || !filters[index].source.isForUsersOnly {
            hits += filters[index].detector.ranges(in: text).map { Hit(range: $0, filter: index) }
        }
        guard !hits.isEmpty else { return text }
        let all = hits
        // The strictest filter decides on a text that several have found.
        hits.removeAll { hit in
            all.contains { filters[$0.filter].action > filters[hit.filter].action && $0.range.overlaps(hit.range) }
        }
        for hit in hits {
            let found = String(text[hit.range])
            if !filters[hit.filter].found.contains(found) { filters[hit.filter].found.append(found) }
        }
        return redacted(text, hits.filter { filters[$0.filter].action == .redact })
    }

    private mutating func redacted(_ text: String, _ hits: [Hit]) -> String {
        guard !hits.isEmpty else { return text }
        hasRedacted = true
        var result = ""
        var end = text.startIndex
        // Of overlapping texts the first one, and of those the longest, names the placeholder.
        let ordered = hits.sorted {
            ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound)
        }
        for hit in ordered {
            if hit.range.lowerBound >= end {
                result += text[end..<hit.range.lowerBound] + filters[hit.filter].source.placeholder
            }
            end = max(end, hit.range.upperBound)
        }
        return result + text[end...]
    }
}

extension ContentScanner.Filter.Source {
    var isForUsersOnly: Bool {
        guard case .builtin(let filter) = self else { return false }
        return filter.kind == .promptInjection && filter.scanScope == .userOnly
    }

    var isPromptInjection: Bool {
        guard case .builtin(let filter) = self else { return false }
        return filter.kind == .promptInjection
    }

    /// What Presidio calls it; nil for what regular expressions find.
    var recognizedEntity: String? {
        guard case .builtin(let filter) = self else { return nil }
        return filter.kind.recognizedEntity
    }

    /// Without brackets; nil for a custom filter without one.
    var label: String? {
        switch self {
        case .builtin(let filter): return filter.kind.label
        case .custom(let filter):
            guard let label = filter.label, !label.isEmpty else { return nil }
            let isBracketed = label.count > 2 && label.hasPrefix("[") && label.hasSuffix("]")
            return isBracketed ? String(label.dropFirst().dropLast()) : label
        }
    }

    fileprivate var placeholder: String { "[\(label ?? "REDACTED")]" }
}
