internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Pricing")
struct PricingTests {
    private static let afternoon = CivilTime(microseconds: World.mockTime)

    private static func pricing(_ text: String) throws -> Pricing {
        Pricing(try JSONDocument(parsing: text.utf8).root)
    }

    @Test("A cost is tokens times prices, and the price of the request")
    func cost() throws {
        let pricing = try Self.pricing(#"{"prompt":"0.000003","completion":"0.000015","request":"0.002"}"#)
        let cost = pricing.cost(of: TokenUsage(prompt: 41, completion: 9, reasoning: 4), at: Self.afternoon)
        #expect(cost.prompt == USD("0.000123"))
        #expect(cost.completion == USD("0.000135"))
        #expect(cost.request == USD("0.002"))
        #expect(cost.total == USD("0.002258"))
    }

    @Test("Cached tokens have their own price, or the prompt's")
    func cached() throws {
        let usage = TokenUsage(prompt: 100, completion: 0, cached: 60)
        let own = try Self.pricing(#"{"prompt":"0.000003","completion":"0.000015","input_cache_read":"0.0000003"}"#)
        #expect(own.cost(of: usage, at: Self.afternoon).prompt == USD("0.000138"))
        let plain = try Self.pricing(#"{"prompt":"0.000003","completion":"0.000015"}"#)
        #expect(plain.cost(of: usage, at: Self.afternoon).prompt == USD("0.0003"))
    }

    @Test("Half the price is half of every cost, at any size, but not of a search")
    func halved() throws {
        let pricing = try Self.pricing(
            #"""
            {"prompt":"0.000003","completion":"0.00000008333333333333334","request":"0.002","web_search":"0.01",
            "overrides":[{"min_prompt_tokens":100,"prompt":"0.000005"}]}
            """#
        )
        for usage in [TokenUsage(prompt: 41, completion: 9, reasoning: 4), TokenUsage(prompt: 101, completion: 3)] {
            let whole = pricing.cost(of: usage, at: Self.afternoon).total
            let half = pricing.halved.cost(of: usage, at: Self.afternoon).total
            #expect(half + half == whole)
        }
        #expect(pricing.halved[.webSearch] == USD("0.01"))
    }

    @Test("Every price of the catalog can be halved exactly")
    func halvedCatalog() {
        for endpoint in Catalog.embedded.models.flatMap(\.endpoints) {
            for kind in PriceKind.allCases where kind != .webSearch {
                guard let price = endpoint.pricing[kind] else { continue }
                #expect(price.half + price.half == price)
            }
        }
    }

    @Test("A router's price of -1 costs nothing by itself")
    func variable() throws {
        let pricing = try Self.pricing(#"{"prompt":"-1","completion":"-1"}"#)
        #expect(pricing.prompt == nil)
        #expect(pricing.completion == nil)
        #expect(!pricing.isFree)
        #expect(pricing.cost(of: TokenUsage(prompt: 10, completion: 10), at: Self.afternoon).total == .zero)
    }

    @Test("What costs nothing is free")
    func free() throws {
        #expect(try Self.pricing(#"{"prompt":"0","completion":"0"}"#).isFree)
        #expect(try !Self.pricing(#"{"prompt":"0","completion":"0.0000001"}"#).isFree)
        #expect(try !Self.pricing(#"{"prompt":"0","completion":"0","request":"0.002"}"#).isFree)
    }

    @Test("A price with many decimals is charged exactly")
    func manyDecimals() throws {
        let pricing = try Self.pricing(
            #"{"prompt":"0.0000009499999999999999","completion":"0.00000008333333333333334"}"#
        )
        #expect(pricing.prompt == USD("0.0000009499999999999999"))
        let cost = pricing.cost(of: TokenUsage(prompt: 3, completion: 3), at: Self.afternoon)
        #expect(cost.prompt.decimalText == "0.0000028499999999999997")
        #expect(cost.completion.decimalText == "0.00000025000000000000002")
        #expect(cost.total.decimalText == "0.00000309999999999999972")
        #expect(pricing.members["prompt"] == "0.0000009499999999999999")
    }

    static let overrides = #"""
        {"prompt":"0.000001","completion":"0.000002","input_cache_read":"0.0000001","overrides":[
        {"min_prompt_tokens":100,"prompt":"0.000003","completion":"0.000004","input_cache_read":"0.0000003"},
        {"min_prompt_tokens":200,"prompt":"0.000005"}]}
        """#

    @Test(
        "Overrides price the whole request above their count, the later one for each price",
        arguments: [
            (100, 0, "0.000001", "0.000002"), (101, 0, "0.000003", "0.000004"), (200, 0, "0.000003", "0.000004"),
            (201, 0, "0.000005", "0.000004"), (101, 101, "0.0000003", "0.000004"), (201, 201, "0.0000003", "0.000004"),
            (100, 100, "0.0000001", "0.000002"),
        ]
    )
    func overriding(promptCount: Int, cachedCount: Int, promptPrice: String, completionPrice: String) throws {
        let cost = try Self.pricing(Self.overrides)
            .cost(of: TokenUsage(prompt: promptCount, completion: 10, cached: cachedCount), at: Self.afternoon)
        #expect(cost.prompt == (try #require(USD(promptPrice))) * promptCount)
        #expect(cost.completion == (try #require(USD(completionPrice))) * 10)
    }

    @Test("An endpoint's own prices replace the model's in what is served and what is charged")
    func replacing() throws {
        let pricing = try Self.pricing(#"{"prompt":"0.000001","completion":"0.000002","web_search":"0.01"}"#)
            .replacing(prompt: "0.000007", completion: nil)
        #expect(
            JSON.object(pricing.members).text == #"{"prompt":"0.000007","completion":"0.000002","web_search":"0.01"}"#
        )
        #expect(pricing.cost(of: TokenUsage(prompt: 2, completion: 3), at: Self.afternoon).total == USD("0.00002"))
        #expect(pricing.replacing(prompt: nil, completion: nil).members == pricing.members)
    }

    @Test("A long prompt to a model of the catalog costs the long price")
    func catalogOverride() throws {
        let model = try #require(Catalog.embedded["openai/gpt-5.5"])
        let short = model.pricing.cost(of: TokenUsage(prompt: 272_000, completion: 10), at: Self.afternoon)
        let long = model.pricing.cost(of: TokenUsage(prompt: 272_001, completion: 10), at: Self.afternoon)
        #expect(short.total == (try #require(USD("0.000005"))) * 272_000 + (try #require(USD("0.00003"))) * 10)
        #expect(long.total == (try #require(USD("0.00001"))) * 272_001 + (try #require(USD("0.000045"))) * 10)
    }

    @Test("What makes images for money is not free")
    func freeImages() throws {
        #expect(try !Self.pricing(#"{"prompt":"0","completion":"0","image_output":"0.04"}"#).isFree)
        #expect(try Self.pricing(#"{"prompt":"0","completion":"0","image":"0","web_search":"0"}"#).isFree)
        #expect(Catalog.embedded.models.allSatisfy { !$0.id.hasSuffix(":free") || $0.pricing.isFree })
    }

    @Test("All prices of the schema are read, and stay when an endpoint has its own for tokens")
    func allKinds() throws {
        let texts = PriceKind.allCases.map { #""\#($0.key)":"\#($0.rawValue + 1)""# }
        let pricing = try Self.pricing("{" + texts.joined(separator: ",") + "}")
        for kind in PriceKind.allCases { #expect(pricing[kind] == .dollars(kind.rawValue + 1), "\(kind.key)") }
        let other = pricing.replacing(prompt: "20", completion: "-1")
        #expect(other[.prompt] == .dollars(20))
        #expect(other[.completion] == nil)
        #expect(other[.image] == pricing[.image])
    }

    @Test("A discount is part of the prices already")
    func discount() throws {
        let pricing = try Self.pricing(#"{"prompt":"0.75","completion":"1.5","discount":0.25}"#)
        #expect(pricing.cost(of: TokenUsage(prompt: 1, completion: 1), at: Self.afternoon).total == USD("2.25"))
        // SambaNova's discount of a quarter is in its catalog prices.
        let endpoint = try #require(
            Catalog.embedded["meta-llama/llama-3.3-70b-instruct"]?.endpoints.first { $0.provider.name == "SambaNova" }
        )
        let cost = endpoint.pricing.cost(of: TokenUsage(prompt: 1_000_000, completion: 1_000_000), at: Self.afternoon)
        #expect(cost.prompt == USD("0.45"))
        #expect(cost.completion == USD("0.9"))
    }
}
