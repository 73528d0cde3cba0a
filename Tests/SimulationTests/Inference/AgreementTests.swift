internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

/// What an answer says it cost, what its endpoint's prices make of its tokens, what `/generation` says and what the
/// account was debited are one number.
@Suite("Usage, prices and accounts agree")
struct AgreementTests {
    private static let models = [
        "openai/gpt-4o-mini", "openai/gpt-5-mini", "anthropic/claude-sonnet-4.5", "google/gemini-2.5-flash",
        "mistralai/mistral-large", "meta-llama/llama-3.3-70b-instruct", "google/gemma-4-31b-it:free",
        "deepseek/deepseek-v3.2", "openai/gpt-4o:floor", "openrouter/auto",
    ]

    private static func request(_ generator: inout SeededGenerator) -> Request {
        let model = generator.choice(of: models) ?? ""
        var rest = #""max_tokens":\#(generator.integer(in: 1...120))"#
        if generator.chance(percent: 30) { rest += #","reasoning":{"effort":"low"}"# }
        if generator.chance(percent: 20) {
            rest += #","plugins":[{"id":"web","max_results":\#(generator.integer(in: 1...25))}]"#
        }
        if generator.chance(percent: 20) {
            rest += #","tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]"#
        }
        let words = (0..<generator.integer(in: 1...400)).map { _ in generator.characters(5, of: "aeioulnrst") }
        let prompt = words.joined(separator: " ")
        let request = Request.chat(
            #"{"model":"\#(model)","messages":[{"role":"user","content":"\#(prompt)"}],\#(rest)}"#
        )
        return generator.chance(percent: 50) ? request.streamed : request
    }

    @Test("A thousand random requests agree to the last decimal")
    func thousand() throws {
        var generator = SeededGenerator(seed: 7)
        let world = World.make()
        var settings = SimulationSettings()
        settings.limitsFreeRequests = false
        let simulator = Simulator(settings: settings)
        var sum = USD.zero
        for _ in 0..<1000 {
            let exchange = Exchange(Self.request(&generator), in: world, by: simulator)
            try #require(exchange.status == 200, "\(exchange.body)")
            let isStreamed = exchange.fields[.contentType] == "text/event-stream"
            let document = isStreamed ? try exchange.chunks().last : try exchange.json()
            let usage = try #require(document?["usage"])
            let id = try #require(exchange.answered.generationID)
            let record = try #require(world.generation(id: id, key: Request.mockKey))
            let generation = try #require(try Exchange(.get("/generation?id=\(id)"), in: world).json()["data"])
            // The printed numbers are the same text, so the same decimals.
            #expect(usage["cost"]?.text == generation["total_cost"]?.text)
            #expect(usage["cost"]?.text == generation["usage"]?.text)
            #expect(usage["prompt_tokens"]?.int == generation["native_tokens_prompt"]?.int)
            #expect(usage["completion_tokens"]?.int == generation["native_tokens_completion"]?.int)
            #expect(record.cost == Self.price(usage, record, simulator.catalog))
            sum += record.cost
        }
        #expect(world.account(forKey: Request.mockKey).ledger.total == sum)
        #expect(try Exchange(.get("/key"), in: world).json()["data"]?["usage"]?.text == sum.json.text)
        #expect(try Exchange(.get("/credits"), in: world).json()["data"]?["total_usage"]?.text == sum.json.text)
    }

    /// The catalog's prices times the tokens in the answer, and the fee of its searches.
    private static func price(_ usage: JSONValue, _ record: GenerationRecord, _ catalog: Catalog) -> USD? {
        guard let model = catalog[record.model],
            let endpoint = model.endpoints.first(where: {
                $0.provider.name == record.provider
                    && ($0.tier.rawValue == record.serviceTier)
                    && catalogCost($0, usage, record) == record.cost
            })
        else { return nil }
        return catalogCost(endpoint, usage, record)
    }

    private static func catalogCost(_ endpoint: CatalogEndpoint, _ usage: JSONValue, _ record: GenerationRecord) -> USD
    {
        let prompt = usage["prompt_tokens"]?.int ?? 0
        let cached = usage["prompt_tokens_details"]?["cached_tokens"]?.int ?? 0
        let completion = usage["completion_tokens"]?.int ?? 0
        let reasoning = usage["completion_tokens_details"]?["reasoning_tokens"]?.int ?? 0
        let completionPrice = endpoint.pricing.completion ?? .zero
        var cost = (endpoint.pricing.prompt ?? .zero) * (prompt - cached)
        cost += (endpoint.pricing[.cacheRead] ?? endpoint.pricing.prompt ?? .zero) * cached
        cost += completionPrice * (completion - reasoning)
        cost += (endpoint.pricing[.reasoning].flatMap { $0 == .zero ? nil : $0 } ?? completionPrice) * reasoning
        cost += endpoint.pricing[.request] ?? .zero
        guard let results = record.searchResultCount, let engine = record.searchEngine else { return cost }
        let fee = engine == "native" ? ToolFee.nativeSearch(endpoint.pricing) : ToolFee.exaSearch
        return cost + fee.cost(resultCount: results)
    }
}
