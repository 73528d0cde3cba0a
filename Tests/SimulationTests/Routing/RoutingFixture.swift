internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

/// A small catalog whose orders can be worked out by hand, and what a test asks of it.
enum RoutingFixture {
    /// `acme/one` by price: delta (which is down), alpha, beta, gamma; by throughput: gamma, beta, alpha, delta; by
    /// latency: beta, alpha, gamma, delta; by tools: gamma, alpha, beta, and delta knows none.
    static let rows = #"""
        [{"id":"acme/one","canonical_slug":"acme/one-20260101","name":"Acme: One","created":1,"context_length":100000,
        "max_completion_tokens":8000,"input_modalities":["text","image"],"pricing":{"prompt":"0.000001",
        "completion":"0.000001","request":"0.001","image":"0.002","audio":"0.00005"},
        "supported_parameters":["tools","tool_choice","seed","max_tokens"],"endpoints":[
        {"provider":"Alpha","zdr":true,"latency":[500,600,700,800],"throughput":[50,60,70,80]},
        {"provider":"Beta Cloud","tag":"beta-cloud/fp8","quantization":"fp8","prompt":"0.000002","may_train":true,
        "latency":[200,300,400,5000],"throughput":[100,110,120,130]},
        {"provider":"Gamma","tag":"gamma/us-east","prompt":"0.000003","completion":"0.000003","zdr":true,
        "max_completion_tokens":32000,"latency":[900,1000,1100,1200],"throughput":[300,310,320,330],
        "supported_parameters":["tools","tool_choice","structured_outputs","response_format","verbosity","seed",
        "reasoning","max_completion_tokens"]},
        {"provider":"Delta","tag":"delta/int4","quantization":"int4","prompt":"0.0000005","completion":"0.0000005",
        "status":-2,"context_length":50000,"latency":[1000,1100,1200,1300],"throughput":[10,11,12,13],
        "supported_parameters":["seed"]}]},
        {"id":"acme/two","name":"Acme: Two","created":2,"context_length":8000,"pricing":{"prompt":"0.00000075",
        "completion":"0.00000075"},"distillable":true,"endpoints":[
        {"provider":"Alpha","latency":[100,200,300,400],"throughput":[400,410,420,430]},
        {"provider":"Epsilon","prompt":"0.000009","completion":"0.000009"}]},
        {"id":"acme/two:free","canonical_slug":"acme/two","name":"Acme: Two (free)","created":2,"context_length":8000,
        "pricing":{"prompt":"0","completion":"0"},"supported_parameters":["tools"],
        "endpoints":[{"provider":"Zeta","may_train":true}]},
        {"id":"acme/tiers","name":"Acme: Tiers","created":3,"context_length":1000,"pricing":{"prompt":"0.000002",
        "completion":"0.000002"},"endpoints":[{"provider":"Alpha","throughput":[50,60,70,80]},
        {"provider":"Alpha","tag":"alpha/priority","prompt":"0.000004","throughput":[90,91,92,93]},
        {"provider":"Alpha","tag":"alpha/flex","prompt":"0.000001"},
        {"provider":"Gamma","prompt":"0.000003","throughput":[95,96,97,98]}]},
        {"id":"acme/drawer","name":"Acme: Drawer","created":4,"pricing":{"prompt":"0.000001","completion":"0.000001"},
        "output_modalities":["text","image"],"endpoints":[{"provider":"Alpha"}]},
        {"id":"acme/embed","name":"Acme: Embed","created":5,"output_modalities":["embeddings"],
        "endpoints":[{"provider":"Alpha"}]},
        {"id":"acme/bulk-1.5:batch","canonical_slug":"acme/bulk-1.5","name":"Acme: Bulk","created":6,
        "endpoints":[{"provider":"Alpha"}]},
        {"id":"acme/swift-1.5","name":"Acme: Swift 1.5","created":7,"expiration_date":"2026-05-05",
        "endpoints":[{"provider":"Alpha"}]},
        {"id":"acme/swift-1.5:free","canonical_slug":"acme/swift-1.5","name":"Acme: Swift 1.5 (free)","created":7,
        "expiration_date":"2026-05-05","pricing":{"prompt":"0","completion":"0"},"endpoints":[{"provider":"Alpha"}]},
        {"id":"acme/swift-2.0","name":"Acme: Swift 2.0","created":8,"endpoints":[{"provider":"Alpha"}]},
        {"id":"~acme/swift-latest","name":"Acme: Swift Latest","created":8,"alias_of":"acme/swift-2.0"},
        {"id":"acme/idle","name":"Acme: Idle","created":9}]
        """#

    static let small = Result { try catalog(rows) }

    static func catalog(_ rows: String) throws -> Catalog {
        Catalog(
            models: try JSONDocument(parsing: rows.utf8).root,
            providers: try JSONDocument(parsing: "[]".utf8).root
        )
    }

    /// 2026-04-01, before anything of the catalog expires.
    static let now: Int64 = 1_775_001_600_000_000

    /// A request with preferences that are written as JSON.
    static func request(
        _ models: [String],
        provider: String = "{}",
        purpose: RoutingRequest.Purpose = .conversation,
        _ edit: (inout RoutingRequest) -> Void = { _ in }
    ) throws -> RoutingRequest {
        let reader = try FieldReader(try JSONDocument(parsing: provider.utf8).root, path: "provider")
        var request = RoutingRequest(models: models, purpose: purpose, now: now)
        request.preferences = try ProviderPreferences(reading: reader)
        edit(&request)
        return request
    }

    static func plan(
        _ request: RoutingRequest,
        seed: UInt64 = 0,
        in catalog: Catalog? = nil
    ) throws -> RoutePlan {
        var generator = SeededGenerator(seed: seed)
        let catalog = try catalog ?? small.get()
        return try Router(catalog: catalog).plan(for: request, using: &generator)
    }

    /// The tags in order of trial, with the model before each when there are several.
    static func tags(_ request: RoutingRequest, seed: UInt64 = 0, in catalog: Catalog? = nil) throws -> String {
        let candidates = try plan(request, seed: seed, in: catalog).candidates
        let models = Set(candidates.map(\.model.id))
        return candidates.map { models.count > 1 ? $0.key : $0.endpoint.tag }.joined(separator: " ")
    }

    static func failure(_ request: RoutingRequest, in catalog: Catalog? = nil) throws -> APIError {
        try #require(#expect(throws: APIError.self) { try plan(request, in: catalog) })
    }
}

extension APIError {
    /// `error.availability` without what is the same in all.
    var availabilityText: String {
        var availability = availability ?? [:]
        availability["docs_url"] = nil
        availability["retryable"] = nil
        availability["requested_models"] = nil
        return JSON.object(availability).text
    }

    var metadataText: String {
        metadata.map { JSON.object($0).text } ?? ""
    }
}
