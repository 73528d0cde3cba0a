internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

/// What holds for every row of the embedded catalog.
@Suite("Routing laws")
struct RoutingLawTests {
    static let catalog = Catalog.embedded
    static let served = catalog.models.filter { model in
        !model.endpoints.isEmpty
            && model.outputModalities.contains(where: RoutingRequest.Purpose.conversation.outputModalities.contains)
    }

    private static func plan(_ slug: String, seed: UInt64, provider: String = "{}") throws -> RoutePlan {
        try RoutingFixture.plan(RoutingFixture.request([slug], provider: provider), seed: seed, in: catalog)
    }

    @Test("Every conversational row is routed to all its endpoints, by id and by permanent slug")
    func everyRow() throws {
        #expect(Self.served.count > 100)
        for model in Self.served {
            let plan = try Self.plan(model.id, seed: 1)
            #expect(plan.candidates.allSatisfy { $0.model.id == model.id && !$0.isCompressed })
            let tags = Set(model.endpoints.filter { $0.tier == .default }.map(\.tag))
            #expect(Set(plan.candidates.map(\.endpoint.tag)) == tags)
            #expect(plan.considered.map(\.endpoint.tag) == model.endpoints.map(\.tag))
            let permanent = try Self.plan(model.canonicalSlug, seed: 1)
            let found = permanent.candidates[0].model
            #expect(found.canonicalSlug == model.canonicalSlug || found.id == model.canonicalSlug)
        }
    }

    @Test("Every alias and every router is routed")
    func namesWithoutEndpoints() throws {
        for model in Self.catalog.models where model.endpoints.isEmpty {
            let plan = try Self.plan(model.id, seed: 2)
            #expect(plan.strategy != .direct)
            #expect(model.aliasTarget == nil || plan.candidates[0].model.id == model.aliasTarget)
        }
    }

    @Test("Every id with a dot is found with a dash")
    func dashes() throws {
        for model in Self.served where model.id.contains(".") {
            let slug = model.id.replacing(".", with: "-")
            guard slug.split(separator: "/").last?.contains(/\d-\d/) == true, Self.catalog[slug] == nil,
                !model.id.contains(/\.\d+.*\.\d/)
            else { continue }
            let plan = try Self.plan(slug, seed: 3)
            #expect(plan.candidates[0].model.id == model.id, "\(slug)")
            #expect(plan.strategy == .alias)
        }
    }

    @Test("The same seed gives the same plan, another seed sometimes another")
    func deterministic() throws {
        var differences = 0
        for model in Self.served {
            let slugs = [model.id, "openrouter/auto", "openrouter/free"]
            for (index, slug) in slugs.enumerated() where index == 0 || model.id.hasSuffix("4o") {
                let keys = try (0..<3).map { try Self.plan(slug, seed: $0 == 2 ? 8 : 7).candidates.map(\.key) }
                #expect(keys[0] == keys[1])
                if keys[0] != keys[2] { differences += 1 }
            }
        }
        #expect(differences > 10)
    }

    @Test(
        "A sort sorts every model's endpoints, and loses none",
        arguments: ProviderPreferences.Sort.allCases
    )
    func sorted(sort: ProviderPreferences.Sort) throws {
        for model in Self.served {
            let plan = try Self.plan(model.id, seed: 4, provider: #"{"sort":"\#(sort.rawValue)"}"#)
            let endpoints = plan.candidates.map(\.endpoint)
            #expect(Set(endpoints.map(\.tag)) == Set(model.endpoints.map(\.tag)))
            let values = endpoints.map { Self.value(of: $0, by: sort) }
            #expect(values == values.sorted(), "\(model.id)")
        }
    }

    private static func value(of endpoint: CatalogEndpoint, by sort: ProviderPreferences.Sort) -> Double {
        switch sort {
        case .price: endpoint.combinedPrice
        case .throughput: endpoint.throughput.map { -$0.p50 } ?? .infinity
        case .latency: endpoint.latencyMilliseconds?.p50 ?? .infinity
        case .exacto: endpoint.supportedParameters.contains("tools") ? 0 : 1
        }
    }

    @Test("Over many seeds, endpoints are chosen with weight 1/price²")
    func weights() throws {
        let models = Self.served.filter { model in
            model.endpoints.count > 1 && !model.pricing.isFree && Set(model.endpoints.map(\.combinedPrice)).count > 1
        }
        #expect(models.count > 10)
        for model in models.prefix(12) {
            let best = model.endpoints.map(EndpointHealth.init).min()
            let endpoints = model.endpoints.filter { EndpointHealth($0) == best }
            let weights = endpoints.map { 1 / ($0.combinedPrice * $0.combinedPrice) }
            var counts: [String: Int] = [:]
            for seed in 0..<2000 as Range<UInt64> {
                counts[try Self.plan(model.id, seed: seed).candidates[0].endpoint.tag, default: 0] += 1
            }
            // Five standard deviations are 112 at most.
            for (endpoint, weight) in zip(endpoints, weights) {
                let expected = 2000 * weight / weights.reduce(0, +)
                #expect(abs(Double(counts[endpoint.tag] ?? 0) - expected) < 115, "\(model.id) at \(endpoint.tag)")
            }
            #expect(counts.keys.allSatisfy { tag in endpoints.contains { $0.tag == tag } })
        }
    }

    @Test("Every served purpose has a model, and conversations refuse it")
    func purposes() throws {
        for (slug, purpose) in [
            ("openai/text-embedding-3-small", RoutingRequest.Purpose.embeddings), ("cohere/rerank-v3.5", .rerank),
            ("black-forest-labs/flux.2-pro", .image), ("google/veo-3.1", .video), ("hexgrad/kokoro-82m", .speech),
            ("openai/whisper-large-v3", .transcription),
        ] {
            let request = try RoutingFixture.request([slug], purpose: purpose)
            #expect(try RoutingFixture.plan(request, in: Self.catalog).candidates[0].model.id == slug)
            guard purpose != .image else { continue }
            let error = #expect(throws: APIError.self) { try Self.plan(slug, seed: 0) }
            #expect(error?.availability?["code"] == "wrong_endpoint")
        }
    }
}
