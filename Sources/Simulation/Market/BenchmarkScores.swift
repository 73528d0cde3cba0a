internal import OpenRouterAPI

/// Made-up results of a model in benchmarks; better models are newer and dearer.
struct BenchmarkScores: Sendable {
    let model: CatalogModel
    /// Makes the model's own noise.
    let noise: MarketNoise
    /// From 0 to 1, what all scores follow.
    private let quality: Double

    /// - Parameters:
    ///   - model: a text model.
    ///   - newest: when the newest model of all was made, in Unix seconds.
    init(_ model: CatalogModel, newest: Int) {
        self.model = model
        noise = MarketNoise("scores \(model.canonicalSlug)")
        let age = Double(newest - model.created) / 86_400
        let price = (model.pricing.completion ?? .zero).dollars * 1_000_000
        quality = min(1, 0.5 / (1 + age / 600) + 0.3 * price / (price + 4) + 0.2 * noise.fraction("quality"))
    }

    /// Of the models in a catalog that make text and are no free variants, which score as the model itself does.
    static func all(of models: [CatalogModel]) -> [BenchmarkScores] {
        let counted = models.filter { model in
            !model.isLegacy && !model.endpoints.isEmpty && !model.id.contains(":")
                && !Set(model.outputModalities).isDisjoint(with: ["text", "image", "video"])
        }
        let newest = counted.map(\.created).max() ?? 0
        return counted.map { BenchmarkScores($0, newest: newest) }.sorted { $0.model.permaslug < $1.model.permaslug }
    }
}

extension BenchmarkScores {
    private var makesText: Bool { model.outputModalities.contains("text") }
    private var hasTools: Bool { model.supportedParameters.contains("tools") }

    /// Indices of Artificial Analysis, from 0 to 100; nil where the model was not tested.
    var intelligenceIndex: Double? { makesText ? score("intelligence", from: 12, to: 72) : nil }
    var codingIndex: Double? { makesText ? score("coding", from: 6, to: 68) : nil }
    var agenticIndex: Double? { makesText && hasTools ? score("agentic", from: 4, to: 64) : nil }

    /// The best rating over the arenas; nil for models that are in none.
    var bestElo: Double? { DesignArena.allCases.flatMap(ratings).map(\.elo).max() }

    /// Accuracy from 0 to 1; nil where the model was not tested.
    func accuracy(_ benchmark: String, from least: Double, to most: Double, needsTools: Bool) -> Double? {
        guard makesText, hasTools || !needsTools else { return nil }
        return (score(benchmark, from: least * 100, to: most * 100) * 10).rounded() / 1000
    }

    /// To one decimal.
    private func score(_ name: String, from least: Double, to most: Double) -> Double {
        let part = min(1, max(0, quality * 1.1 - 0.1 + 0.08 * (noise.fraction(name) - 0.5)))
        return ((least + (most - least) * part) * 10).rounded() / 10
    }

    /// A model's place in a category of an arena.
    struct Rating {
        let category: String
        let elo: Double
        /// In percent.
        let winRate: Double
        /// How often it was first, second, third and fourth.
        let places: [Int]
        let generationMilliseconds: Int
    }

    /// The model's ratings in the categories of an arena; none where it does not take part.
    func ratings(_ arena: DesignArena) -> [Rating] {
        DesignArena.categories.filter { takesPart(in: arena, $0) }.map { category in
            let name = "\(arena.rawValue) \(category)"
            let strength = min(1, max(0, quality + 0.2 * (noise.fraction(name) - 0.5)))
            let total = noise.integer("matches \(name)", in: 40...900)
            let places = total.shares(weights: [0.1 + strength, 0.4, 0.5, 0.9 - 0.8 * strength])
            return Rating(
                category: category,
                elo: (1000 + 420 * strength).rounded(),
                winRate: (250 + 500 * strength).rounded() / 10,
                places: places,
                generationMilliseconds: noise.integer("time \(name)", in: 2_000...90_000)
            )
        }
    }

    private func takesPart(in arena: DesignArena, _ category: String) -> Bool {
        switch category {
        case "image": arena == .models && model.outputModalities.contains("image")
        case "video": arena == .models && model.outputModalities.contains("video")
        default: makesText && (arena == .models ? noise.fraction("arena") < 0.7 : hasTools && quality > 0.55)
        }
    }
}

/// Arenas of Design Arena (schema of `GET /benchmarks`).
enum DesignArena: String, CaseIterable {
    case models, builders, agents

    /// As the schema's description gives them.
    static let categories = ["3d", "codecategories", "dataviz", "gamedev", "image", "svg", "uicomponent", "video"]
}
