internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import YAMLDocuments

extension ScenarioReader {
    private static let wholeKeys = ["status", "headers", "body", "frames", "raw", "ending"]
    private static let stepKeys = ["text", "reasoning", "refusal", "tool_call"]

    mutating func response(_ node: YAMLNode) -> ScriptedResponse {
        let known = node.entries.filter { entry in
            ScenarioLanguage.response.fields.contains { $0.name == entry.key }
        }
        guard let first = known.first else { return .pass }
        let companions =
            switch first.key {
            case _ where Self.wholeKeys.contains(first.key): Self.wholeKeys
            case "providers", "models": ["providers", "models"]
            default: [first.key]
            }
        for other in known where !companions.contains(other.key) {
            let isStep = Self.stepKeys.contains(first.key) && Self.stepKeys.contains(other.key)
            fail(
                other.keyPosition,
                "'\(other.key)' cannot stand beside '\(first.key)'; "
                    + (isStep
                        ? "list both under 'steps', or write '- \(other.key):' for the next call"
                        : "write '- \(other.key):' for the response to the next call")
            )
        }
        switch first.key {
        case "error": return .error(error(first.value))
        case "steps": return .steps(steps(first.value))
        case "providers", "models":
            return .providers(
                known.flatMap { entry in
                    entry.key == "models" ? modelScripts(entry.value) : providerScripts(entry.value, model: .any)
                }
            )
        case _ where Self.stepKeys.contains(first.key):
            return .steps(step(first.key, first.value).map { [$0] } ?? [])
        default: return .whole(whole(node))
        }
    }

    private mutating func providerScripts(_ node: YAMLNode, model: AttemptSelector) -> [ProviderScript] {
        var scripts: [ProviderScript] = []
        for (index, entry) in node.entries.enumerated() {
            let provider = AttemptSelector(entry.key)
            if provider == .any, index + 1 < node.entries.count {
                warn(
                    node.entries[index + 1].keyPosition,
                    "'\(node.entries[index + 1].key)' is never reached: 'any' before it means every provider"
                )
            }
            scripts.append(ProviderScript(model: model, provider: provider, steps: steps(entry.value)))
        }
        return scripts
    }

    private mutating func modelScripts(_ node: YAMLNode) -> [ProviderScript] {
        var scripts: [ProviderScript] = []
        for entry in node.entries {
            let model = AttemptSelector(entry.key)
            if let providers = entry.value["providers"] {
                scripts += providerScripts(providers, model: model)
            } else {
                scripts.append(ProviderScript(model: model, provider: .any, steps: steps(entry.value)))
            }
        }
        return scripts
    }
}

// MARK: - Errors and whole answers

extension ScenarioReader {
    mutating func error(_ node: YAMLNode) -> ScriptedError {
        ScriptedError(
            status: node["status"]?.integer,
            type: node["type"]?.string.flatMap { ErrorType(rawValue: $0) },
            message: node["message"]?.string,
            code: node["code"]?.scalarText,
            raw: node["raw"].map { $0.string ?? $0.json.text },
            retryAfter: node["retry_after"]?.duration,
            metadata: node["metadata"]?.json.members ?? [:],
            availability: node["availability"]?.string.flatMap { Availability.Code(rawValue: $0) }
                .map { Availability($0, requestedModels: []) },
            isIn200: node["in_200"]?.bool ?? false,
            fields: fields(node["headers"])
        )
    }

    private mutating func fields(_ node: YAMLNode?) -> [ScriptedField] {
        var fields: [ScriptedField] = []
        for entry in node?.entries ?? [] {
            guard let value = entry.value.scalarText else { continue }
            for problem in Template.problems(in: value) { fail(entry.value.position, problem) }
            fields.append(ScriptedField(entry.key, value))
        }
        return fields
    }

    private mutating func whole(_ node: YAMLNode) -> WholeAnswer {
        let bodies = ["body", "frames", "raw"].compactMap { key in node.entries.first { $0.key == key } }
        for other in bodies.dropFirst() {
            fail(other.keyPosition, "'\(other.key)' cannot stand beside '\(bodies[0].key)': both are the body")
        }
        var answer = WholeAnswer(
            status: node["status"]?.integer ?? 200,
            fields: fields(node["headers"]),
            frames: [],
            ending: node["ending"]?.string.flatMap { Ending(rawValue: $0) } ?? .complete
        )
        if let raw = node["raw"] {
            for key in ["status", "headers"] {
                guard let entry = node.entries.first(where: { $0.key == key }) else { continue }
                fail(
                    entry.keyPosition,
                    "'\(key)' cannot stand beside 'raw', which holds the status line and the headers"
                )
            }
            answer.hasHead = false
            answer.frames = raw.string.map { $0.isEmpty ? [] : [Frame($0)] } ?? []
            return answer
        }
        var type: String?
        if let body = node["body"] {
            let text = body.string ?? body.json.text
            type = body.string == nil ? "application/json" : text.isEmpty ? nil : "text/plain; charset=utf-8"
            if body.string == nil { checkTemplates(body) }
            answer.frames = text.isEmpty ? [] : [Frame(text)]
        } else if let frames = node["frames"] {
            type = "text/event-stream"
            answer.frames = self.frames(frames)
        }
        if let type, !answer.fields.contains(where: { $0.name.lowercased() == "content-type" }) {
            answer.fields.insert(ScriptedField("Content-Type", type), at: 0)
        }
        return answer
    }

    /// Events, comments and bytes with the pauses before them.
    private mutating func frames(_ node: YAMLNode) -> [Frame] {
        var frames: [Frame] = []
        var gap = Duration.zero
        for element in node.elements {
            guard let entry = element.entries.first, let step = step(entry.key, entry.value) else { continue }
            switch step {
            case .pause(let pause): gap += pause
            case .data(let text):
                frames.append(Frame(gap: gap, EventText.event(text)))
                gap = .zero
            case .raw(let text):
                frames.append(Frame(gap: gap, text))
                gap = .zero
            case .comment(let text, let count, let every):
                for _ in 0..<count {
                    frames.append(Frame(gap: gap + every, EventText.comment(text)))
                    gap = .zero
                }
            default: continue
            }
        }
        if gap > .zero, let last = node.elements.last {
            fail(last.position, "nothing comes after this pause; expected a frame, or leave it out")
        }
        return frames
    }

    /// Tells of strings inside a value that are no templates.
    mutating func checkTemplates(_ node: YAMLNode) {
        for problem in node.string.map({ Template.problems(in: $0) }) ?? [] { fail(node.position, problem) }
        for element in node.elements { checkTemplates(element) }
        for entry in node.entries { checkTemplates(entry.value) }
    }
}
