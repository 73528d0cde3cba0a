internal import OpenRouterAPI
internal import Tapes
internal import YAMLDocuments

extension ScenarioReader {
    /// The steps of a list, or the single one.
    mutating func steps(_ node: YAMLNode) -> [ScriptStep] {
        var steps: [ScriptStep] = []
        for element in node.elementsOrSelf {
            guard let entry = element.entries.first else { continue }
            guard let step = step(entry.key, entry.value) else { continue }
            if let problem = Self.problem(of: step, named: entry.key, after: steps) { fail(entry.keyPosition, problem) }
            steps.append(step)
        }
        return steps
    }

    /// - Returns: why a step cannot come after others, or nil.
    private static func problem(of step: ScriptStep, named name: String, after steps: [ScriptStep]) -> String? {
        if steps.contains(where: { if case .cut = $0 { true } else { false } }) {
            return "'\(name)' comes after a cut, which is the end of everything; move it before the cut"
        }
        let isWords: Bool
        switch step {
        case .reasoning, .text, .refusal, .toolCall, .error, .usage, .finish: isWords = true
        case .comment, .pause, .data, .raw, .cut: isWords = false
        }
        guard isWords else { return nil }
        if steps.contains(where: { if case .error = $0 { true } else { false } }) {
            return "'\(name)' comes after an error, after which a provider says no more; expected comment, pause, "
                + "data, raw or cut"
        }
        if case .usage = step { return nil }
        if steps.contains(where: { if case .finish = $0 { true } else { false } }) {
            return "'\(name)' comes after 'finish', which ends the answer; move it before it"
        }
        return nil
    }

    /// Nil for what is no step or has not the shape of one.
    mutating func step(_ name: String, _ node: YAMLNode) -> ScriptStep? {
        switch name {
        case "comment": return comment(node)
        case "reasoning": return text(node).map { .reasoning($0) }
        case "text": return text(node).map { .text($0) }
        case "refusal": return text(node).map { .refusal($0) }
        case "tool_call":
            guard let name = node["name"]?.string else { return nil }
            if let arguments = node["arguments"] { checkTemplates(arguments) }
            return .toolCall(id: node["id"]?.string, name: name, arguments: node["arguments"]?.json ?? .object([:]))
        case "pause": return node.duration.map { .pause($0) }
        case "error": return .error(error(node))
        case "usage": return usage(node)
        case "finish": return node.string.map { .finish(reason: $0) }
        case "data":
            if node.string == nil { checkTemplates(node) }
            return .data(node.string ?? node.json.text)
        case "raw": return node.string.map { .raw($0) }
        case "cut": return node.string.flatMap { Ending(rawValue: $0) }.map { .cut($0) }
        default: return nil
        }
    }

    private func comment(_ node: YAMLNode) -> ScriptStep {
        let text = node.string ?? node["text"]?.string
        let count = node.integer ?? node["count"]?.integer ?? 1
        // What is out of range was told; here it would only cost time.
        return .comment(text: text, count: min(max(count, 1), 10_000), every: node["every"]?.duration ?? .zero)
    }

    private mutating func text(_ node: YAMLNode) -> ScriptedText? {
        guard let value = node.string ?? node["value"]?.string else { return nil }
        let text = ScriptedText(
            value,
            chunk: node["chunk"]?.string.flatMap { ScriptedText.Chunking(rawValue: $0) } ?? .tokens,
            every: node["every"]?.duration ?? .zero,
            jitter: node["jitter"]?.duration ?? .zero
        )
        if let jitter = node["jitter"], text.jitter > text.every {
            fail(
                jitter.position,
                "the jitter is longer than 'every', \(text.every.text), so that a gap would be negative; "
                    + "expected at most that"
            )
        }
        return text
    }

    private mutating func usage(_ node: YAMLNode) -> ScriptStep {
        for (part, whole) in [("reasoning_tokens", "completion_tokens"), ("cached_tokens", "prompt_tokens")] {
            guard let least = node[part]?.integer, let most = node[whole]?.integer, least > most,
                let place = node[part]?.position
            else { continue }
            fail(place, "'\(part)' are a part of '\(whole)', which are \(most); expected at most that")
        }
        return .usage(
            promptTokens: node["prompt_tokens"]?.integer,
            completionTokens: node["completion_tokens"]?.integer,
            reasoningTokens: node["reasoning_tokens"]?.integer,
            cachedTokens: node["cached_tokens"]?.integer
        )
    }
}
