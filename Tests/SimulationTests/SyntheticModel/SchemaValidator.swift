internal import OpenRouterAPI

/// A small validator of JSON Schema for the tests of schema instances, written without a look at how they are made.
///
/// It takes the keywords one by one as draft 2020-12 defines them and uses the standard library's regular
/// expressions, so that the generator's own parser is not asked about its own output.
struct SchemaValidator {
    let root: JSONValue

    /// What is wrong with `instance`, empty when it is valid.
    func errors(in instance: JSONValue, schema: JSONValue, at path: String = "#") -> [String] {
        if let bool = schema.bool { return bool ? [] : ["\(path): false schema"] }
        if schema["nullable"]?.bool == true, instance.isNull { return [] }
        var errors: [String] = []
        func check(_ isValid: Bool, _ keyword: String) {
            if !isValid {
                errors.append("\(path): \(keyword) against \(String(decoding: instance.raw, as: UTF8.self))")
            }
        }
        for (keyword, value) in schema.members {
            switch keyword {
            case "type":
                let names = value.string.map { [$0] } ?? value.elements.compactMap(\.string)
                check(
                    names.contains(instance.typeName) || (names.contains("number") && instance.typeName == "integer"),
                    keyword
                )
            case "const": check(instance.isCanonicallyEqual(to: value), keyword)
            case "enum": check(value.elements.contains { $0.isCanonicallyEqual(to: instance) }, keyword)
            case "$ref":
                let pointer = try? JSONPointer(value.string?.dropFirst().description ?? "")
                guard let target = pointer.flatMap({ root.at($0) }) else { return ["\(path): unresolved \(value)"] }
                errors += self.errors(in: instance, schema: target, at: path)
            case "allOf": errors += value.elements.flatMap { self.errors(in: instance, schema: $0, at: path) }
            case "anyOf": check(value.elements.contains { isValid(instance, $0) }, keyword)
            case "oneOf": check(value.elements.count { isValid(instance, $0) } == 1, keyword)
            case "not": check(!isValid(instance, value), keyword)
            default: break
            }
        }
        switch instance.kind {
        case .object: errors += objectErrors(instance, schema, path)
        case .array: errors += arrayErrors(instance, schema, path)
        case .string: errors += stringErrors(instance.string ?? "", schema, path)
        case .number: errors += numberErrors(instance.double ?? .nan, schema, path)
        case .bool, .null: break
        }
        return errors
    }

    private func isValid(_ instance: JSONValue, _ schema: JSONValue) -> Bool {
        errors(in: instance, schema: schema).isEmpty
    }

    private func objectErrors(_ instance: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
        var errors: [String] = []
        let names = instance.members.map(\.key)
        if Set(names).count != names.count { errors.append("\(path): duplicate names") }
        for name in schema["required"]?.elements.compactMap(\.string) ?? [] where instance[name] == nil {
            errors.append("\(path): \(name) is missing")
        }
        if let minimum = schema["minProperties"]?.int, names.count < minimum { errors.append("\(path): minProperties") }
        if let maximum = schema["maxProperties"]?.int, names.count > maximum { errors.append("\(path): maxProperties") }
        for (name, value) in instance.members {
            var isKnown = false
            if let property = schema["properties"]?[name] {
                isKnown = true
                errors += self.errors(in: value, schema: property, at: "\(path)/\(name)")
            }
            for (pattern, property) in schema["patternProperties"].map({ Array($0.members) }) ?? []
            where Self.matches(name, pattern) {
                isKnown = true
                errors += self.errors(in: value, schema: property, at: "\(path)/\(name)")
            }
            if !isKnown, let additional = schema["additionalProperties"] {
                errors += self.errors(in: value, schema: additional, at: "\(path)/\(name)")
            }
        }
        return errors
    }

    private func arrayErrors(_ instance: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
        var errors: [String] = []
        if let minimum = schema["minItems"]?.int, instance.count < minimum { errors.append("\(path): minItems") }
        if let maximum = schema["maxItems"]?.int, instance.count > maximum { errors.append("\(path): maxItems") }
        let tuple = schema["prefixItems"] ?? (schema["items"]?.kind == .array ? schema["items"] : nil)
        let rest = schema["items"]?.kind == .array ? schema["additionalItems"] : schema["items"]
        let elements = Array(instance.elements)
        for (index, element) in elements.enumerated() {
            if let schema = tuple?[index] ?? (index < tuple?.count ?? 0 ? nil : rest) {
                errors += self.errors(in: element, schema: schema, at: "\(path)/\(index)")
            }
            if schema["uniqueItems"]?.bool == true {
                for other in elements[..<index] where other.isCanonicallyEqual(to: element) {
                    errors.append("\(path): item \(index) is a duplicate")
                }
            }
        }
        return errors
    }

    private func stringErrors(_ text: String, _ schema: JSONValue, _ path: String) -> [String] {
        var errors: [String] = []
        let length = text.unicodeScalars.count
        if let minimum = schema["minLength"]?.int, length < minimum { errors.append("\(path): minLength of \(text)") }
        if let maximum = schema["maxLength"]?.int, length > maximum { errors.append("\(path): maxLength of \(text)") }
        if let pattern = schema["pattern"]?.string, !Self.matches(text, pattern) {
            errors.append("\(path): pattern of \(text)")
        }
        if let format = schema["format"]?.string, let pattern = Self.formats[format], !Self.matches(text, pattern) {
            errors.append("\(path): format \(format) of \(text)")
        }
        return errors
    }

    private func numberErrors(_ number: Double, _ schema: JSONValue, _ path: String) -> [String] {
        var errors: [String] = []
        func check(_ keyword: String, _ isValid: (Double) -> Bool) {
            if let bound = schema[keyword]?.double, !isValid(bound) {
                errors.append("\(path): \(keyword) of \(number)")
            }
        }
        check("minimum") { schema["exclusiveMinimum"]?.bool == true ? number > $0 : number >= $0 }
        check("maximum") { schema["exclusiveMaximum"]?.bool == true ? number < $0 : number <= $0 }
        check("exclusiveMinimum") { number > $0 }
        check("exclusiveMaximum") { number < $0 }
        check("multipleOf") { abs((number / $0).rounded() * $0 - number) < 1e-9 * max(1, abs(number)) }
        return errors
    }

    static func matches(_ text: String, _ pattern: String) -> Bool {
        guard let regex = try? Regex(pattern).matchingSemantics(.unicodeScalar) else { return false }
        return text.firstMatch(of: regex) != nil
    }

    private static let formats = [
        "date": #"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"#,
        "time": #"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]\d\d:\d\d)$"#,
        "date-time": #"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-]\d\d:\d\d)$"#,
        "duration": #"^P(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?$"#,
        "email": #"^[a-z0-9.]+@[a-z0-9.]+\.[a-z]+$"#,
        "uri": #"^https://[a-z.]+(/[a-z]*)*$"#,
        "uuid": #"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"#,
        "ipv4": #"^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$"#,
        "ipv6": #"^2001:db8::[0-9a-f]{1,4}$"#,
        "hostname": #"^[a-z0-9-]+(\.[a-z0-9-]+)*$"#,
    ]
}
