internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Costs")
struct CostTests {
    private static let afternoon = CivilTime(microseconds: World.mockTime)

    private static func pricing(_ text: String) throws -> Pricing {
        Pricing(try JSONDocument(parsing: text.utf8).root)
    }

    /// Each price is another power of ten, so that a total shows what was charged how often.
    private static let allPrices = """
        {"prompt":"1","completion":"10","request":"100","image":"1000","image_output":"10000","audio":"0.1",\
        "audio_output":"0.01","image_token":"0.001","input_audio_cache":"0.0001","input_cache_read":"0.00001",\
        "input_cache_write":"0.000001","input_cache_write_1h":"0.0000001","internal_reasoning":"0.00000001",\
        "web_search":"0.000000001"}
        """

    // MARK: - Kinds of tokens

    private static func usage(_ prompt: Int, _ change: (inout TokenUsage) -> Void = { _ in }) -> TokenUsage {
        var usage = TokenUsage(prompt: prompt, completion: 0)
        change(&usage)
        return usage
    }

    @Test(
        "Each kind of prompt token and input has its own price",
        arguments: [
            (usage(9), "109"),
            (usage(9) { $0.cached = 2 }, "107.00002"),
            (usage(9) { $0.cacheWritten = 3 }, "106.000003"),
            (usage(9) { ($0.cacheWritten, $0.cacheWrittenForHour) = (3, 2) }, "106.0000012"),
            (usage(9) { $0.promptAudio = 4 }, "105.4"),
            (usage(9) { ($0.promptAudio, $0.cached, $0.cachedAudio) = (4, 3, 1) }, "103.30012"),
            (usage(9) { ($0.promptImages, $0.promptImageTokens) = (2, 5) }, "2104.005"),
            (usage(9) { ($0.promptVideo, $0.promptFileTokens) = (4, 5) }, "109"),
        ]
    )
    func promptKinds(usage: TokenUsage, total: String) throws {
        let pricing = try Self.pricing(Self.allPrices)
        let cost = pricing.cost(of: usage, at: Self.afternoon)
        #expect(cost.total.decimalText == total)
        #expect(cost.upstreamPrompt == cost.total)
        // What a cache saved is the difference to the same usage without one.
        var uncached = usage
        (uncached.cached, uncached.cachedAudio, uncached.cacheWritten, uncached.cacheWrittenForHour) = (0, 0, 0, 0)
        #expect(cost.cacheDiscount == pricing.cost(of: uncached, at: Self.afternoon).total - cost.total)
    }

    @Test(
        "Writing to a cache for an hour costs twice the prompt where the listing has no price for it",
        arguments: [
            (#"{"prompt":"1","completion":"0","input_cache_write":"1.25"}"#, "8"),
            (#"{"prompt":"1","completion":"0","input_cache_write":"1.25","input_cache_write_1h":"3"}"#, "10"),
            // A cache that is written for nothing, or below the prompt's price, has no other price for an hour.
            (#"{"prompt":"1","completion":"0"}"#, "6"),
            (#"{"prompt":"1","completion":"0","input_cache_write":"0.5"}"#, "5"),
        ]
    )
    func cacheForHour(prices: String, total: String) throws {
        let usage = Self.usage(6) { ($0.cacheWritten, $0.cacheWrittenForHour) = (2, 2) }
        #expect(try Self.pricing(prices).cost(of: usage, at: Self.afternoon).total.decimalText == total)
    }

    @Test("Reasoning, sound and images that come back have their own price")
    func completionKinds() throws {
        let pricing = try Self.pricing(Self.allPrices)
        var usage = TokenUsage(prompt: 0, completion: 9, reasoning: 4)
        #expect(pricing.cost(of: usage, at: Self.afternoon).completion == USD("50.00000004"))
        usage.completionAudio = 2
        #expect(pricing.cost(of: usage, at: Self.afternoon).completion == USD("30.02000004"))
        (usage.completionImage, usage.outputImages) = (3, 2)
        let cost = pricing.cost(of: usage, at: Self.afternoon)
        #expect(cost.completion == USD("30.02000004"))
        #expect(cost.images == .dollars(20_000))
        #expect(cost.upstreamCompletion == USD("20030.02000004"))
        #expect(cost.upstreamPrompt == .dollars(100))
    }

    @Test("Where a kind of token has no price, the one nearest to it is charged")
    func substitutes() throws {
        var usage = TokenUsage(prompt: 100, completion: 50, reasoning: 20, cached: 30)
        (usage.promptAudio, usage.cachedAudio, usage.promptImageTokens) = (20, 10, 5)
        (usage.cacheWritten, usage.cacheWrittenForHour, usage.completionAudio) = (10, 10, 20)
        for text in [
            #"{"prompt":"0.1","completion":"0.2"}"#,
            // Zero is how listings of 2025 left a price out.
            #"{"prompt":"0.1","completion":"0.2","audio":"0","internal_reasoning":"0","request":"0","image":"0"}"#,
        ] {
            let cost = try Self.pricing(text).cost(of: usage, at: Self.afternoon)
            #expect(cost.prompt == .dollars(10))
            #expect(cost.completion == .dollars(10))
            #expect(cost.cacheDiscount == .zero)
        }
        // A cache that costs nothing to read is no price left out.
        let read = try Self.pricing(#"{"prompt":"0.1","completion":"0.2","input_cache_read":"0"}"#)
        #expect(read.cost(of: usage, at: Self.afternoon).prompt == .dollars(7))
        let written = try Self.pricing(#"{"prompt":"0.1","completion":"0.2","input_cache_write":"0.2"}"#)
        #expect(written.cost(of: usage, at: Self.afternoon).prompt == .dollars(11))
        #expect(written.cost(of: usage, at: Self.afternoon).cacheDiscount == .dollars(-1))
    }

    @Test("A provider that reports the same tokens as written and as read is paid for both and no others")
    func writtenAndRead() throws {
        let pricing = try Self.pricing(
            #"{"prompt":"1","completion":"2","input_cache_read":"0.1","input_cache_write":"0.01"}"#
        )
        let usage = Self.usage(12) { ($0.cached, $0.cacheWritten) = (10, 10) }
        #expect(pricing.cost(of: usage, at: Self.afternoon).total == USD("1.1"))
    }

    // MARK: - Overrides

    private static func pricing(start: Int?, end: Int?, threshold: Int? = nil) throws -> Pricing {
        var entry: JSONObject = ["prompt": "5"]
        entry.append("utc_start", start.map { .integer($0) })
        entry.append("utc_end", end.map { .integer($0) })
        entry.append("min_prompt_tokens", threshold.map { .integer($0) })
        return try pricing(JSON.object(["prompt": "1", "completion": "0", "overrides": [.object(entry)]]).text)
    }

    @Test(
        "An override by the clock counts from its start to before its end, also past midnight",
        arguments: [
            (900, 1730, "08:59:59", false), (900, 1730, "09:00:00", true), (900, 1730, "17:29:59", true),
            (900, 1730, "17:30:00", false), (1630, 30, "16:29:59", false), (1630, 30, "16:30:00", true),
            (1630, 30, "23:59:59", true), (1630, 30, "00:00:00", true), (1630, 30, "00:29:59", true),
            (1630, 30, "00:30:00", false), (1630, 30, "12:00:00", false), (0, 2400, "23:59:59", true),
            (700, 700, "03:00:00", true), (nil, 100, "00:59:59", true), (nil, 100, "01:00:00", false),
            (2300, nil, "22:59:59", false), (2300, nil, "23:00:00", true), (nil, nil, "12:00:00", true),
        ] as [(Int?, Int?, String, Bool)]
    )
    func window(start: Int?, end: Int?, clock: String, applies: Bool) throws {
        let pricing = try Self.pricing(start: start, end: end)
        let time = try #require(CivilTime.microseconds(rfc3339: "2026-09-21T\(clock)Z"))
        let cost = pricing.cost(of: Self.usage(1), at: CivilTime(microseconds: time))
        #expect(cost.total == .dollars(applies ? 5 : 1))
    }

    @Test("An override with two conditions needs both", arguments: [(10, false), (11, true)])
    func bothConditions(count: Int, applies: Bool) throws {
        let inside = try Self.pricing(start: 1400, end: 1500, threshold: 10)
        #expect(inside.cost(of: Self.usage(count), at: Self.afternoon).total == .dollars(count * (applies ? 5 : 1)))
        let outside = try Self.pricing(start: 1500, end: 1400, threshold: 10)
        #expect(outside.cost(of: Self.usage(count), at: Self.afternoon).total == .dollars(count))
    }

    // MARK: - Fees

    @Test("Fees of tools are charged and are not the provider's")
    func tools() throws {
        // The figures of the capture in the inference reference, §7.
        let pricing = try Self.pricing(#"{"prompt":"0.0000006509169","completion":"0"}"#)
        let cost = pricing.cost(
            of: Self.usage(1000),
            charges: Charges(toolFees: ToolFee.exaSearch.cost(resultCount: 5), webSearchRequests: 1),
            at: Self.afternoon
        )
        #expect(cost.total == USD("0.0076509169"))
        #expect(cost.upstream == USD("0.0006509169"))
        #expect(cost.tools == USD("0.007"))
    }

    @Test(
        "A search costs its engine's fee, a page of a file two tenths of a cent",
        arguments: [
            (ToolFee.exaSearch, 0, "0.007"), (.exaSearch, 10, "0.007"), (.exaSearch, 11, "0.008"),
            (.exaSearch, 25, "0.022"), (.parallelSearch, 10, "0.005"), (.perplexitySearch, 10, "0.005"),
            (.firecrawlSearch, 10, "0.005"), (.mistralOCR, 0, "0"), (.mistralOCR, 1, "0.002"), (.mistralOCR, 1000, "2"),
        ]
    )
    func fees(fee: ToolFee, count: Int, expected: String) {
        #expect(fee.cost(resultCount: count).decimalText == expected)
    }

    @Test("The provider's own search costs what its listing says, or nothing")
    func nativeSearch() throws {
        let model = try #require(Catalog.embedded["openai/gpt-5.5"])
        #expect(ToolFee.nativeSearch(model.pricing).cost(resultCount: 20) == USD("0.01"))
        #expect(ToolFee.nativeSearch(.variable).cost(resultCount: 20) == .zero)
    }

    // MARK: - Insurance

    @Test(
        "Nothing but fees is charged for an answer that failed, or that is empty and has no reason to end",
        arguments: [
            (0, nil, true), (1, nil, false), (0, .stop, false), (0, .error, true), (500, .error, true),
            (500, .stop, false), (0, .length, false), (0, .contentFilter, false),
        ] as [(Int, FinishReason?, Bool)]
    )
    func insurance(count: Int, reason: FinishReason?, isFree: Bool) throws {
        let usage = TokenUsage(prompt: 9, completion: count, cached: 3)
        let cost = try Self.pricing(Self.allPrices)
            .cost(of: usage, charges: Charges(toolFees: .dollars(7)), at: Self.afternoon)
        let insured = cost.insured(completionTokens: count, finishReason: reason)
        #expect(insured == (isFree ? Pricing.Cost(tools: .dollars(7)) : cost))
        #expect(insured.total == (isFree ? .dollars(7) : cost.total))
    }
}
