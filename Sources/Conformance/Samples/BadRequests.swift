internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// Requests that an operation ought to refuse, made from the document: something missing, of a wrong type, out of
/// range, unknown, or asked in a wrong way.
struct BadRequests {
    let specification: OpenAPIDocument
    let operation: OpenAPIOperation
    /// A request that is right.
    let sample: SampleRequest

    /// One request, and what is wrong with it.
    struct Request {
        var fault: String
        var sample: SampleRequest
        var method: HTTPRequest.Method
    }

    var all: [Request] {
        body + query + path + methods
    }

    // MARK: - Kinds of faults

    private var body: [Request] {
        guard case .json(.object(let members)) = sample.body,
            let schema = operation.requestBodies.first?.schema
        else { return [] }
        let properties = specification.schemas.members(of: schema)
        let missing = properties.required.filter { members[$0] != nil }.map { name in
            var members = members
            members[name] = nil
            return request("without \(name)", body: members)
        }
        let wrong = properties.byName.flatMap { name, schema in
            wrongValues(for: schema).map { value in
                var members = members
                members[name] = value
                return request("\(name) is \(value)", body: members)
            }
        }
        return missing + wrong
    }

    private var query: [Request] {
        operation.parameters.filter { $0.location == .query }.flatMap { parameter -> [Request] in
            let validator = SchemaValidator(specification.schemas)
            let wrong = ["nope", "-1", "1000000000", ""].filter { text in
                guard let schema = parameter.schema else { return false }
                let readings = [JSON.string(text).parsed, try? JSONDocument(parsing: text.utf8).root]
                return !readings.compactMap(\.self).contains { validator.isValid($0, by: schema) }
            }
            let values: [String?] = wrong + (parameter.isRequired ? [nil] : [])
            return values.map { value in
                var sample = sample
                sample.query.removeAll { $0.name == parameter.name }
                if let value { sample.query.append((parameter.name, value)) }
                let fault = value.map { "\(parameter.name) is '\($0)'" } ?? "without \(parameter.name)"
                return Request(fault: fault, sample: sample, method: operation.method)
            }
        }
    }

    private var path: [Request] {
        sample.path.keys.sorted().flatMap { name in
            ["nope", "00000000-0000-4000-8000-000000000000", "%", "é/…"].map { value in
                var sample = sample
                sample.path[name] = value
                return Request(fault: "\(name) is '\(value)'", sample: sample, method: operation.method)
            }
        }
    }

    private var methods: [Request] {
        let declared = Set(specification.operations.filter { $0.path == operation.path }.map(\.method))
        return [.get, .post, .put, .patch, .delete].filter { !declared.contains($0) }.map {
            Request(fault: "method \($0.rawValue)", sample: sample, method: $0)
        }
    }

    // MARK: - Values

    private func request(_ fault: String, body: JSONObject) -> Request {
        var sample = sample
        sample.body = .json(.object(body))
        return Request(fault: fault, sample: sample, method: operation.method)
    }

    /// A value of each type, and some at the borders of ranges.
    private static let values: [JSON] = [
        "nope", -1, 1_000_000_000_000, 0.5, true, [:], [], "", .string(String(repeating: "x", count: 100_000)), [[:]],
    ]

    /// The values that a schema does not allow.
    private func wrongValues(for schema: SchemaID) -> [JSON] {
        let validator = SchemaValidator(specification.schemas)
        return Self.values.filter { value in value.parsed.map { !validator.isValid($0, by: schema) } ?? false }
    }
}

extension SchemaLibrary {
    /// The members that an object's schema names, its references and parts followed.
    fileprivate func members(of id: SchemaID) -> (byName: [(String, SchemaID)], required: [String]) {
        let schema = self[id]
        if let reference = schema.reference { return members(of: reference) }
        var byName = schema.propertyNames.compactMap { name in schema.properties[name].map { (name, $0) } }
        var required = schema.required
        for part in schema.allOf {
            let more = members(of: part)
            byName += more.byName
            required += more.required
        }
        return (byName, required)
    }
}
