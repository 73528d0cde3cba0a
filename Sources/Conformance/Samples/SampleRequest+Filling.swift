internal import OpenRouterAPI

extension SampleRequest {
    /// The same with `{{name}}` replaced by its value; a name without a value is left.
    func filled(with values: [String: String]) -> SampleRequest {
        func fill(_ text: String) -> String {
            guard text.contains("{{") else { return text }
            return values.reduce(text) { $0.replacing("{{\($1.key)}}", with: $1.value) }
        }
        var copy = self
        copy.path = path.mapValues(fill)
        copy.query = query.map { ($0.name, fill($0.value)) }
        switch body {
        case .none: break
        case .json(let json): copy.body = .json(json.mapStrings(fill))
        case .form(let parts): copy.body = .form(parts.map { FormPart($0.name, fill($0.value), file: $0.file) })
        }
        return copy
    }
}

extension JSON {
    /// The same with every string value replaced; names stay.
    fileprivate func mapStrings(_ transform: (String) -> String) -> JSON {
        switch self {
        case .string(let text): .string(transform(text))
        case .array(let elements): .array(elements.map { $0.mapStrings(transform) })
        case .object(let object):
            .object(JSONObject(object.members.map { ($0.key, $0.value.mapStrings(transform)) }))
        case .integer, .number, .decimal, .bool, .null: self
        }
    }
}
