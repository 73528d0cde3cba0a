internal import OpenRouterAPI

/// A provider's key as it is given: what may be shown and what is kept of it (reference: platform §5.2).
struct ProviderCredential: Sendable {
    let label: String
    let hash: String

    /// Reads a key in its provider's form; the text is in no error.
    ///
    /// - Throws: ``APIError`` 400 for a key that is not in the form of its provider.
    init(_ text: String, provider: String) throws(APIError) {
        hash = APIKey.hash(of: text)
        label = try Self.shownSecret(of: text, provider: provider).masked(keeping: 3)
    }

    /// The part of a key that its label is made from.
    private static func shownSecret(of text: String, provider: String) throws(APIError) -> String {
        switch provider {
        case "azure":
            // Also a list, one for each deployment, as the older guide has it.
            let root = document(text)
            let deployments = root?.kind == .array ? root.map { Array($0.elements) } ?? [] : [root].compactMap { $0 }
            guard let first = deployments.first?["api_key"]?.string,
                deployments.allSatisfy({ $0.says("api_key") && ($0.says("resource_name") || $0.says("endpoint_url")) })
            else { throw .wrongForm("JSON text with api_key, and resource_name or endpoint_url") }
            return first
        case "amazon-bedrock":
            // An API key of Bedrock is plain text.
            guard text.first == "{" else { return text }
            guard let root = document(text), let identifier = root["accessKeyId"]?.string,
                root.says("accessKeyId"), root.says("secretAccessKey"), root.says("region")
            else { throw .wrongForm("JSON text with accessKeyId, secretAccessKey and region, or an API key") }
            return identifier
        case "google-vertex":
            guard let root = document(text), let email = root["client_email"]?.string,
                root.says("client_email"), root.says("private_key"), root.says("project_id")
            else { throw .wrongForm("the JSON text of a service account, with a region") }
            return root["private_key_id"]?.string ?? email
        default:
            return text
        }
    }

    private static func document(_ text: String) -> JSONValue? {
        try? JSONDocument(parsing: text.utf8).root
    }
}

extension JSONValue {
    /// Whether a member is a string that says something.
    fileprivate func says(_ name: String) -> Bool {
        self[name]?.string?.isEmpty == false
    }
}

extension APIError {
    fileprivate static func wrongForm(_ expected: String) -> APIError {
        .invalidField("key", expected: expected, found: "another text")
    }
}
