internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// Keeps web pages from driving the control API: by a name of theirs that leads here, or from a page of another origin.
///
/// A page that has its own name resolve to this machine (DNS rebinding) sends that name as `Host`; a page that just
/// calls sends its `Origin` (Fetch Standard, section 3.2). Names without a dot are those of containers and machines
/// nearby, and addresses name no page.
struct ControlGuard: Sendable {
    /// The host that the server was told to listen on.
    let host: String

    /// Nil for a request that may pass.
    func refusal(of request: Tapes.Request, _ path: String) -> APIError? {
        // Those who only ask whether the server is up come by whatever name.
        if path == "/_sim/health" { return nil }
        let named = request.fields.first { $0.name.canonicalName == "host" }?.value
        if let named, !isOurs(named) {
            return refused("the Host header says '\(named.prefix(200))'", "this machine's own name or address")
        }
        guard let origin = request.fields.first(where: { $0.name.canonicalName == "origin" })?.value else { return nil }
        guard let named, origin == "http://\(named)" || origin == "https://\(named)" else {
            return refused("the Origin header says '\(origin.prefix(200))'", "a page of the simulator's own, or none")
        }
        return nil
    }

    private func refused(_ found: String, _ expected: String) -> APIError {
        APIError(
            status: 403,
            message: "The control API refuses requests of web pages: \(found), expected \(expected)",
            metadata: ["error_type": "permission_denied"]
        )
    }

    private func isOurs(_ authority: String) -> Bool {
        if authority.hasPrefix("[") { return authority.contains("]") }
        let name = authority.prefix { $0 != ":" }.lowercased()
        if name == host.lowercased() || name == "localhost" || name.hasSuffix(".localhost") { return true }
        guard name.contains(".") else { return !name.isEmpty }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }
}
