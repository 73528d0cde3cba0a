/// Whether a proxy would get what clients send to this machine.
enum ProxyCheck {
    private static let variables = ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy"]

    /// - Parameters:
    ///   - environment: of this process, which clients started beside it mostly share.
    ///   - host: where the server listens.
    /// - Returns: a warning where NO_PROXY does not name this machine.
    static func finding(_ environment: [String: String], host: String) -> Finding {
        let proxies = variables.filter { !(environment[$0] ?? "").isEmpty }
        guard let proxy = proxies.first else { return .fine("proxy", "no proxy is set") }
        let exceptions = (environment["NO_PROXY"] ?? environment["no_proxy"] ?? "")
            .split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init)
        let wanted = Set(["127.0.0.1", "localhost", host])
        guard !exceptions.contains("*") else { return .fine("proxy", "NO_PROXY leaves out every host") }
        let missing = wanted.filter { host in !exceptions.contains { covers($0, host) } }.sorted()
        guard !missing.isEmpty else { return .fine("proxy", "\(proxy) is set, NO_PROXY leaves this machine out") }
        return .warning(
            "proxy",
            "\(proxies.joined(separator: ", ")) would send requests to \(missing.joined(separator: " and ")) elsewhere",
            "For clients: export NO_PROXY=127.0.0.1,localhost"
        )
    }

    /// Names with their subdomains, and prefixes of addresses in bits, as most clients read them.
    private static func covers(_ exception: String, _ host: String) -> Bool {
        if exception == host { return true }
        if exception.hasPrefix("127.0.0.0/") || exception == "127.0.0.1/8" { return host.hasPrefix("127.") }
        let domain = exception.hasPrefix("*.") ? String(exception.dropFirst()) : exception
        return domain.hasPrefix(".") && host.hasSuffix(domain)
    }
}
