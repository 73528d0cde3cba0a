internal import OpenRouterAPI

/// JSON Schema 2020-12, as OpenAPI 3.1 uses it.
extension ObjectShape {
    var schema: JSON {
        var object: JSONObject = [
            "type": "object",
            "properties": .object(JSONObject(members.map { ($0.name, $0.schema) })),
        ]
        let required = members.filter(\.isRequired).map { JSON.string($0.name) }
        if !required.isEmpty { object.append("required", .array(required)) }
        return .object(object)
    }
}

extension ObjectShape.Member {
    fileprivate var schema: JSON {
        isNullable ? ["anyOf": [shape.schema, ["type": "null"]]] : shape.schema
    }
}

extension ValueShape {
    var schema: JSON {
        switch self {
        case .string(let length):
            return .object(bounded("string", length, least: 0, greatest: .max, names: ("minLength", "maxLength")))
        case .secret:
            return ["type": "string", "minLength": 1]
        case .choice(let choices):
            return ["type": "string", "enum": .array(choices.map { .string($0) })]
        case .format(let form):
            return form.schema
        case .integer(let range):
            return .object(bounded("integer", range, least: .min, greatest: .max, names: ("minimum", "maximum")))
        case .number(let range):
            var schema: JSONObject = ["type": "number"]
            if range.lowerBound > -.greatestFiniteMagnitude { schema.append("minimum", .number(range.lowerBound)) }
            if range.upperBound < .greatestFiniteMagnitude { schema.append("maximum", .number(range.upperBound)) }
            return .object(schema)
        case .bool:
            return ["type": "boolean"]
        case .array(let element, let count):
            var schema = bounded("array", count, least: 0, greatest: .max, names: ("minItems", "maxItems"))
            schema.append("items", element.schema)
            return .object(schema)
        case .object(let shape):
            return shape.schema
        case .map(let element):
            return ["type": "object", "additionalProperties": element.schema]
        case .either(let shapes):
            return ["anyOf": .array(shapes.map(\.schema))]
        case .anything:
            return [:]
        }
    }

    private func bounded(
        _ type: String,
        _ range: ClosedRange<Int>,
        least: Int,
        greatest: Int,
        names: (least: String, greatest: String)
    ) -> JSONObject {
        var schema: JSONObject = ["type": .string(type)]
        if range.lowerBound > least { schema.append(names.least, .integer(range.lowerBound)) }
        if range.upperBound < greatest { schema.append(names.greatest, .integer(range.upperBound)) }
        return schema
    }
}

extension StringForm {
    fileprivate var schema: JSON {
        switch self {
        case .uuid, .utcTime, .date, .uri: ["type": "string", "format": .string(rawValue)]
        case .keyHash: ["type": "string", "pattern": "^[0-9a-f]{64}$"]
        case .sentryDSN:
            ["type": "string", "pattern": "^https:\\/\\/([^:@]+)(?::[^@]*)?@([^/]+)(?:\\/[^/]+)*\\/(\\d+)\\/?$"]
        case .snowflakeAccount:
            ["type": "string", "maxLength": 255, "pattern": "^[a-zA-Z0-9_]+(?:[.-][a-zA-Z0-9_]+)*$"]
        case .slug: ["type": "string", "pattern": "^[a-z0-9]+(?:-[a-z0-9]+)*$"]
        }
    }
}
