internal import OpenRouterAPI
internal import Tapes

/// The models that a smart router tries, in order; empty when none fits.
///
/// OpenRouter reads the prompt for this. Here the seed, the prices and what the request needs decide.
struct ModelChoice {
    /// What `openrouter/auto` chooses from when the request names no models (OpenRouter has dozens).
    private static let automaticPool = [
        "google/gemini-2.5-flash-lite", "openai/gpt-4o-mini", "deepseek/deepseek-v3.2", "openai/gpt-5-mini",
        "google/gemini-2.5-flash", "openai/gpt-4.1-mini", "google/gemini-3-flash-preview", "moonshotai/kimi-k2.6",
        "anthropic/claude-haiku-4.5", "openai/gpt-5.1", "google/gemini-3.1-pro-preview", "anthropic/claude-sonnet-4.5",
        "anthropic/claude-sonnet-4.6", "openai/gpt-5.5", "anthropic/claude-opus-4.7",
    ]

    let catalog: Catalog
    let request: RoutingRequest

    /// `openrouter/auto` and its beta.
    func automatic(_ options: RouterPlugins.Automatic, using generator: inout SeededGenerator) -> [CatalogModel] {
        let pool =
            options.allowedModels.isEmpty
            ? Self.automaticPool.compactMap { catalog[$0] }
            : catalog.models.filter { $0.isRoutable && options.allowedModels.contains(matching: $0.id) }
        let models = pool.filter { fits($0) && !options.excludedModels.contains(matching: $0.id) }
        let pinned = options.pinsModel ? request.lastAssistantModel.flatMap { catalog[$0]?.id } : nil
        var chosen = affordable(models, options)
        generator.shuffle(&chosen)
        if options.costTier == nil, options.costQualityTradeoff == nil {
            // Nobody asked for that band: when all of it fails, dearer models are better than none.
            let others = models.filter { model in !chosen.contains { $0 === model } }
            chosen += others.sorted { $0.pricing.combined < $1.pricing.combined }
        }
        return prefer(pinned ?? stickyModel, in: chosen, of: models)
    }

    /// `openrouter/free`; also who writes for `openrouter/bodybuilder`, which costs nothing.
    func free(using generator: inout SeededGenerator) -> [CatalogModel] {
        let models = catalog.freeModels.filter(fits)
        var chosen = models
        generator.shuffle(&chosen)
        return prefer(stickyModel, in: chosen, of: models)
    }

    /// `openrouter/pareto-code`: the cheapest of the tier (with `:nitro` the fastest), or with a price limit the best
    /// that no cheaper model equals.
    func coding(_ options: RouterPlugins.Pareto, isFastest: Bool) -> [CatalogModel] {
        let ranked = CodingTier.shortlist.compactMap { entry in
            catalog[entry.id].flatMap { fits($0) ? (model: $0, score: entry.score) : nil }
        }
        let models: [CatalogModel]
        if let limit = options.maximumPrice {
            let affordable = ranked.filter { ($0.model.pricing.prompt ?? .zero) * 1_000_000 <= limit }
            let isOnFrontier = affordable.map { one in
                !affordable.contains { other in
                    other.score > one.score && other.model.promptPrice <= one.model.promptPrice
                }
            }
            let pairs = zip(affordable, isOnFrontier)
            models = pairs.filter(\.1).map(\.0.model) + pairs.filter { !$0.1 }.map(\.0.model)
        } else {
            let tier = CodingTier(minimumScore: options.minimumCodingScore ?? 1)
            let members = ranked.filter { tier.contains(score: $0.score) }.map(\.model)
            models = members.sorted {
                isFastest ? $0.fastest > $1.fastest : $0.promptPrice < $1.promptPrice
            }
        }
        return prefer(stickyModel, in: models, of: models)
    }
}

// MARK: - Parts

extension ModelChoice {
    private func fits(_ model: CatalogModel) -> Bool {
        let needs = request.needs
        let parameters = model.supportedParameters
        return model.expirationTime.map { $0 > request.now } ?? true
            && model.outputModalities.contains(where: request.purpose.outputModalities.contains)
            && needs.inputModalities.allSatisfy { $0 == "file" || model.inputModalities.contains($0) }
            && needs.outputModalities.allSatisfy(model.outputModalities.contains)
            && (!needs.usesTools || parameters.contains("tools"))
            && (!needs.wantsStructuredOutput || parameters.contains("structured_outputs"))
            && (!needs.wantsJSON || parameters.contains("response_format"))
    }

    /// The models in the band of costs that the options ask for; the nearest one when the band is empty.
    private func affordable(_ models: [CatalogModel], _ options: RouterPlugins.Automatic) -> [CatalogModel] {
        let ranked = models.sorted { $0.pricing.combined < $1.pricing.combined }
        let percentiles = ranked.indices.map { Double($0) * 100 / Double(ranked.count) }
        let band = options.costBand
        let chosen = zip(ranked, percentiles).filter { band.contains($0.1) }.map(\.0)
        guard chosen.isEmpty else { return chosen }
        let middle = (band.lowerBound + band.upperBound) / 2
        let nearest = zip(ranked, percentiles).min { abs($0.1 - middle) < abs($1.1 - middle) }
        return nearest.map { [$0.0] } ?? []
    }

    private var stickyModel: String? {
        request.stickyEndpoint.flatMap { $0.split(separator: "@").first.map(String.init) }
    }

    /// The chosen ones, led by one that is to be kept if it is allowed at all.
    private func prefer(_ id: String?, in chosen: [CatalogModel], of allowed: [CatalogModel]) -> [CatalogModel] {
        guard let id, let model = allowed.first(where: { $0.id == id }) else { return chosen }
        return [model] + chosen.filter { $0.id != id }
    }
}

extension RouterPlugins.Automatic {
    /// Percentiles of cost (schema `AutoRouterPlugin`): bands for the tiers; a ceiling from 90 for the tradeoff 0 to 10
    /// for 10, and 9 is the default.
    fileprivate var costBand: Range<Double> {
        switch costTier {
        case .low: 0..<20
        case .medium: 20..<40
        case .high: 40..<60
        case .xhigh: 60..<80
        case .max: 80..<100
        case nil: 0..<Double(90 - 8 * (costQualityTradeoff ?? 9))
        }
    }
}

extension CatalogModel {
    /// Variants, legacy rows and rows without endpoints are not chosen by patterns.
    fileprivate var isRoutable: Bool {
        isListedByDefault && !isLegacy && !endpoints.isEmpty && !id.utf8.contains(UInt8(ascii: ":"))
    }

    fileprivate var promptPrice: USD { pricing.prompt ?? .zero }

    fileprivate var fastest: Double {
        endpoints.compactMap(\.throughput?.p50).max() ?? 0
    }
}

extension [String] {
    /// Whether one of these patterns, in which `*` stands for any text, matches all of the id.
    fileprivate func contains(matching id: String) -> Bool {
        contains { $0.utf8.matchesAsPattern(id.utf8) }
    }
}

extension String.UTF8View {
    fileprivate func matchesAsPattern(_ text: String.UTF8View) -> Bool {
        let star = UInt8(ascii: "*")
        var (pattern, rest) = (self[...], text[...])
        /// Where to go on when what follows the last star does not match.
        var retry: (pattern: Substring.UTF8View, rest: Substring.UTF8View)?
        while !rest.isEmpty {
            if pattern.first == star {
                pattern.removeFirst()
                retry = (pattern, rest)
            } else if let first = pattern.first, first == rest.first {
                pattern.removeFirst()
                rest.removeFirst()
            } else if let last = retry {
                let next = last.rest.dropFirst()
                retry = (last.pattern, next)
                (pattern, rest) = (last.pattern, next)
            } else {
                return false
            }
        }
        return pattern.allSatisfy { $0 == star }
    }
}

extension SeededGenerator {
    /// Fisher and Yates.
    fileprivate mutating func shuffle<Element>(_ elements: inout [Element]) {
        guard elements.count > 1 else { return }
        for index in (1..<elements.count).reversed() {
            elements.swapAt(index, below(index + 1))
        }
    }
}
