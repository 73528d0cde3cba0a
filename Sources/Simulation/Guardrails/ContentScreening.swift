internal import OpenRouterAPI

/// What the content filters of the guardrails have to say about a request.
struct ContentScreening: Sendable {
    /// Of the router metadata (schema `PipelineStage`); empty where nothing was found.
    let stages: [JSON]

    /// 403 where a filter blocks the request; nil where none does.
    let refusal: APIError?
}

extension ContentScreening {
    init(_ scanner: ContentScanner) {
        let found = scanner.filters.filter { !$0.found.isEmpty }
        var stages: [JSON] = []
        for filter in found {
            let stage = Self.stage(with: filter, of: found)
            if !stages.contains(stage) { stages.append(stage) }
        }
        self.stages = stages
        refusal = Self.refusal(found.filter { $0.action == .block })
    }

    /// The stage in which a filter took part, with all others of it: of one guardrail, one engine and one action.
    private static func stage(with filter: ContentScanner.Filter, of found: [ContentScanner.Filter]) -> JSON {
        let group = found.filter {
            $0.layer.guardrail.id == filter.layer.guardrail.id && $0.layer.scope == filter.layer.scope
                && $0.action == filter.action && $0.engine == filter.engine
                && $0.source.isPromptInjection == filter.source.isPromptInjection
        }
        let stage = filter.source.isPromptInjection ? injectionStage(group) : contentStage(group)
        var members: JSONObject = ["type": "guardrail", "name": .string(stage.name)]
        members.append("guardrail_id", .string(filter.layer.guardrail.id))
        members.append("guardrail_scope", .string(filter.layer.scope.rawValue))
        members.append("summary", .string(stage.summary))
        members.append("data", .object(stage.data))
        return .object(members)
    }

    private typealias Stage = (name: String, summary: String, data: JSONObject)

    /// As in the example of the guide "Guardrails", August 2026.
    private static func injectionStage(_ group: [ContentScanner.Filter]) -> Stage {
        let texts = group.texts
        let action = group[0].action.participle
        let count = "\(texts.count) pattern\(texts.count == 1 ? "" : "s") matched"
        return (
            "regex_pi_detection",
            "\(action.capitalized): prompt injection detected (\(count))",
            [
                "action": .string(action), "detected": true, "engines": ["regex"],
                "patterns": .array(texts.map { .string($0) }),
            ]
        )
    }

    /// As in the example of schema `PipelineStage`.
    private static func contentStage(_ group: [ContentScanner.Filter]) -> Stage {
        let types = group.map { $0.source.label ?? "CUSTOM" }.reduce(into: [String]()) { types, type in
            if !types.contains(type) { types.append(type) }
        }
        let action = group[0].action.participle
        let engine = group[0].engine
        return (
            "content-filter",
            "PII \(action) via \(engine == "regex" ? engine : engine.capitalized) (\(types.joined(separator: ", ")))",
            [
                "action": .string(action), "engines": [.string(engine)], "flagged": true,
                "matched_entity_types": .array(types.map { .string($0) }),
            ]
        )
    }

    /// The error of the first filter that blocks.
    private static func refusal(_ blocking: [ContentScanner.Filter]) -> APIError? {
        guard let first = blocking.first else { return nil }
        if first.source.isPromptInjection {
            return .injectionBlocked(patterns: blocking.filter(\.source.isPromptInjection).texts)
        }
        if let entity = first.source.recognizedEntity { return .entityBlocked(entity) }
        return .contentFilterBlocked(label: first.source.label ?? "BLOCKED")
    }
}

extension ContentScanner.Filter {
    /// Who finds it at OpenRouter.
    fileprivate var engine: String { source.recognizedEntity == nil ? "regex" : "presidio" }
}

extension [ContentScanner.Filter] {
    /// What they have found, each text once, long ones cut.
    fileprivate var texts: [String] {
        flatMap(\.found).reduce(into: []) { texts, text in
            let short = String(text.prefix(100))
            if !texts.contains(short) { texts.append(short) }
        }
    }
}

extension FilterAction {
    fileprivate var participle: String {
        switch self {
        case .flag: "flagged"
        case .redact: "redacted"
        case .block: "blocked"
        }
    }
}

extension String {
    /// With a large first letter.
    fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
