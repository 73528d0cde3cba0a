internal import Faults
package import OpenRouterAPI

/// The JSON Schema (2020-12) of scenario files, for editors: the reader's declarations in another form.
///
/// It is a little wider than the reader, which also looks at what several keys mean together.
package struct ScenarioSchema {
    /// Mappings that are referred to, by name.
    private var definitions = JSONObject()

    /// The whole document.
    package static let json: JSON = {
        var schema = ScenarioSchema()
        let root = schema.schema(of: .mapping(ScenarioLanguage.file))
        let definitions = schema.definitions.members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Scenario of openrouter-sim",
            "$ref": root["$ref"] ?? .null,
            "$defs": .object(JSONObject(definitions)),
        ]
    }()

    private mutating func schema(of shape: ValueShape) -> JSONObject {
        switch shape {
        case .text(let format): return format.schema
        case .scalarText: return ["type": ["string", "number", "boolean"]]
        case .bool: return ["type": "boolean"]
        case .integer(let range):
            var schema: JSONObject = ["type": "integer"]
            if range.lowerBound != Int.min { schema.append("minimum", .integer(range.lowerBound)) }
            if range.upperBound != Int.max { schema.append("maximum", .integer(range.upperBound)) }
            return schema
        case .choice(let words, _): return ["enum": .array(words.map { .string($0) })]
        case .nothing: return ["type": "null"]
        case .json: return [:]
        case .object: return ["type": "object"]
        case .mapping(let mapping): return reference(to: mapping)
        case .map(let keys, let value):
            return [
                "type": "object", "minProperties": 1, "propertyNames": .object(keys.schema),
                "additionalProperties": .object(schema(of: value)),
            ]
        case .list(let element):
            return ["type": "array", "minItems": 1, "items": .object(schema(of: element))]
        case .either(let shapes):
            guard shapes.count != 1 else { return schema(of: shapes[0]) }
            var branches: [JSON] = []
            for shape in shapes { branches.append(.object(schema(of: shape))) }
            return ["anyOf": .array(branches)]
        }
    }

    private mutating func reference(to mapping: MappingShape) -> JSONObject {
        let reference: JSONObject = ["$ref": .string("#/$defs/\(mapping.definition)")]
        guard definitions[mapping.definition] == nil else { return reference }
        definitions.append(mapping.definition, .null)
        var properties = JSONObject()
        for field in mapping.fields {
            var property: JSONObject = ["description": .string(field.summary)]
            property.append(contentsOf: schema(of: field.shape))
            properties.append(field.name, .object(property))
        }
        var definition: JSONObject = [
            "description": .string(mapping.summary), "type": "object", "additionalProperties": false,
        ]
        let required = mapping.fields.filter(\.isRequired).map { JSON.string($0.name) }
        if !required.isEmpty { definition.append("required", .array(required)) }
        if mapping.count != .any { definition.append("minProperties", 1) }
        if mapping.count == .one { definition.append("maxProperties", 1) }
        definition.append("properties", .object(properties))
        definitions[mapping.definition] = .object(definition)
        return reference
    }
}

extension TextFormat {
    /// As near as a schema comes to ``problems(in:)``.
    fileprivate var schema: JSONObject {
        switch self {
        case .plain, .template: ["type": "string"]
        case .state, .glob, .attempt, .modelAttempt: ["type": "string", "minLength": 1]
        case .name: ["type": "string", "pattern": "^[a-z0-9][a-z0-9_.-]{0,63}$"]
        case .endpoint:
            [
                "anyOf": [
                    ["enum": .array(EndpointTable.words.map { .string($0) })], ["type": "string", "pattern": "^/"],
                ]
            ]
        case .regex: ["type": "string", "format": "regex"]
        case .pointer: ["type": "string", "pattern": "^(/([^~]|~[01])*)?$"]
        case .calls: ["type": "string", "pattern": "^[1-9][0-9]*(\\.\\.([1-9][0-9]*)?)?$"]
        case .percent: ["type": "string", "pattern": "^[0-9]+(\\.[0-9]+)?%$"]
        case .duration: ["type": "string", "pattern": "^([0-9]*\\.?[0-9]+(us|ms|s|m|h|d))+$"]
        case .wholeSeconds: ["type": "string", "pattern": "^([0-9]*\\.?[0-9]+(us|ms|s|m|h|d))+$"]
        case .byteCount: ["type": "string", "pattern": "^[0-9]+(B|KiB|MiB)?$"]
        case .headerName: ["type": "string", "pattern": "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"]
        }
    }
}
