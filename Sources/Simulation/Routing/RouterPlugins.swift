package import OpenRouterAPI

/// The plugins of a request that steer the smart routers (reference: platform §1.3).
///
/// A plugin that is not there, or that is switched off with `enabled`, is nil. Each router reads its own plugin; the
/// others' are ignored.
package struct RouterPlugins: Sendable, Equatable {
    package enum CostTier: String, Sendable, CaseIterable {
        case low, medium, high, xhigh, max
    }

    /// `auto-router` and `auto-beta-router`.
    package struct Automatic: Sendable, Equatable {
        /// Slugs or patterns with `*`; empty for the router's own choice.
        package var allowedModels: [String] = []
        package var excludedModels: [String] = []
        package var costTier: CostTier?
        /// 0 to 10, higher is cheaper; superseded by ``costTier``.
        package var costQualityTradeoff: Int?
        /// Keep the model of the last assistant message.
        package var pinsModel = false

        package init() {}
    }

    /// `pareto-router`.
    package struct Pareto: Sendable, Equatable {
        /// 0 to 1; nil for the highest tier.
        package var minimumCodingScore: Double?
        /// USD a million prompt tokens.
        package var maximumPrice: USD?

        package init() {}
    }

    /// `fusion`.
    package struct Fusion: Sendable, Equatable {
        package enum Preset: String, Sendable, CaseIterable {
            case generalHigh = "general-high"
            case generalBudget = "general-budget"
            case generalFast = "general-fast"
        }

        /// The panel; nil for the preset's.
        package var analysisModels: [String]?
        /// Who writes the answer; nil for the preset's.
        package var model: String?
        package var preset: Preset?

        package init() {}
    }

    package var automatic: Automatic?
    package var automaticBeta: Automatic?
    package var pareto: Pareto?
    package var fusion: Fusion?

    package init() {}
}

extension RouterPlugins {
    private enum PriceSource: String, CaseIterable {
        case prompt
        case weightedAverage = "weighted_avg"
    }

    /// Reads the routers' entries of `plugins`; other entries are left to their own readers.
    ///
    /// - Parameter body: the whole request.
    /// - Throws: ``APIError`` 400 that names the member.
    package init(reading body: FieldReader) throws(APIError) {
        self.init()
        guard let list = try body.array("plugins") else { return }
        for (index, value) in list.elements.enumerated() {
            let entry = try FieldReader(value, path: "\(body.path(of: "plugins"))[\(index)]")
            let isEnabled = try entry.bool("enabled") ?? true
            switch try entry.string("id") {
            case "auto-router":
                let options = try Self.automatic(entry)
                automatic = isEnabled ? options : nil
            case "auto-beta-router":
                let options = try Self.automatic(entry)
                automaticBeta = isEnabled ? options : nil
            case "pareto-router":
                let options = try Self.pareto(entry)
                pareto = isEnabled ? options : nil
            case "fusion":
                let options = try Self.fusion(entry)
                fusion = isEnabled ? options : nil
            default:
                continue
            }
        }
    }

    private static func automatic(_ entry: FieldReader) throws(APIError) -> Automatic {
        var options = Automatic()
        options.allowedModels = try patterns("allowed_models", entry)
        options.excludedModels = try patterns("excluded_models", entry)
        options.costTier = try entry.choice("cost_tier", of: CostTier.self)
        options.costQualityTradeoff = try entry.integer("cost_quality_tradeoff", in: 0...10)
        options.pinsModel = try entry.bool("pin_model") ?? false
        return options
    }

    /// Limits: schema `AutoRouterPlugin`.
    private static func patterns(_ name: String, _ entry: FieldReader) throws(APIError) -> [String] {
        let patterns = try entry.strings(name) ?? []
        let path = entry.path(of: name)
        guard patterns.count <= 1024 else {
            throw .invalidField(path, expected: "at most 1024 patterns", found: "\(patterns.count)")
        }
        let lengths = patterns.map(\.unicodeScalars.count)
        if let index = lengths.firstIndex(where: { $0 > 1024 }) {
            throw .invalidField("\(path)[\(index)]", expected: "at most 1024 characters", found: "\(lengths[index])")
        }
        let total = lengths.reduce(0, +)
        guard total <= 65_536 else {
            throw .invalidField(path, expected: "at most 65536 characters in all", found: "\(total)")
        }
        return patterns
    }

    private static func pareto(_ entry: FieldReader) throws(APIError) -> Pareto {
        var options = Pareto()
        options.minimumCodingScore = try entry.number("min_coding_score", in: 0...1)
        _ = try entry.choice("price_source", of: PriceSource.self)
        if let price = entry.optional("max_price") {
            guard let double = price.double, double >= 0, double.isFinite else {
                throw entry.invalid("max_price", expected: "a number of at least 0")
            }
            options.maximumPrice = USD(double)
        }
        return options
    }

    private static func fusion(_ entry: FieldReader) throws(APIError) -> Fusion {
        var options = Fusion()
        options.model = try entry.string("model")
        options.preset = try entry.choice("preset", of: Fusion.Preset.self)
        _ = try entry.integer("max_tool_calls", in: 1...16)
        if let models = try entry.strings("analysis_models") {
            guard (1...8).contains(models.count) else {
                let path = entry.path(of: "analysis_models")
                throw .invalidField(path, expected: "1 to 8 models", found: "\(models.count)")
            }
            options.analysisModels = models
        }
        if let tools = try entry.array("tools"), tools.count > 8 {
            throw .invalidField(entry.path(of: "tools"), expected: "at most 8 tools", found: "\(tools.count)")
        }
        return options
    }
}
