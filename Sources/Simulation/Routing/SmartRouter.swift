/// The ids that stand for a choice of models (reference: platform §1.3).
enum SmartRouter: String, Sendable, CaseIterable {
    case automatic = "openrouter/auto"
    case automaticBeta = "openrouter/auto-beta"
    case free = "openrouter/free"
    case paretoCode = "openrouter/pareto-code"
    case fusion = "openrouter/fusion"
    case fusionFlash = "openrouter/fusion-flash"
    case bodybuilder = "openrouter/bodybuilder"

    init?(slug: String) {
        guard slug.utf8.starts(with: "openrouter/".utf8), let router = SmartRouter(rawValue: slug) else { return nil }
        self = router
    }

    /// Whether the client can restrict the choice, so that a failure speaks of restrictions.
    var hasRestrictions: Bool {
        self == .automatic || self == .automaticBeta || self == .paretoCode
    }

    var strategy: RoutingStrategy {
        switch self {
        case .automatic, .automaticBeta: .auto
        case .free: .free
        case .paretoCode: .pareto
        case .fusion, .fusionFlash: .fusion
        case .bodybuilder: .bodybuilder
        }
    }
}
