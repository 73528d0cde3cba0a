internal import OpenRouterAPI

/// The attributes of a span or resource in OTLP/JSON (OpenTelemetry protocol, `KeyValue`): what is nil is left out.
struct TraceAttributes: Sendable {
    private(set) var json: [JSON] = []

    mutating func add(_ key: String, _ text: String?) {
        guard let text else { return }
        append(key, ["stringValue": .string(text)])
    }

    /// Integers of 64 bits are strings (OTLP specification, "JSON Protobuf Encoding").
    mutating func add(_ key: String, _ integer: Int?) {
        guard let integer else { return }
        append(key, ["intValue": .string(String(integer))])
    }

    mutating func add(_ key: String, _ number: Double?) {
        guard let number else { return }
        append(key, ["doubleValue": .number(number)])
    }

    mutating func add(_ key: String, _ isTrue: Bool?) {
        guard let isTrue else { return }
        append(key, ["boolValue": .bool(isTrue)])
    }

    /// Adds a value by its kind; arrays and objects as their JSON text, null not at all.
    mutating func add(_ key: String, json: JSON?) {
        switch json {
        case .string(let text): add(key, text)
        case .integer(let integer): add(key, integer)
        case .number(let number): add(key, number)
        case .decimal(let text): add(key, Double(text))
        case .bool(let isTrue): add(key, isTrue)
        case .array, .object: add(key, json?.text)
        case .null, nil: break
        }
    }

    private mutating func append(_ key: String, _ value: JSON) {
        json.append(["key": .string(key), "value": value])
    }
}
