internal import Tapes

/// Which API stands behind the recorder, and how it is reached.
package struct UpstreamConfiguration: Sendable, Hashable {
    /// `https://host[:port]/path` without a slash at its end; `/api/v1/x` is sent to `<url>/x`.
    package let url: String

    /// PEM file with certificate authorities to trust besides the system's; nil for the system's alone.
    package let certificateAuthorityFile: String?

    /// - Throws: ``UpstreamConfigurationError`` for anything that is not an absolute http or https URL.
    package init(url: String, certificateAuthorityFile: String? = nil) throws(UpstreamConfigurationError) {
        let trimmed = String(url.reversed().drop { $0 == "/" }.reversed())
        let parts = trimmed.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3, ["http:", "https:"].contains(parts[0].lowercased()), parts[1].isEmpty,
            !parts[2].isEmpty
        else { throw UpstreamConfigurationError(url: url, problem: "expected http://HOST[:PORT][/PATH] or https://…") }
        guard !parts[2].contains("@") else {
            throw UpstreamConfigurationError(url: url, problem: "credentials in the URL are not sent; remove them")
        }
        guard !trimmed.contains("?"), !trimmed.contains("#"), !trimmed.contains(" ") else {
            throw UpstreamConfigurationError(url: url, problem: "expected no query, fragment or blank")
        }
        if let colon = parts[2].lastIndex(of: ":"), !parts[2].hasSuffix("]") {
            guard let port = Int(parts[2][parts[2].index(after: colon)...]), (1...65535).contains(port) else {
                throw UpstreamConfigurationError(url: url, problem: "expected a port from 1 to 65535 after ':'")
            }
        }
        self.url = trimmed
        self.certificateAuthorityFile = certificateAuthorityFile
    }
}

/// An upstream that cannot be one.
package struct UpstreamConfigurationError: Error, Hashable, CustomStringConvertible {
    package let url: String
    package let problem: String

    package var description: String {
        "upstream '\(url)': \(problem). Example: https://openrouter.ai/api/v1"
    }
}

extension UpstreamConfiguration {
    /// The URL for a request whose canonical path starts with `/api/`.
    ///
    /// `/api/v1/models` goes to `<url>/models`; `/api/alpha/responses`, which lives beside v1, goes beside the base.
    func url(path: String, query: String) -> String {
        let suffix = query.isEmpty ? "" : "?" + query
        if path == "/api/v1" || path.hasPrefix("/api/v1/") {
            return url + path.dropFirst("/api/v1".count) + suffix
        }
        if path.hasPrefix("/api/"), url.hasSuffix("/v1") {
            return url.dropLast("/v1".count) + path.dropFirst("/api".count) + suffix
        }
        return url + path + suffix
    }

    /// The URL of a page at the upstream's root, beside its API.
    func pageURL(_ target: RequestTarget) -> String {
        url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).prefix(3).joined(separator: "/")
            + target.raw
    }
}
