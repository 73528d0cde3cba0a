internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// What templates are filled in from.
struct TemplateContext {
    let facts: RequestFacts
    /// Which matching call it is, from 1.
    let call: Int
    var generator: SeededGenerator

    mutating func fill(_ text: String) -> String {
        guard text.contains("{{") else { return text }
        var filled = ""
        for piece in Template(text).pieces {
            switch piece {
            case .literal(let literal): filled += literal
            case .variable(let variable): filled += value(of: variable)
            }
        }
        return filled
    }

    mutating func fill(_ text: String?) -> String? {
        text.map { fill($0) }
    }

    /// Fills in all strings of a value; names of members stay.
    mutating func fill(_ json: JSON) -> JSON {
        switch json {
        case .string(let text): return .string(fill(text))
        case .array(let elements):
            var filled: [JSON] = []
            for element in elements { filled.append(fill(element)) }
            return .array(filled)
        case .object(let object): return .object(fill(object))
        default: return json
        }
    }

    mutating func fill(_ object: JSONObject) -> JSONObject {
        var filled = JSONObject()
        for member in object.members { filled.append(member.key, fill(member.value)) }
        return filled
    }

    private mutating func value(of variable: Template.Variable) -> String {
        let request = facts.request
        switch variable {
        case .model: return facts.model ?? ""
        case .lastMessage: return facts.lastMessage ?? ""
        case .method: return request.method.rawValue
        case .path: return request.path
        case .json(let pointer):
            guard let value = request.json?.at(pointer) else { return "" }
            return value.string ?? String(decoding: value.raw, as: UTF8.self)
        case .header(let name): return HTTPField.Name(name).flatMap { request.fields[$0] } ?? ""
        case .seededUUID: return generator.uuid()
        case .call: return "\(call)"
        case .unixSeconds: return "\(request.milliseconds / 1000)"
        case .unixMilliseconds: return "\(request.milliseconds)"
        case .nextMinute: return "\((request.milliseconds / 60_000 + 1) * 60_000)"
        case .nextMidnight: return "\((request.milliseconds / 86_400_000 + 1) * 86_400_000)"
        }
    }
}
