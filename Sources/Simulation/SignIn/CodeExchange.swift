internal import OpenRouterAPI

/// The body of `POST /auth/keys` (reference: platform §4.2).
struct CodeExchange: Sendable {
    let code: String
    let verifier: String?
    let method: CodeChallenge.Method?

    static let shape = ObjectShape(
        .required("code", .string()),
        .optional("code_verifier", .string()),
        .optional("code_challenge_method", .choice(of: CodeChallenge.Method.self), orNull: true)
    )

    /// - Throws: ``APIError`` 400: all wrong types together in Zod's words, or a method that there is not.
    init(_ body: JSONValue) throws(APIError) {
        guard body.kind == .object else { throw .zod([.invalidType([], expected: "object")]) }
        let (code, verifier, method) = (body["code"], body["code_verifier"], body["code_challenge_method"])
        var issues: [ZodIssue] = []
        if code?.string == nil { issues.append(.invalidType(["code"], expected: "string")) }
        if let verifier, verifier.string == nil {
            issues.append(.invalidType(["code_verifier"], expected: "string"))
        }
        if let method, !method.isNull, method.string == nil {
            let choices = CodeChallenge.Method.allCases.map(\.rawValue)
            issues.append(.invalidValue(["code_challenge_method"], choices: choices))
        }
        guard issues.isEmpty, let code = code?.string else { throw .zod(issues) }
        self.code = code
        self.verifier = verifier?.string
        self.method = try method?.string.map { name throws(APIError) in
            guard let method = CodeChallenge.Method(rawValue: name) else { throw .invalidChallengeMethod }
            return method
        }
    }
}
