internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

/// Costs beside a second computation that shares nothing with the first: it reads the served strings and counts in
/// whole numbers of 1e-30 dollars.
@Suite("Costs of the catalog, computed twice")
struct CostLawTests {
    /// Every set of prices that an endpoint or a model has, once.
    private static let catalogPrices: [Pricing] = {
        var seen: Set<JSONObject> = []
        return Catalog.embedded.models.flatMap { model in model.endpoints.map(\.pricing) + [model.pricing] }
            .filter { seen.insert($0.members).inserted }
    }()

    /// Prices that no row of the catalog has, in strings as long as they may be.
    private static let rarePrices = [
        #"{"prompt":"0.000000000000000000000001","completion":"0.123456789012345678901234","request":"0.01","#
            + #""image":"0.3","image_output":"0.07","audio":"0.000123","audio_output":"0.00456","image_token":"0.001","#
            + #""input_audio_cache":"0.00000000007","input_cache_read":"0.000000033333333333333333","#
            + #""input_cache_write":"0.00000008333333333333334","input_cache_write_1h":"0.0000002","#
            + #""internal_reasoning":"0.00000077","web_search":"0.01","discount":0.25,"#
            + #""overrides":[{"utc_start":1200,"utc_end":1600,"audio":"0.5"},{"min_prompt_tokens":5000,"prompt":"0.00007"}]}"#,
        #"{"prompt":"0.000001","completion":"0.000002","audio":"0","internal_reasoning":"0","image":"0","request":"0"}"#,
    ]

    @Test("Each total is exact and is printed as the nearest double", arguments: 0..<10 as Range<UInt64>)
    func totals(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let afternoon = CivilTime(microseconds: World.mockTime)
        let rare = try Self.rarePrices.map { Pricing(try JSONDocument(parsing: $0.utf8).root) }
        let prices = (Self.catalogPrices + rare).map { ($0, ExactPrices($0.members)) }
        #expect(prices.count > 100)
        for _ in 0..<100 {
            let usage = Self.usage(using: &random)
            for (pricing, exactPrices) in prices {
                let cost = pricing.cost(of: usage, at: afternoon)
                let expected = exactPrices.total(of: usage)
                let isExact = ExactNumber(cost.total.decimalText, scale: ExactPrices.scale) == expected
                #expect(isExact, "seed \(seed): \(cost.total.decimalText) for \(usage) at \(pricing.members)")
                #expect(cost.total == cost.upstreamPrompt + cost.upstreamCompletion + cost.tools)
                let printed = try #require(Double(cost.total.json.text))
                #expect(
                    expected.isNearest(printed, scale: ExactPrices.scale),
                    "seed \(seed): \(cost.total.decimalText)"
                )
            }
        }
    }

    private static func usage(using random: inout SeededGenerator) -> TokenUsage {
        func count(_ limit: Int) -> Int { random.below(3) == 0 ? 0 : random.below(limit) }
        let size = [10, 1_000, 300_000, 2_000_000][random.below(4)]
        var usage = TokenUsage(prompt: 0, completion: count(size))
        usage.cachedAudio = count(size / 20 + 1)
        usage.cached = usage.cachedAudio + count(size)
        usage.cacheWrittenForHour = count(size)
        usage.cacheWritten = usage.cacheWrittenForHour + count(size)
        usage.promptAudio = usage.cachedAudio + count(size)
        usage.promptImageTokens = count(size)
        usage.prompt = usage.cached + usage.cacheWritten + usage.promptAudio + usage.promptImageTokens + count(size)
        usage.promptImages = count(10)
        usage.outputImages = count(5)
        usage.reasoning = count(usage.completion / 2 + 1)
        usage.completionAudio = count(usage.completion / 2 + 1)
        return usage
    }
}

/// The strings of a pricing object as whole numbers of 1e-30 dollars.
private struct ExactPrices {
    static let scale = 30

    private var base: [String: ExactNumber]
    /// A threshold above which they apply, nil for always.
    private var overrides: [(threshold: Int?, prices: [String: ExactNumber])] = []

    init(_ members: JSONObject) {
        base = Self.prices(members)
        guard case .array(let entries) = members["overrides"] ?? .null else { return }
        for case .object(let entry) in entries {
            let threshold: Int? = if case .integer(let count) = entry["min_prompt_tokens"] { count } else { nil }
            overrides.append((threshold, Self.prices(entry)))
        }
    }

    /// A variable price, and a zero where one used to stand for none, are no prices.
    private static func prices(_ members: JSONObject) -> [String: ExactNumber] {
        var prices: [String: ExactNumber] = [:]
        for member in members.members {
            guard case .string(let text) = member.value, !text.hasPrefix("-") else { continue }
            if text == "0", ["audio", "internal_reasoning"].contains(member.key) { continue }
            prices[member.key] = ExactNumber(text, scale: scale)
        }
        return prices
    }

    func total(of usage: TokenUsage) -> ExactNumber {
        let prices = overrides.reduce(base) { prices, override in
            let applies = override.threshold.map { usage.prompt > $0 } ?? true
            return applies ? prices.merging(override.prices) { $1 } : prices
        }
        var sum = ExactNumber(0)
        func charge(_ count: Int, _ keys: String...) {
            guard count > 0, var amount = keys.lazy.compactMap({ prices[$0] }).first else { return }
            amount.multiply(by: UInt32(count))
            sum.add(amount)
        }
        let text = usage.prompt - usage.cached - usage.cacheWritten - usage.promptAudio + usage.cachedAudio
        charge(text - usage.promptImageTokens, "prompt")
        charge(usage.promptImageTokens, "image_token", "prompt")
        charge(usage.promptAudio - usage.cachedAudio, "audio", "prompt")
        charge(usage.cached - usage.cachedAudio, "input_cache_read", "prompt")
        charge(usage.cachedAudio, "input_audio_cache", "input_cache_read", "audio", "prompt")
        charge(usage.cacheWritten - usage.cacheWrittenForHour, "input_cache_write", "prompt")
        if prices["input_cache_write_1h"] == nil, let brief = prices["input_cache_write"],
            let prompt = prices["prompt"], prompt < brief
        {
            charge(2 * usage.cacheWrittenForHour, "prompt")
        } else {
            charge(usage.cacheWrittenForHour, "input_cache_write_1h", "input_cache_write", "prompt")
        }
        charge(usage.completion - usage.reasoning - usage.completionAudio, "completion")
        charge(usage.reasoning, "internal_reasoning", "completion")
        charge(usage.completionAudio, "audio_output", "completion")
        charge(1, "request")
        charge(usage.promptImages, "image")
        charge(usage.outputImages, "image_output")
        return sum
    }
}
