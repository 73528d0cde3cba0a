internal import HTTPTypes
internal import OpenRouterAPI
internal import YAMLDocuments

extension ScenarioReader {
    mutating func matcher(_ node: YAMLNode?) -> RequestMatcher {
        var matcher = RequestMatcher()
        guard let node else { return matcher }
        if let endpoint = node["endpoint"] {
            matcher.endpoints = 0
            for word in endpoint.elementsOrSelf.compactMap(\.string) {
                if word.hasPrefix("/") {
                    matcher.paths.append(Glob(String(EndpointTable.relative(word))))
                } else {
                    matcher.endpoints |= EndpointTable.bits(named: word) ?? 0
                }
            }
        }
        matcher.methods = (node["method"]?.elementsOrSelf ?? []).compactMap { node in
            node.string.flatMap { HTTPRequest.Method($0) }
        }
        matcher.models = (node["model"]?.elementsOrSelf ?? []).compactMap { $0.string.map { Glob($0) } }
        matcher.stream = node["stream"]?.bool
        matcher.lastMessage = node["last_message"].map { textMatcher($0) }
        for entry in node["headers"]?.entries ?? [] {
            guard let name = HTTPField.Name(entry.key) else { continue }
            matcher.fields.append(RequestMatcher.Field(name: name, matcher: textMatcher(entry.value)))
        }
        for entry in node["json"]?.entries ?? [] {
            guard let pointer = try? JSONPointer(entry.key) else { continue }
            matcher.values.append(RequestMatcher.Value(pointer: pointer, matcher: jsonMatcher(entry.value)))
        }
        matcher.calls = node["call"].flatMap { call in
            call.integer.map { CallRange(first: $0, last: $0) } ?? call.string.flatMap { CallRange($0) }
        }
        matcher.every = node["every"]?.integer
        matcher.chance = node["chance"]?.string.flatMap { TextFormat.chance($0) }
        return matcher
    }

    private mutating func textMatcher(_ node: YAMLNode) -> TextMatcher {
        guard node.scalar == nil else { return TextMatcher(exact: node.scalarText) }
        var matcher = partMatcher(node)
        matcher.exact = node["exact"]?.scalarText
        return matcher
    }

    private mutating func jsonMatcher(_ node: YAMLNode) -> JSONMatcher {
        guard case .mapping = node.content else { return JSONMatcher(exact: node.json) }
        return JSONMatcher(exact: node["exact"]?.json, text: partMatcher(node))
    }

    private mutating func partMatcher(_ node: YAMLNode) -> TextMatcher {
        let others = node.entries.filter { $0.key != "present" }
        if node["present"]?.bool == false, let other = others.first {
            fail(other.keyPosition, "nothing can be absent and have '\(other.key)'; leave one of them out")
        }
        return TextMatcher(
            contains: node["contains"]?.string,
            pattern: node["regex"]?.string.flatMap { try? ScenarioPattern($0) },
            isPresent: node["present"]?.bool
        )
    }
}
