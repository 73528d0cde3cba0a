/// How well an endpoint has answered lately (reference: platform §1.6; the bounds are those of the model pages).
enum EndpointHealth: Int, Comparable {
    case normal, degraded, down

    init(_ endpoint: CatalogEndpoint) {
        let uptime = endpoint.recentUptime ?? 100
        self = endpoint.status < 0 || uptime < 80 ? .down : uptime < 95 ? .degraded : .normal
    }

    static func < (left: EndpointHealth, right: EndpointHealth) -> Bool {
        left.rawValue < right.rawValue
    }
}
