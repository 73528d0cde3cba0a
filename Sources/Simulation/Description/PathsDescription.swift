internal import HTTPTypes
internal import OpenRouterAPI

/// The `paths` of an OpenAPI document in the making.
struct PathsDescription {
    private var paths: [String] = []
    private var items: [String: JSONObject] = [:]

    var json: JSON {
        .object(JSONObject(paths.map { ($0, .object(items[$0, default: [:]])) }))
    }

    /// - Parameters:
    ///   - operation: is put under each of its paths; under all but the first as deprecated.
    ///   - server: what its paths are below, where that is not what the document says.
    mutating func add(_ operation: Operation, server: String?) {
        for (index, pattern) in operation.paths.enumerated() {
            let segments = pattern.split(separator: "/").map { segment in
                segment.first == ":" ? "{\(segment.dropFirst())}" : String(segment)
            }
            let path = "/" + segments.joined(separator: "/")
            if items[path] == nil {
                paths.append(path)
                items[path] = server.map { ["servers": [["url": .string($0)]]] } ?? [:]
            }
            var members = operation.description(of: pattern)
            if index > 0 {
                members["operationId"] = .string("\(operation.id)Alias\(index)")
                members.append("deprecated", true)
            }
            items[path]?.append(operation.method.rawValue.lowercased(), .object(members))
        }
    }
}

extension Operation {
    /// The operation object, for one of its paths.
    fileprivate func description(of pattern: String) -> JSONObject {
        let parameters =
            pattern.split(separator: "/").filter { $0.first == ":" }.map { Self.pathParameter($0.dropFirst()) }
            + (query + reads.query).map(\.description)
        var members: JSONObject = [
            "operationId": .string(id),
            "tags": [.string(String(pattern.split(separator: "/").first ?? ""))],
            "description": .string(access.sentence),
            "security": security,
        ]
        if !parameters.isEmpty { members.append("parameters", .array(parameters)) }
        members.append("requestBody", requestBody)
        members.append(
            "responses",
            [
                String(status): ["description": "What was asked for."],
                "default": [
                    "description": "An error.",
                    "content": [
                        "application/json": [
                            "schema": ["$ref": .string("#/components/schemas/\(errorSkin.schemaName)")]
                        ]
                    ],
                ],
            ]
        )
        return members
    }

    private static func pathParameter(_ name: Substring) -> JSON {
        [
            "name": .string(String(name)), "in": "path", "required": true,
            "schema": ["type": "string", "minLength": 1],
        ]
    }

    private var security: JSON {
        guard access.needsKey else { return [] }
        let bearer: JSON = .object([APIDescription.bearerScheme: []])
        return errorSkin == .anthropic ? [bearer, .object([APIDescription.headerScheme: []])] : [bearer]
    }

    private var requestBody: JSON? {
        guard let shape = body ?? reads.body else { return nil }
        let media: JSON = ["schema": shape.schema]
        return [
            "required": true,
            "content": .object(JSONObject(reads.mediaTypes.map { ($0, media) })),
        ]
    }
}

extension QueryParameter {
    fileprivate var description: JSON {
        ["name": .string(name), "in": "query", "required": .bool(isRequired), "schema": shape.schema]
    }
}

extension Access {
    fileprivate var sentence: String {
        switch self {
        case .anybody: "Anybody may call it."
        case .inferenceKey: "Needs a key for inference."
        case .managementKey: "Needs a management key."
        case .anyKey: "Needs a key of any kind."
        }
    }
}
