/// The endpoint each session used last; its prompt cache is warm (reference: platform §1.6, sticky routing).
struct SessionRoutes: Sendable {
    /// Microseconds a route is kept after its last use: 10 minutes.
    private static let lifetime: Int64 = 600_000_000
    private static let limit = 10_000

    private var routes: [String: (endpoint: String, expiresAt: Int64)] = [:]

    func endpoint(forSession session: String, at now: Int64) -> String? {
        routes[session].flatMap { $0.expiresAt > now ? $0.endpoint : nil }
    }

    mutating func remember(_ endpoint: String, forSession session: String, at now: Int64) {
        if routes.count >= Self.limit { routes = routes.filter { $0.value.expiresAt > now } }
        if routes.count >= Self.limit { routes.removeAll() }
        routes[session] = (endpoint, now + Self.lifetime)
    }
}
