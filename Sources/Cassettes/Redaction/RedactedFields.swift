internal import HTTPTypes

/// Which header fields are kept, and how.
enum RedactedFields {
    /// Request fields that are kept, in lower case; all others are dropped.
    ///
    /// None of them counts for matching.
    private static let kept: Set<String> = [
        "accept", "accept-charset", "accept-encoding", "accept-language", "anthropic-beta",
        "anthropic-dangerous-direct-browser-access", "anthropic-version", "cache-control", "content-disposition",
        "content-encoding", "content-language", "content-length", "content-type", "date", "expect", "host",
        "http-referer", "idempotency-key", "if-modified-since", "if-none-match", "openai-beta", "origin", "pragma",
        "prefer", "range", "referer", "te", "transfer-encoding", "user-agent", "x-anthropic-beta", "x-request-id",
        "x-session-id", "x-title",
    ]
    private static let keptPrefixes = ["x-openrouter-", "x-stainless-"]

    /// Request fields by allow-list; the values of those kept are searched.
    static func request(_ fields: HTTPFields, _ search: SecretSearch) -> HTTPFields {
        var redacted = HTTPFields()
        for field in fields {
            let name = field.name.canonicalName
            guard kept.contains(name) || keptPrefixes.contains(where: name.hasPrefix),
                !SecretName.isCredentialField(name)
            else { continue }
            redacted.append(searched(field, search))
        }
        return redacted
    }

    /// Response fields: all are kept so that a replay is exact, but cookies, which belong to one client.
    ///
    /// The values of credentials are replaced whole, others searched.
    static func response(_ fields: HTTPFields, _ search: SecretSearch) -> HTTPFields {
        var redacted = HTTPFields()
        for field in fields {
            let name = field.name.canonicalName
            if name.contains("cookie") { continue }
            redacted.append(SecretName.isCredentialField(name) ? replaced(field) : searched(field, search))
        }
        return redacted
    }

    private static func searched(_ field: HTTPField, _ search: SecretSearch) -> HTTPField {
        let syntax: SecretSearch.Syntax = isURL(field.name.canonicalName) ? .pairs : .any
        guard let value = field.withUnsafeBytesOfValue({ search.redacting($0, syntax: syntax) }) else {
            return field
        }
        return HTTPField(name: field.name, lenientValue: value)
    }

    /// Whether the value of a field with this name, in lower case, is a URL whose query may hold a secret.
    static func isURL(_ name: String) -> Bool {
        ["referer", "http-referer", "location", "content-location", "link", "refresh"].contains(name)
    }

    private static func replaced(_ field: HTTPField) -> HTTPField {
        let value = field.withUnsafeBytesOfValue { bytes in
            Placeholder.matches(bytes, 0..<bytes.count) ? nil : Placeholder.bytes(for: Array(bytes))
        }
        return value.map { HTTPField(name: field.name, lenientValue: $0) } ?? field
    }
}
