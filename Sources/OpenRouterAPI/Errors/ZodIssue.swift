/// Something wrong with a request's body in the words of Zod, the checker that some routes show the report of.
///
/// ```
/// {"success":false,"error":{"name":"ZodError","message":"[{\"code\":\"invalid_type\",…}]"}}
/// ```
///
/// Reference: platform §0.3, second envelope; observed on `/auth/keys`.
package struct ZodIssue: Sendable, Hashable, Codable {
    private enum Problem: Sendable, Hashable, Codable {
        case type(expected: String)
        case value(choices: [String])
    }

    private let problem: Problem
    private let path: [String]

    /// A value of the wrong type, or none.
    ///
    /// - Parameters:
    ///   - path: the members that lead to it; empty for the whole body.
    ///   - expected: a type, such as `string`.
    /// - Returns: the issue.
    package static func invalidType(_ path: [String], expected: String) -> ZodIssue {
        ZodIssue(problem: .type(expected: expected), path: path)
    }

    /// A value that is none of those allowed.
    package static func invalidValue(_ path: [String], choices: [String]) -> ZodIssue {
        ZodIssue(problem: .value(choices: choices), path: path)
    }

    private var json: JSON {
        let what: JSONObject =
            switch problem {
            case .type(let expected): ["code": "invalid_type", "expected": .string(expected)]
            case .value(let choices): ["code": "invalid_value", "values": .array(choices.map { .string($0) })]
            }
        var issue = what
        issue.append("path", .array(path.map { .string($0) }))
        issue.append("message", "Invalid input")
        return .object(issue)
    }

    /// The whole answer: the report is text inside it.
    static func envelope(_ issues: [ZodIssue]) -> JSON {
        [
            "success": false,
            "error": ["name": "ZodError", "message": .string(JSON.array(issues.map(\.json)).text)],
        ]
    }
}

extension APIError {
    /// A body that Zod refuses.
    package static func zod(_ issues: [ZodIssue]) -> APIError {
        var error = APIError(status: 400, message: "Invalid request parameters")
        error.issues = issues
        return error
    }
}
