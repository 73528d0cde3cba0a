/// What is secret in the bodies of some endpoints though neither its name nor its looks say so.
///
/// Sources: OpenRouter's OAuth PKCE guide and its API reference for `/auth/keys`, `/keys`, `/byok` and
/// `/observability/destinations`, seen in 2026.
enum SensitiveEndpoint {
    private static let all: [(path: String, isPrefix: Bool, pointers: [RedactionPointer])] = [
        (
            "/auth/keys/code", false,
            [RedactionPointer(known: "data", "id"), RedactionPointer(known: "id")]
        ),
        (
            "/auth/keys", false,
            [
                RedactionPointer(known: "code"), RedactionPointer(known: "code_verifier"),
                RedactionPointer(known: "key"),
            ]
        ),
        ("/keys", false, [RedactionPointer(known: "key")]),
        ("/byok", true, [RedactionPointer(known: "key"), RedactionPointer(known: "data", "key")]),
        ("/observability/", true, [RedactionPointer(known: "config", "headers", "*")]),
    ]

    /// What to replace in the bodies of an exchange with this path, under whatever base URL.
    static func pointers(path: String) -> [RedactionPointer] {
        let found = all.first { entry in
            entry.isPrefix ? path.contains(entry.path) : path.hasSuffix(entry.path)
        }
        return found?.pointers ?? []
    }
}
