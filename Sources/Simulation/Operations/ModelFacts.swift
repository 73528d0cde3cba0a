internal import OpenRouterAPI

/// The filters of a model listing that look at more than a model's row (reference: platform §2.2).
struct ModelFacts {
    let now: Int64
    private let query: QueryReader

    /// What is looked up for all models at once.
    struct Figures {
        private let entries: [String: Market.Entry]
        private let scoresBySlug: [String: BenchmarkScores]
        private let now: Int64

        init(_ models: [CatalogModel], now: Int64) {
            entries = Dictionary(Market(models).entries.map { ($0.model.id, $0) }) { first, _ in first }
            scoresBySlug = Dictionary(BenchmarkScores.all(of: models).map { ($0.model.canonicalSlug, $0) }) {
                first,
                _ in
                first
            }
            self.now = now
        }

        func entry(_ model: CatalogModel) -> Market.Entry? { entries[model.id] }

        /// A free variant scores as the model itself.
        func scores(_ model: CatalogModel) -> BenchmarkScores? { scoresBySlug[model.canonicalSlug] }

        /// Higher is more popular.
        func popularity(_ model: CatalogModel) -> Double? { entry(model).map { -Double($0.rank) } }

        /// Of the last seven completed days.
        func weeklyTokens(_ model: CatalogModel) -> Double? {
            guard let entry = entry(model) else { return nil }
            let today = CivilTime(microseconds: now).dayNumber
            return Double((today - 7..<today).reduce(0) { $0 + entry.tokens(on: $1) })
        }
    }

    static let parameters =
        [
            QueryParameter("category", .choice(of: UseCategory.self)),
            QueryParameter("distillable", .choice(["true", "false"])),
            QueryParameter("zdr", .choice(["true"])),
            QueryParameter("region", .choice(["eu", "us"])),
            QueryParameter("min_age_days", .integer(in: 0...Int.max)),
            QueryParameter("max_age_days", .integer(in: 0...Int.max)),
            QueryParameter("min_tool_success_rate", .number(in: 0...1)),
            QueryParameter("max_tool_success_rate", .number(in: 0...1)),
        ]
        + ["intelligence", "coding", "agentic"].flatMap { name in
            ["min", "max"].map {
                QueryParameter("\($0)_\(name)_index", .number(in: 0...Double.greatestFiniteMagnitude))
            }
        }

    /// - Parameters:
    ///   - query: with parameters of the declared shapes.
    ///   - now: in microseconds since 1970.
    init(_ query: QueryReader, now: Int64) {
        self.query = query
        self.now = now
    }

    /// Whether order or filters need ``Figures``.
    var needsMarket: Bool {
        query.items.contains { item in
            item.name == "category" || item.name.hasSuffix("_index") || item.name.hasSuffix("_tool_success_rate")
                || item.name == "sort"
        }
    }

    func accepts(_ model: CatalogModel, _ figures: Figures?) -> Bool {
        if let isDistillable = query.value("distillable"), model.isDistillable != (isDistillable == "true") {
            return false
        }
        if query.isOn("zdr"), !model.endpoints.contains(where: \.hasZeroDataRetention) { return false }
        if let region = query.value("region"),
            !model.endpoints.contains(where: { $0.isIn(region: region) })
        {
            return false
        }
        if let category = query.value("category").flatMap(UseCategory.init(rawValue:)),
            figures?.entry(model)?.isPopular(in: category) != true
        {
            return false
        }
        let scores = figures?.scores(model)
        return isWithin("age_days", (Double(now) / 1e6 - Double(model.created)) / 86_400)
            && isWithin("tool_success_rate", figures?.entry(model)?.toolSuccessRate)
            && isWithin("intelligence_index", scores?.intelligenceIndex)
            && isWithin("coding_index", scores?.codingIndex) && isWithin("agentic_index", scores?.agenticIndex)
    }

    /// Whether a figure is between the bounds that the query sets for it; without the figure only if it sets none.
    private func isWithin(_ name: String, _ figure: Double?) -> Bool {
        let least = query.value("min_" + name).flatMap { Double($0) }
        let most = query.value("max_" + name).flatMap { Double($0) }
        if least == nil, most == nil { return true }
        guard let figure else { return false }
        return figure >= least ?? -.infinity && figure <= most ?? .infinity
    }
}

extension CatalogEndpoint {
    /// Whether it is in the region that its tag names, as in `google-vertex/us-east5`; its provider, where it names
    /// none.
    fileprivate func isIn(region: String) -> Bool {
        let place = tag.dropFirst(baseTag.count + 1)
        for known in ["eu", "us"] where place == known || place.hasPrefix(known + "-") { return known == region }
        if place == "europe" { return region == "eu" }
        return provider.isIn(region: region)
    }
}

extension CatalogProvider {
    /// Whether one of its data centers is in the region, or its headquarters where no data center is known.
    fileprivate func isIn(region: String) -> Bool {
        var countries = dataCenters ?? []
        if countries.isEmpty, let headquarters { countries = [headquarters] }
        return region == "us" ? countries.contains("US") : !Self.union.isDisjoint(with: countries)
    }

    /// Members of the European Union, ISO 3166 alpha-2.
    private static let union: Set<String> = [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU",
        "LV",
        "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    ]
}
