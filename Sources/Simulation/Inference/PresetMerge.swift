internal import OpenRouterAPI

/// Puts a preset's settings under a request (reference: platform §1.10).
///
/// The merge is shallow: a member of the request counts as a whole, also when it is null, and the preset fills in what
/// is not there. Only tools are united. The preset's system prompt comes in where the request has none of its own; for
/// this OpenRouter's documentation has no rule, and it is what "parameters in the request take priority" suggests.
struct PresetMerge: Sendable {
    let settings: PresetSettings
    /// Of the request.
    let skin: RequestSkin

    /// - Parameters:
    ///   - body: the request as it was sent.
    ///   - reference: what in it names the preset.
    /// - Returns: the request without the reference, in the order in which it was sent, the preset's members last.
    func merged(_ body: JSONValue, _ reference: PresetReference) -> JSONObject {
        let inherited = settings.members(for: skin)
        var merged: JSONObject = [:]
        for member in body.members {
            switch member.key {
            case "preset":
                continue
            case "model" where reference.isInModel:
                merged.append("model", reference.model.map { .string($0) })
            case "tools" where member.value.kind == .array:
                merged.append("tools", .array(united(with: member.value.elements.map(ToolDeclaration.init))))
            default:
                merged.append(member.key, JSON(member.value))
            }
        }
        for member in inherited.members where merged[member.key] == nil {
            merged.append(member.key, member.value)
        }
        // `/messages` requires a model; the first of several is as good as one by itself.
        if merged["model"] == nil, case .array(let models) = merged["models"], let first = models.first {
            merged["model"] = first
            merged["models"] = models.count > 1 ? .array(Array(models.dropFirst())) : nil
        }
        if let systemPrompt = settings.systemPrompt, !skin.hasSystemPrompt(body) {
            skin.add(systemPrompt, to: &merged)
        }
        return merged
    }

    /// The preset's tools in its order, each replaced by the request's of the same identity, then the request's others.
    private func united(with own: [ToolDeclaration]) -> [JSON] {
        let inherited = settings.tools
        let kept = inherited.compactMap { tool in
            if let replacement = own.first(where: { $0.identity == tool.identity }) {
                JSON(replacement.value)
            } else {
                tool.json(from: settings.skin, for: skin)
            }
        }
        let known = Set(inherited.map(\.identity))
        return kept + own.filter { !known.contains($0.identity) }.map { JSON($0.value) }
    }
}
