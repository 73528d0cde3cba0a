internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("What the catalog tells the router")
struct CatalogFactsTests {
    private static func endpoint(_ row: String) throws -> CatalogEndpoint {
        let defaults = CatalogEndpoint.Defaults(
            canonicalSlug: "acme/one",
            contextLength: 1000,
            supportedParameters: [],
            pricing: Pricing(try JSONDocument(parsing: #"{"prompt":"0.000001","completion":"0.000002"}"#.utf8).root)
        )
        return CatalogEndpoint(try JSONDocument(parsing: row.utf8).root, defaults: defaults, providers: [:])
    }

    @Test("An endpoint's measurements, policies and tier are read")
    func facts() throws {
        let endpoint = try Self.endpoint(
            #"""
            {"provider":"Acme Cloud","tag":"acme-cloud/us/priority","uptime":[99.5,1,2],"latency":[100.9,200,300,400],
            "throughput":[0.5,2,3,4],"zdr":true,"may_train":true,"completion":"0.000004"}
            """#
        )
        #expect(endpoint.tier == .priority)
        #expect(endpoint.baseTag == "acme-cloud")
        #expect(endpoint.recentUptime == 99.5)
        #expect(endpoint.latencyMilliseconds?.p50 == 100.9)
        #expect(endpoint.latencyMilliseconds?.p99 == 400)
        #expect(endpoint.throughput?.p75 == 2)
        #expect(endpoint.throughput?.p90 == 3)
        #expect(endpoint.latency == .milliseconds(100))
        #expect(endpoint.tokensPerSecond == 1)
        #expect(endpoint.hasZeroDataRetention && endpoint.mayTrain)
        #expect(endpoint.combinedPrice == 0.000005)
        #expect(endpoint.provider.lowercasedName == "acme cloud")
    }

    @Test("What an endpoint does not say is unknown, and no promise")
    func defaults() throws {
        let endpoint = try Self.endpoint(#"{"provider":"Acme","latency":[1,2,3],"uptime":[null,1,1]}"#)
        #expect(endpoint.tier == .default)
        #expect(endpoint.recentUptime == nil)
        #expect(endpoint.latencyMilliseconds == nil)
        #expect(endpoint.throughput == nil)
        #expect(!endpoint.hasZeroDataRetention && !endpoint.mayTrain)
        #expect(endpoint.combinedPrice == 0.000003)
    }

    @Test("Some models may be distilled, and expire; most do neither")
    func models() throws {
        let catalog = Catalog.embedded
        #expect(catalog["deepseek/deepseek-r1"]?.isDistillable == true)
        #expect(catalog["openai/gpt-oss-120b"]?.isDistillable == true)
        #expect(catalog["openai/gpt-5.5"]?.isDistillable == false)
        #expect(catalog["meta-llama/llama-3.3-70b-instruct"]?.isDistillable == false)
        let end = CivilTime.microseconds(rfc3339: "2026-05-05T00:00:00Z")
        #expect(catalog["anthropic/claude-3.7-sonnet"]?.expirationTime == end)
        #expect(catalog.models.filter { $0.expirationTime != nil }.count == 2)
        #expect(catalog.aliases.count == 7)
        #expect(catalog.freeModels.count > 5)
        #expect(catalog.freeModels.allSatisfy { $0.pricing.isFree && !$0.endpoints.isEmpty })
    }
}
