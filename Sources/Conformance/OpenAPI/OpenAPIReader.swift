internal import HTTPTypes
internal import OpenRouterAPI
internal import YAMLDocuments

/// Reads the paths of an OpenAPI document.
struct OpenAPIReader {
    let source: YAMLDocument
    private(set) var schemas: SchemaLibrary

    init(_ source: YAMLDocument) {
        self.source = source
        schemas = SchemaLibrary(of: source)
    }

    /// A part of the document with its place.
    private struct Part {
        var value: JSONValue
        var pointer: JSONPointer

        subscript(name: String) -> Part? {
            value[name].map { Part(value: $0, pointer: pointer.appending(name)) }
        }

        var members: [(key: String, value: Part)] {
            value.members.map { ($0.key, Part(value: $0.value, pointer: pointer.appending($0.key))) }
        }

        var elements: [Part] {
            value.elements.enumerated().map { Part(value: $0.element, pointer: pointer.appending($0.offset)) }
        }
    }

    private static let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]

    mutating func operations() throws(YAMLDocumentError) -> [OpenAPIOperation] {
        let root = Part(value: source.json.root, pointer: JSONPointer())
        guard let paths = root["paths"], paths.value.kind == .object else {
            throw source.error(
                at: JSONPointer(components: ["paths"]),
                "'paths' is missing; expected an object of paths"
            )
        }
        var operations: [OpenAPIOperation] = []
        for (path, item) in paths.members where path.hasPrefix("/") {
            let item = try resolve(item)
            for (name, operation) in item.members where Self.methods.contains(name) {
                operations.append(try self.operation(name, path, operation, shared: item["parameters"]))
            }
        }
        guard !operations.isEmpty else {
            throw source.error(at: paths.pointer, "no operation is declared here; expected paths such as '/models'")
        }
        return operations
    }

    private mutating func operation(
        _ method: String,
        _ path: String,
        _ part: Part,
        shared: Part?
    ) throws(YAMLDocumentError) -> OpenAPIOperation {
        guard let method = HTTPRequest.Method(method.uppercased()), part.value.kind == .object else {
            throw source.error(at: part.pointer, "expected an operation, an object")
        }
        var operation = OpenAPIOperation(method: method, path: path, pointer: part.pointer)
        operation.identifier = part["operationId"]?.value.string
        for parameter in (shared?.elements ?? []) + (part["parameters"]?.elements ?? []) {
            operation.parameters.append(try self.parameter(try resolve(parameter)))
        }
        if let body = part["requestBody"] {
            operation.requestBodies = try bodies(of: try resolve(body))
        }
        guard let responses = part["responses"], responses.value.kind == .object else {
            throw source.error(at: part.pointer, "'responses' is missing; expected an object of statuses")
        }
        for (status, response) in responses.members {
            operation.responses[status] = try bodies(of: try resolve(response))
        }
        return operation
    }

    private mutating func parameter(_ part: Part) throws(YAMLDocumentError) -> OpenAPIParameter {
        guard let name = part["name"]?.value.string else {
            throw source.error(at: part.pointer, "'name' is missing; expected a parameter with a name")
        }
        guard let location = part["in"]?.value.string.flatMap({ OpenAPIParameter.Location(rawValue: $0) }) else {
            let found = part["in"]?.value.excerpt ?? "missing"
            throw source.error(
                at: part.pointer.appending("in"),
                "'in' is \(found); expected path, query, header or cookie"
            )
        }
        return OpenAPIParameter(
            name: name,
            location: location,
            isRequired: part["required"]?.value.bool ?? false,
            schema: try schema(of: part),
            example: part["example"]?.value ?? part["schema"]?["example"]?.value
        )
    }

    private mutating func bodies(of part: Part) throws(YAMLDocumentError) -> [OpenAPIMedia] {
        var bodies: [OpenAPIMedia] = []
        for (type, media) in part["content"]?.members ?? [] {
            let examples = media["examples"]?.members.compactMap { $0.value["value"]?.value }
            bodies.append(
                OpenAPIMedia(
                    type: type,
                    pointer: media.pointer,
                    schema: try schema(of: media),
                    example: media["example"]?.value ?? examples?.first,
                    sentinel: media["x-speakeasy-sse-sentinel"]?.value.string
                )
            )
        }
        return bodies
    }

    private mutating func schema(of part: Part) throws(YAMLDocumentError) -> SchemaID? {
        guard let schema = part["schema"] else { return nil }
        return try schemas.schema(at: schema.pointer, schema.value)
    }

    /// Follows a reference that stands for a path item, a parameter, a body or a response.
    private func resolve(_ part: Part) throws(YAMLDocumentError) -> Part {
        guard let text = part["$ref"]?.value.string else { return part }
        guard text.hasPrefix("#"), let pointer = try? JSONPointer(text.dropFirst()),
            let value = schemas.value(at: pointer), value["$ref"] == nil
        else {
            throw source.error(
                at: part.pointer.appending("$ref"),
                "'$ref' is \(JSON.string(text)); expected a reference to something in this document"
            )
        }
        return Part(value: value, pointer: pointer)
    }
}
