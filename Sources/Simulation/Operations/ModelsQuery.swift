internal import OpenRouterAPI

/// Filters, order and page of a model listing (reference: platform §2.2).
///
/// Popularity, uses and scores are those of the made-up rankings and benchmarks; see ``Market`` and
/// ``BenchmarkScores``.
struct ModelsQuery {
    enum Modality: String, CaseIterable {
        case text, image, audio, embeddings, video, rerank, speech, transcription, file

        fileprivate static let inputs: [Modality] = [.text, .image, .file, .audio, .video]
        fileprivate static let outputs = allCases.filter { $0 != .file }
    }

    fileprivate enum Order: String, CaseIterable {
        case newest
        case mostPopular = "most-popular"
        case topWeekly = "top-weekly"
        case pricingLowToHigh = "pricing-low-to-high"
        case pricingHighToLow = "pricing-high-to-low"
        case contextHighToLow = "context-high-to-low"
        case throughputHighToLow = "throughput-high-to-low"
        case latencyLowToHigh = "latency-low-to-high"
        case intelligenceHighToLow = "intelligence-high-to-low"
        case codingHighToLow = "coding-high-to-low"
        case agenticHighToLow = "agentic-high-to-low"
        case eloHighToLow = "design-arena-elo-high-to-low"
    }

    /// Which part is asked for.
    static let page = [
        QueryParameter("offset", .integer(in: 0...Int.max)),
        QueryParameter("limit", .integer(in: 1...1000)),
    ]

    /// All that is read, for the description of the API.
    static let parameters =
        ModelFacts.parameters + page + [
            QueryParameter("sort", .choice(of: Order.self)),
            QueryParameter("context", .integer(in: 1...Int.max)),
            QueryParameter("use_rss", .bool),
            QueryParameter("use_rss_chat_links", .bool),
        ]
        + [
            "q", "arch", "supported_parameters", "model_authors", "providers", "output_modalities", "input_modalities",
        ].map { QueryParameter($0, .text) }
        + ["min_price", "max_price", "min_output_price", "max_output_price"].map {
            QueryParameter($0, .number(in: 0...Double.greatestFiniteMagnitude))
        }

    struct Page {
        var models: [CatalogModel]
        var totalCount: Int
        /// Relative URL of the next page; nil on the last.
        var next: String?
    }

    private let query: QueryReader
    private let path: String
    private let outputModalities: [Modality]
    private let inputModalities: [Modality]
    private let offset: Int?
    private let limit: Int?
    private let prices: [(name: String, bound: USD)]
    private let minimumContext: Int?
    private let facts: ModelFacts

    /// - Parameters:
    ///   - items: of the query.
    ///   - path: of the listing, for links to its pages.
    ///   - output: what listed models make when the query does not say.
    ///   - now: in microseconds since 1970.
    /// - Throws: ``APIError`` 400 naming the parameter.
    init(
        _ items: [(name: String, value: String)],
        path: String = "/models",
        output: Modality = .text,
        now: Int64
    ) throws(APIError) {
        let query = QueryReader(items: items)
        for parameter in ModelFacts.parameters { try parameter.check(query) }
        try QueryParameter("sort", .choice(of: Order.self)).check(query)
        facts = ModelFacts(query, now: now)
        self.query = query
        self.path = path
        func modalities(_ name: String, among known: [Modality]) throws(APIError) -> [Modality]? {
            guard let value = query.value(name) else { return nil }
            if value == "all" { return known }
            var modalities: [Modality] = []
            for word in value.split(separator: ",") {
                guard let modality = Modality(rawValue: String(word)), known.contains(modality) else {
                    let words = known.map(\.rawValue).joined(separator: ", ")
                    throw .invalidField(
                        name,
                        expected: "all or some of \(words)",
                        found: JSON.string(String(word)).text
                    )
                }
                modalities.append(modality)
            }
            return modalities
        }
        outputModalities = try modalities("output_modalities", among: Modality.outputs) ?? [output]
        inputModalities = try modalities("input_modalities", among: Modality.inputs) ?? []
        offset = try query.integer("offset", in: 0...Int.max)
        limit = try query.integer("limit", in: 1...1000)
        minimumContext = try query.integer("context", in: 1...Int.max)
        var prices: [(name: String, bound: USD)] = []
        for item in items where ["min_price", "max_price", "min_output_price", "max_output_price"].contains(item.name) {
            guard let bound = USD(item.value), bound >= .zero else {
                throw .invalidField(item.name, expected: "USD per million tokens", found: JSON.string(item.value).text)
            }
            prices.append((item.name, bound))
        }
        self.prices = prices
    }

    func page(of models: [CatalogModel]) -> Page {
        let market = facts.needsMarket ? ModelFacts.Figures(models, now: facts.now) : nil
        let found = ordered(
            models.filter { !$0.isLegacy && matches($0) && facts.accepts($0, market) },
            market
        )
        guard offset != nil || limit != nil else {
            return Page(models: found, totalCount: found.count)
        }
        let start = min(offset ?? 0, found.count)
        let size = limit ?? 500
        let end = min(start + size, found.count)
        let next = end < found.count ? "/api/v1\(path)?offset=\(end)&limit=\(size)" + filters : nil
        return Page(models: Array(found[start..<end]), totalCount: found.count, next: next)
    }

    /// Everything but the page, so that the following pages are pages of the same listing.
    private var filters: String {
        query.items.filter { $0.name != "offset" && $0.name != "limit" }.reduce(into: "") { text, item in
            text += "&\(item.name.percentEncoded)=\(item.value.percentEncoded)"
        }
    }

    private func words(_ name: String) -> [String] {
        query.value(name)?.split(separator: ",").map(String.init) ?? []
    }

    private func matches(_ model: CatalogModel) -> Bool {
        let outputs = outputModalities.map(\.rawValue)
        guard model.outputModalities.contains(where: outputs.contains) else { return false }
        guard inputModalities.allSatisfy({ model.inputModalities.contains($0.rawValue) }) else { return false }
        guard words("supported_parameters").allSatisfy(model.supportedParameters.contains) else { return false }
        if let text = query.value("q")?.lowercased(), !text.isEmpty {
            guard model.id.lowercased().contains(text) || model.name.lowercased().contains(text) else { return false }
        }
        if let minimumContext, model.contextLength ?? 0 < minimumContext { return false }
        if let family = query.value("arch"), model.tokenizer.lowercased() != family.lowercased() { return false }
        let authors = words("model_authors")
        guard authors.isEmpty || authors.contains(model.author) else { return false }
        let providers = words("providers")
        let isServed = model.endpoints.contains { endpoint in
            providers.contains(endpoint.provider.slug) || providers.contains(endpoint.provider.name)
        }
        guard providers.isEmpty || isServed else { return false }
        return prices.allSatisfy { satisfies(model, $0.name, $0.bound) }
    }

    private func satisfies(_ model: CatalogModel, _ name: String, _ bound: USD) -> Bool {
        let price = name.hasSuffix("output_price") ? model.pricing.completion : model.pricing.prompt
        guard let perMillion = price.map({ $0 * 1_000_000 }) else { return false }
        return name.hasPrefix("min") ? perMillion >= bound : perMillion <= bound
    }

    private func ordered(_ models: [CatalogModel], _ figures: ModelFacts.Figures?) -> [CatalogModel] {
        func by<Key: Comparable>(_ key: (CatalogModel) -> Key) -> [CatalogModel] {
            let keyed = models.map(key).enumerated().map { (key: $1, index: $0) }
            return keyed.sorted { ($0.key, $0.index) < ($1.key, $1.index) }.map { models[$0.index] }
        }
        /// Models without the figure come last, the newest one first among them.
        func highest(_ figure: (ModelFacts.Figures, CatalogModel) -> Double?) -> [CatalogModel] {
            by { model in
                let value = figures.flatMap { figure($0, model) }
                return value.map { -$0 } ?? Double(1e12) - Double(model.created)
            }
        }
        switch order {
        case .newest: return by { -$0.created }
        case .mostPopular: return highest { $0.popularity($1) }
        case .topWeekly: return highest { $0.weeklyTokens($1) }
        case .pricingLowToHigh: return by { $0.averagePrice }
        case .pricingHighToLow: return by { .zero - $0.averagePrice }
        case .contextHighToLow: return by { -($0.contextLength ?? 0) }
        case .throughputHighToLow: return by { -($0.endpoints.map(\.tokensPerSecond).max() ?? 0) }
        case .latencyLowToHigh: return by { $0.endpoints.map(\.latency).min() ?? .seconds(3600) }
        case .intelligenceHighToLow: return highest { $0.scores($1)?.intelligenceIndex }
        case .codingHighToLow: return highest { $0.scores($1)?.codingIndex }
        case .agenticHighToLow: return highest { $0.scores($1)?.agenticIndex }
        case .eloHighToLow: return highest { $0.scores($1)?.bestElo }
        }
    }

    private var order: Order { query.value("sort").flatMap(Order.init(rawValue:)) ?? .newest }
}

extension CatalogModel {
    /// The mean of the prices of prompt and completion, doubled.
    fileprivate var averagePrice: USD { (pricing.prompt ?? .zero) + (pricing.completion ?? .zero) }
}

extension String {
    /// Every byte escaped but unreserved characters (RFC 3986 §2.3) and the comma of our lists.
    fileprivate var percentEncoded: String {
        utf8.reduce(into: "") { text, byte in
            let scalar = Unicode.Scalar(byte)
            if scalar.isASCII, scalar.properties.isAlphabetic || "0123456789-._~,".unicodeScalars.contains(scalar) {
                text.unicodeScalars.append(scalar)
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
}
