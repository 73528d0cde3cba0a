internal import OpenRouterAPI
internal import Tapes

/// Finds the models that a slug stands for (reference: platform §1.1, §1.3).
struct SlugResolver {
    private static let staticVariants = ["free", "extended", "thinking", "batch"]

    let catalog: Catalog
    let request: RoutingRequest

    /// - Throws: ``APIError`` 400 for a slug that nobody knows or that belongs to another endpoint, 404 for a model that
    ///   is gone.
    func resolve(_ slug: String, using generator: inout SeededGenerator) throws(APIError) -> ResolvedSlug {
        var resolved = ResolvedSlug(slug: slug, models: [])
        var base = slug
        repeat {
            if let router = SmartRouter(slug: base) {
                resolved.router = router
                resolved.strategy = router.strategy
                try choose(&resolved, router, using: &generator)
                return resolved
            }
            if let model = catalog[base] {
                try use(model, for: &resolved)
                return resolved
            }
            if let model = catalog.dottedAlias(of: base) {
                resolved.strategy = .alias
                try use(model, for: &resolved)
                return resolved
            }
        } while resolved.variants.removeLast(from: &base)
        throw unknown(slug, base: base)
    }

    private func use(_ row: CatalogModel, for resolved: inout ResolvedSlug) throws(APIError) {
        var model = row
        if let target = row.aliasTarget.flatMap({ catalog[$0] }) {
            model = target
            resolved.strategy = .latest
            resolved.params = ["version_group": .string(row.versionGroup)]
        }
        try check(model, slug: resolved.slug)
        resolved.models = [model]
    }

    /// - Throws: ``APIError`` for a model that this request cannot have, whoever serves it.
    private func check(_ model: CatalogModel, slug: String) throws(APIError) {
        if !request.isBatch, model.id.hasSuffix(":batch") { throw .batchOnly(requestedModels: request.models) }
        if let end = model.expirationTime, end <= request.now { throw expired(model, slug: slug) }
        let outputs = request.purpose.outputModalities
        guard model.outputModalities.contains(where: outputs.contains) else {
            throw .wrongEndpoint(slug, outputs: model.outputModalities, requestedModels: request.models)
        }
    }

    private func expired(_ model: CatalogModel, slug: String) -> APIError {
        if model.id.hasSuffix(":free") {
            return .freePeriodEnded(
                name: model.name.hasSuffix(" (free)") ? String(model.name.dropLast(7)) : model.name,
                base: String(model.id.dropLast(5)),
                requestedModels: request.models
            )
        }
        let successors = catalog.aliases.filter { $0.isFamily(of: model) }.compactMap(\.aliasTarget)
        return .deprecatedModel(slug, successors: successors, requestedModels: request.models)
    }

    private func unknown(_ slug: String, base: String) -> APIError {
        let parts = base.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, Self.staticVariants.contains(parts[1]), let model = catalog[parts[0]] else {
            return .invalidModel(slug, requestedModels: request.models)
        }
        return .unlistedVariant(
            slug,
            base: model.id,
            isFree: parts[1] == "free",
            requestedModels: request.models
        )
    }
}

// MARK: - Routers

extension SlugResolver {
    private func choose(
        _ resolved: inout ResolvedSlug,
        _ router: SmartRouter,
        using generator: inout SeededGenerator
    ) throws(APIError) {
        let choice = ModelChoice(catalog: catalog, request: request)
        switch router {
        case .automatic:
            resolved.models = choice.automatic(request.plugins.automatic ?? .init(), using: &generator)
        case .automaticBeta:
            resolved.models = choice.automatic(request.plugins.automaticBeta ?? .init(), using: &generator)
        case .free, .bodybuilder:
            resolved.models = choice.free(using: &generator)
        case .paretoCode:
            let options = request.plugins.pareto ?? .init()
            resolved.models = choice.coding(options, isFastest: resolved.variants.sort == .throughput)
            if options.maximumPrice == nil {
                resolved.params = ["quality_floor": .number(options.minimumCodingScore ?? CodingTier.high.leastScore)]
            }
        case .fusion, .fusionFlash:
            try chooseFusion(&resolved, isFast: router == .fusionFlash)
        }
        guard !resolved.models.isEmpty else { throw .noModelsMatch(requestedModels: request.models) }
    }

    private func chooseFusion(_ resolved: inout ResolvedSlug, isFast: Bool) throws(APIError) {
        let options = request.plugins.fusion ?? .init()
        let preset = (options.preset ?? (isFast ? .generalFast : .generalHigh)).panel
        let panel = options.analysisModels ?? preset
        resolved.models = [try member(options.model ?? panel[0])]
        resolved.panel = []
        for slug in panel { resolved.panel.append(try member(slug)) }
    }

    /// A model by id, permanent slug or alias.
    private func member(_ slug: String) throws(APIError) -> CatalogModel {
        var resolved = ResolvedSlug(slug: slug, models: [])
        guard let row = catalog[slug] ?? catalog.dottedAlias(of: slug) else {
            throw .invalidModel(slug, requestedModels: request.models)
        }
        try use(row, for: &resolved)
        return resolved.models[0]
    }
}

extension RouterPlugins.Fusion.Preset {
    /// The high preset is that of the schema's example; the others are our choice of cheaper and faster models.
    fileprivate var panel: [String] {
        switch self {
        case .generalHigh: ["~anthropic/claude-opus-latest", "~openai/gpt-latest", "~google/gemini-pro-latest"]
        case .generalBudget:
            ["~anthropic/claude-haiku-latest", "~openai/gpt-mini-latest", "~google/gemini-flash-latest"]
        case .generalFast: ["google/gemini-2.5-flash-lite", "openai/gpt-5-nano", "inception/mercury-2"]
        }
    }
}

extension CatalogModel {
    /// `anthropic/claude-sonnet` of the alias `~anthropic/claude-sonnet-latest`.
    fileprivate var versionGroup: String {
        let name = id.drop { $0 == "~" }
        return String(name.hasSuffix("-latest") ? name.dropLast(7) : name)
    }

    /// Whether an alias names the family that a model belongs to: its words are all in the model's id.
    fileprivate func isFamily(of model: CatalogModel) -> Bool {
        let words = model.id.split { $0 == "/" || $0 == "-" || $0 == ":" }
        return versionGroup.split { $0 == "/" || $0 == "-" }.allSatisfy(words.contains)
    }
}
