internal import OpenRouterAPI

/// What one guardrail says about who may serve a request.
struct RouteRestriction: Sendable {
    private let allowedModels: [String]?
    private let ignoredModels: [String]
    private let allowedProviders: ProviderList?
    private let ignoredProviders: ProviderList
    private let zeroDataRetention: Set<Guardrail.ModelGroup>
    private let forbidsPaidTraining: Bool
    private let forbidsFreeTraining: Bool
    private let forbidsPublication: Bool

    /// Nil for a guardrail that admits everybody.
    init?(_ guardrail: Guardrail) {
        allowedModels = guardrail.allowedModels
        ignoredModels = guardrail.ignoredModels ?? []
        allowedProviders = guardrail.allowedProviders.map(ProviderList.init)
        ignoredProviders = ProviderList(guardrail.ignoredProviders ?? [])
        zeroDataRetention = Set(guardrail.zeroDataRetention.filter(\.value).keys)
        forbidsPaidTraining = guardrail.allowsPaidModelTraining == false
        forbidsFreeTraining = guardrail.allowsFreeModelTraining == false
        forbidsPublication = guardrail.allowsFreeModelPublication == false
        let admitsEverybody =
            allowedModels == nil && ignoredModels.isEmpty && allowedProviders == nil && ignoredProviders.isEmpty
            && zeroDataRetention.isEmpty && !forbidsPaidTraining && !forbidsFreeTraining && !forbidsPublication
        guard !admitsEverybody else { return nil }
    }

    /// Why an endpoint may not serve.
    ///
    /// The names are those of answers captured in September and October 2026, but for `provider-ignored` and
    /// `publication`, which are made after them.
    enum Violation: String, Sendable, CaseIterable {
        case model = "model-ignored-by-guardrail"
        case providerNotAllowed = "provider-not-allowed-by-guardrail"
        case providerIgnored = "provider-ignored-by-guardrail"
        case zeroDataRetention = "zdr-violation-by-guardrail"
        case paidTraining = "paid-model-training-violation-by-guardrail"
        case freeTraining = "free-model-training-violation-by-guardrail"
        case freePublication = "free-model-publication-violation-by-guardrail"

        /// In the words of `excluded_by`, which has none for models.
        var exclusion: Availability.Exclusion? {
            switch self {
            case .model: nil
            case .providerNotAllowed, .providerIgnored: .allowedProviders
            case .zeroDataRetention: .zeroDataRetention
            case .paidTraining, .freeTraining, .freePublication: .training
            }
        }
    }

    func admits(_ endpoint: CatalogEndpoint, of model: CatalogModel) -> Bool {
        Violation.allCases.allSatisfy { !isViolated($0, by: endpoint, of: model) }
    }

    /// What forbids an endpoint to serve; nothing where it may.
    func violations(by endpoint: CatalogEndpoint, of model: CatalogModel) -> [Violation] {
        Violation.allCases.filter { isViolated($0, by: endpoint, of: model) }
    }

    private func isViolated(
        _ violation: Violation,
        by endpoint: CatalogEndpoint,
        of model: CatalogModel
    ) -> Bool {
        switch violation {
        case .model:
            allowedModels?.contains(model.permanentName) == false || ignoredModels.contains(model.permanentName)
        case .providerNotAllowed: allowedProviders?.contains(endpoint) == false
        case .providerIgnored: ignoredProviders.contains(endpoint)
        case .zeroDataRetention:
            !endpoint.hasZeroDataRetention && zeroDataRetention.contains(.init(author: model.author))
        case .paidTraining: forbidsPaidTraining && endpoint.mayTrain && !endpoint.pricing.isFree
        case .freeTraining: forbidsFreeTraining && endpoint.mayTrain && endpoint.pricing.isFree
        // The catalog does not say who publishes prompts; whoever may train on free prompts may publish them.
        case .freePublication: forbidsPublication && endpoint.mayTrain && endpoint.pricing.isFree
        }
    }
}

extension [RouteRestriction] {
    /// Whether a model is left to a key: an endpoint of it, or of the model that an alias stands for; routers always
    /// are.
    func admit(_ row: CatalogModel, in catalog: Catalog) -> Bool {
        let model = row.aliasTarget.flatMap { catalog[$0] } ?? row
        guard !model.endpoints.isEmpty else { return true }
        return model.endpoints.contains { endpoint in allSatisfy { $0.admits(endpoint, of: model) } }
    }

    /// How many of a model's endpoints each reason rules out.
    func violations(by endpoints: [CatalogEndpoint], of model: CatalogModel) -> [(RouteRestriction.Violation, Int)] {
        let found = endpoints.flatMap { endpoint in
            Set(flatMap { $0.violations(by: endpoint, of: model) })
        }
        return RouteRestriction.Violation.allCases.compactMap { violation in
            let count = found.count { $0 == violation }
            return count > 0 ? (violation, count) : nil
        }
    }
}
