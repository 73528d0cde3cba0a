internal import HTTPTypes
package import OpenRouterAPI

/// The simulator's own API as an OpenAPI 3.1 document, made from the declarations of its operations.
///
/// Requests are described member by member, as far as an operation declares them; answers by status, and errors by their
/// envelope: the official document has the rest.
package enum APIDescription {
    /// - Parameter version: of the simulator.
    /// - Returns: the document, the same for the same version.
    package static func json(version: String) -> JSON {
        json(version: version, api: OperationTable.all, besideV1: OperationTable.besideV1)
    }

    static func json(version: String, api: [Operation], besideV1: [Operation]) -> JSON {
        var paths = PathsDescription()
        for operation in api { paths.add(operation, server: nil) }
        for operation in besideV1 { paths.add(operation, server: "/") }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "openrouter-sim",
                "version": .string(version),
                "description": "What the simulator answers of OpenRouter's API.",
            ],
            "servers": [["url": "/api/v1"]],
            "paths": paths.json,
            "components": [
                "securitySchemes": [
                    bearerScheme: ["type": "http", "scheme": "bearer"],
                    headerScheme: ["type": "apiKey", "in": "header", "name": "x-api-key"],
                ],
                "schemas": [
                    ErrorSkin.openRouter.schemaName: openRouterError, ErrorSkin.anthropic.schemaName: anthropicError,
                ],
            ],
        ]
    }

    static let bearerScheme = "bearer"
    /// For Anthropic's clients.
    static let headerScheme = "anthropicKey"

    private static let openRouterError: JSON = [
        "type": "object",
        "properties": [
            "error": [
                "type": "object",
                "properties": [
                    "message": ["type": "string"],
                    "code": ["type": "integer"],
                    "metadata": ["type": "object"],
                    "availability": ["type": "object"],
                ],
                "required": ["message", "code"],
            ],
            "user_id": ["type": "string"],
            "openrouter_metadata": ["type": "object"],
        ],
        "required": ["error"],
    ]

    private static let anthropicError: JSON = [
        "type": "object",
        "properties": [
            "type": ["const": "error"],
            "error": [
                "type": "object",
                "properties": [
                    "type": ["type": "string"],
                    "message": ["type": "string"],
                    "error_type": ["type": "string"],
                    "availability": ["type": "object"],
                ],
                "required": ["type", "message"],
            ],
            "request_id": ["type": ["string", "null"]],
            "metadata": ["type": "object"],
            "openrouter_metadata": ["type": "object"],
        ],
        "required": ["type", "error"],
    ]
}

extension ErrorSkin {
    var schemaName: String {
        switch self {
        case .openRouter: "Error"
        case .anthropic: "AnthropicError"
        }
    }
}
