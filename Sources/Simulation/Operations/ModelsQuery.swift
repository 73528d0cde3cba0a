internal import OpenRouterAPI

/// Filters, order and page of a model listing (reference: platform §2.2).
///
/// Not simulated, because the catalog has no such facts: `category`, `region`, `distillable`, benchmark and RSS
/// parameters; they are accepted and change nothing.
struct ModelsQuery {
    private enum Modality: String, CaseIterable {
        case text, image, audio, embeddings, video, rerank, speech, transcription, file

        static let inputs: [Modality] = [.text, .image, .file, .audio, .video]
        static let outputs = allCases.filter { $0 != .file }
    }

    private enum Order: String, CaseIterable {
        case newest
        case pricingLowToHigh = "pricing-low-to-high"
        case pricingHighToLow = "pricing-high-to-low"
        case contextHighToLow = "context-high-to-low"
        case throughputHighToLow = "throughput-high-to-low"
        case latencyLowToHigh = "latency-low-to-high"
    }

    struct Page {
        var models: [CatalogModel]
        var totalCount: Int
        /// Relative URL of the next page; nil on the last.
        var next: String?
    }

    private let items: [(name: String, value: String)]
    private let outputModalities: [Modality]?
    private let inputModalities: [Modality]
    private let offset: Int?
    private let limit: Int?
    private let prices: [(name: String, bound: USD)]
    private let minimumContext: Int?

    /// - Throws: ``APIError`` 400 naming the parameter.
    init(_ items: [(name: String, value: String)]) throws(APIError) {
        self.items = items
        func integer(_ name: String, in range: ClosedRange<Int>) throws(APIError) -> Int? {
            guard let item = items.first(where: { $0.name == name }) else { return nil }
            guard let value = Int(item.value), range.contains(value) else {
                let bound =
                    range.upperBound == .max
                    ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
                throw .invalidField(name, expected: "an integer \(bound)", found: JSON.string(item.value).text)
            }
            return value
        }
        func modalities(_ name: String, among known: [Modality]) throws(APIError) -> [Modality]? {
            guard let item = items.first(where: { $0.name == name }) else { return nil }
            if item.value == "all" { return known }
            var modalities: [Modality] = []
            for word in item.value.split(separator: ",") {
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
        outputModalities = try modalities("output_modalities", among: Modality.outputs)
        inputModalities = try modalities("input_modalities", among: Modality.inputs) ?? []
        offset = try integer("offset", in: 0...Int.max)
        limit = try integer("limit", in: 1...1000)
        minimumContext = try integer("context", in: 1...Int.max)
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
        let found = ordered(models.filter { !$0.isLegacy && matches($0) })
        guard offset != nil || limit != nil else {
            return Page(models: found, totalCount: found.count)
        }
        let start = min(offset ?? 0, found.count)
        let size = limit ?? 500
        let end = min(start + size, found.count)
        let next = end < found.count ? "/api/v1/models?offset=\(end)&limit=\(size)" + filters : nil
        return Page(models: Array(found[start..<end]), totalCount: found.count, next: next)
    }

    /// Everything but the page, so that the following pages are pages of the same listing.
    private var filters: String {
        items.filter { $0.name != "offset" && $0.name != "limit" }.reduce(into: "") { query, item in
            query += "&\(item.name.percentEncoded)=\(item.value.percentEncoded)"
        }
    }

    private func value(_ name: String) -> String? {
        items.first { $0.name == name }?.value
    }

    private func words(_ name: String) -> [String] {
        value(name)?.split(separator: ",").map(String.init) ?? []
    }

    private func matches(_ model: CatalogModel) -> Bool {
        let outputs = outputModalities?.map(\.rawValue) ?? ["text"]
        guard model.outputModalities.contains(where: outputs.contains) else { return false }
        guard inputModalities.allSatisfy({ model.inputModalities.contains($0.rawValue) }) else { return false }
        guard words("supported_parameters").allSatisfy(model.supportedParameters.contains) else { return false }
        if let text = value("q")?.lowercased(), !text.isEmpty {
            guard model.id.lowercased().contains(text) || model.name.lowercased().contains(text) else { return false }
        }
        if let minimumContext, model.contextLength ?? 0 < minimumContext { return false }
        if let family = value("arch"), model.tokenizer.lowercased() != family.lowercased() { return false }
        let authors = words("model_authors")
        guard authors.isEmpty || authors.contains(model.author) else { return false }
        let providers = words("providers")
        guard providers.isEmpty || model.endpoints.contains(where: { providers.contains($0.provider.slug) }) else {
            return false
        }
        return prices.allSatisfy { satisfies(model, $0.name, $0.bound) }
    }

    private func satisfies(_ model: CatalogModel, _ name: String, _ bound: USD) -> Bool {
        let price = name.hasSuffix("output_price") ? model.pricing.completion : model.pricing.prompt
        guard let perMillion = price.map({ $0 * 1_000_000 }) else { return false }
        return name.hasPrefix("min") ? perMillion >= bound : perMillion <= bound
    }

    private func ordered(_ models: [CatalogModel]) -> [CatalogModel] {
        func by<Key: Comparable>(_ key: (CatalogModel) -> Key) -> [CatalogModel] {
            models.enumerated().sorted { (key($0.element), $0.offset) < (key($1.element), $1.offset) }.map(\.element)
        }
        switch value("sort").flatMap(Order.init(rawValue:)) ?? .newest {
        case .newest: return by { -$0.created }
        case .pricingLowToHigh: return by { $0.pricing.prompt ?? .zero }
        case .pricingHighToLow: return by { .zero - ($0.pricing.prompt ?? .zero) }
        case .contextHighToLow: return by { -($0.contextLength ?? 0) }
        case .throughputHighToLow: return by { -($0.endpoints.map(\.tokensPerSecond).max() ?? 0) }
        case .latencyLowToHigh: return by { $0.endpoints.map(\.latency).min() ?? .seconds(3600) }
        }
    }
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
