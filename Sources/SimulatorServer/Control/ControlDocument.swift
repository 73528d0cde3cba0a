internal import HTTPTypes
internal import OpenRouterAPI
internal import Simulation

/// The OpenAPI document of the simulator: OpenRouter's API as it answers it, and the control API beside it (OpenAPI
/// Specification 3.1.0).
enum ControlDocument {
    static func json(of operations: [ControlOperation]) -> JSON {
        var document = APIDescription.json(version: "v1").members ?? [:]
        var all = document["paths"]?.members ?? [:]
        all.append(contentsOf: paths(of: operations))
        document["paths"] = .object(all)
        return .object(document)
    }

    private static func paths(of operations: [ControlOperation]) -> JSONObject {
        var paths: JSONObject = [:]
        var seen: [String] = []
        for operation in operations where !seen.contains(operation.path) {
            seen.append(operation.path)
            // The servers of the document end with `/api/v1`.
            var item: JSONObject = ["servers": [["url": "/"]]]
            for sibling in operations where sibling.path == operation.path {
                item.append(sibling.method.rawValue.lowercased(), json(of: sibling))
            }
            paths.append("/_sim" + operation.path, .object(item))
        }
        return paths
    }

    private static func json(of operation: ControlOperation) -> JSON {
        var object: JSONObject = [
            "operationId": .string(identifier(of: operation)),
            "summary": .string(operation.summary),
        ]
        let inPath: [JSON] = placeholders(in: operation.path).map { name in
            ["name": .string(name), "in": "path", "required": true, "schema": ["type": "string"]]
        }
        let inQuery: [JSON] = operation.query.map { parameter in
            [
                "name": .string(parameter.name), "in": "query", "description": .string(parameter.summary),
                "schema": parameter.schema,
            ]
        }
        object.append("parameters", inPath.isEmpty && inQuery.isEmpty ? nil : .array(inPath + inQuery))
        object.append(
            "requestBody",
            operation.body.map { ["content": ["application/json": ["schema": $0]]] }
        )
        object.append(
            "responses",
            [
                "200": ["description": "Done."],
                "400": ["description": "Something in the request is wrong; the message says what and where."],
                "404": ["description": "There is nothing of this name."],
            ]
        )
        return .object(object)
    }

    static func placeholders(in path: String) -> [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    /// `putWorldsWorld` for `PUT /worlds/{world}`.
    private static func identifier(of operation: ControlOperation) -> String {
        let parts = operation.path.split { !$0.isLetter }
        return operation.method.rawValue.lowercased()
            + parts.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }
}
