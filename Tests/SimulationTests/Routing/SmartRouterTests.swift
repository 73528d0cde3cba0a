internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Smart routers")
struct SmartRouterTests {
    static let catalog = Catalog.embedded

    private static func plan(
        _ slug: String?,
        seed: UInt64 = 0,
        _ edit: (inout RoutingRequest) -> Void = { _ in }
    ) throws -> RoutePlan {
        let request = try RoutingFixture.request(slug.map { [$0] } ?? [], edit)
        return try RoutingFixture.plan(request, seed: seed, in: catalog)
    }

    /// The first models over many seeds.
    private static func choices(
        _ slug: String,
        _ edit: (inout RoutingRequest) -> Void = { _ in }
    ) throws -> Set<String> {
        Set(try (0..<100 as Range<UInt64>).map { try plan(slug, seed: $0, edit).candidates[0].model.id })
    }

    @Test(
        "Each router leads to concrete models and says how",
        arguments: [
            (nil, "openrouter/auto", RoutingStrategy.auto), ("openrouter/auto", "openrouter/auto", .auto),
            ("openrouter/auto:online", "openrouter/auto", .auto),
            ("openrouter/auto-beta", "openrouter/auto-beta", .auto), ("openrouter/free", "openrouter/free", .free),
            ("openrouter/pareto-code", "openrouter/pareto-code", .pareto),
            ("openrouter/fusion", "openrouter/fusion", .fusion),
            ("openrouter/fusion-flash", "openrouter/fusion-flash", .fusion),
            ("openrouter/bodybuilder", "openrouter/bodybuilder", .bodybuilder),
        ] as [(String?, String, RoutingStrategy)]
    )
    func routers(slug: String?, router: String, strategy: RoutingStrategy) throws {
        let plan = try Self.plan(slug)
        #expect(plan.strategy == strategy)
        #expect(plan.requested == slug ?? "openrouter/auto")
        #expect(plan.router == router)
        #expect(plan.attachesWebPlugin == (slug?.hasSuffix(":online") ?? false))
        #expect(plan.candidates.allSatisfy { $0.router == router && $0.model.author != "openrouter" })
        #expect((1...3).contains(Set(plan.candidates.map(\.model.id)).count))
    }

    // MARK: - openrouter/auto

    @Test("The automatic router takes cheap models by default, each sometimes")
    func automatic() throws {
        #expect(
            try Self.choices("openrouter/auto")
                == ["google/gemini-2.5-flash-lite", "openai/gpt-4o-mini", "deepseek/deepseek-v3.2"]
        )
    }

    @Test(
        "A cost setting chooses a band of prices",
        arguments: [
            (RouterPlugins.CostTier.low, nil, ["google/gemini-2.5-flash-lite", "openai/gpt-4o-mini"]),
            (.max, nil, ["openai/gpt-5.5", "anthropic/claude-opus-4.7"]),
            // A tier goes before the tradeoff.
            (.max, 10, ["openai/gpt-5.5", "anthropic/claude-opus-4.7"]),
            (nil, 10, ["google/gemini-2.5-flash-lite", "deepseek/deepseek-v3.2"]),
        ] as [(RouterPlugins.CostTier?, Int?, Set<String>)]
    )
    func costs(tier: RouterPlugins.CostTier?, tradeoff: Int?, expected: Set<String>) throws {
        let choices = try Self.choices("openrouter/auto") {
            $0.plugins.automatic = .init()
            $0.plugins.automatic?.costTier = tier
            $0.plugins.automatic?.costQualityTradeoff = tradeoff
        }
        #expect(expected.isSubset(of: choices), "\(choices)")
        #expect(choices.count <= 4)
    }

    @Test("The tiers share out all models")
    func tiers() throws {
        var seen: Set<String> = []
        for tier in RouterPlugins.CostTier.allCases {
            let choices = try Self.choices("openrouter/auto") {
                $0.plugins.automatic = .init()
                $0.plugins.automatic?.costTier = tier
            }
            #expect(choices.count == 3)
            #expect(seen.isDisjoint(with: choices))
            seen.formUnion(choices)
        }
        #expect(seen.count == 15)
    }

    @Test(
        "Patterns allow and exclude models; excluding wins",
        arguments: [
            (["anthropic/claude-opus-4.7"], [], ["anthropic/claude-opus-4.7"]),
            (["openai/gpt-5*"], ["*5*"], nil), (["x-ai/*"], ["*/grok-4.3"], ["x-ai/grok-4.20"]),
            (["*nova-lite*"], [], ["amazon/nova-lite-v1"]), (["*/*-pro"], ["google/*"], ["deepseek/deepseek-v4-pro"]),
            (["mistralai/*-25*"], ["mistralai/mistral*"], ["mistralai/codestral-2508"]),
            // Neither aliases nor variants, as observed.
            (["~openai/*"], [], nil), (["*:free"], [], nil), (["openrouter/*"], [], nil), (["gpt"], [], nil),
            (["*"], ["*"], nil),
        ] as [([String], [String], Set<String>?)]
    )
    func patterns(allowed: [String], excluded: [String], expected: Set<String>?) throws {
        let edit = { (request: inout RoutingRequest) in
            request.plugins.automatic = .init()
            request.plugins.automatic?.allowedModels = allowed
            request.plugins.automatic?.excludedModels = excluded
            request.plugins.automatic?.costTier = .low
        }
        guard let expected else {
            let error = #expect(throws: APIError.self) { try Self.plan("openrouter/auto", edit) }
            #expect(error?.status == 404)
            #expect(error?.message == "No models match your request and model restrictions")
            #expect(error?.availabilityText == #"{"code":"no_endpoints"}"#)
            return
        }
        #expect(try Self.choices("openrouter/auto", edit) == expected)
    }

    @Test("Each automatic router reads its own plugin")
    func wrongPlugin() throws {
        var options = RouterPlugins.Automatic()
        options.allowedModels = ["anthropic/claude-opus-4.7"]
        #expect(
            try Self.choices("openrouter/auto-beta") { $0.plugins.automaticBeta = options }
                == ["anthropic/claude-opus-4.7"]
        )
        #expect(try Self.choices("openrouter/auto-beta") { $0.plugins.automatic = options }.count == 3)
        #expect(try Self.choices("openrouter/auto") { $0.plugins.automaticBeta = options }.count == 3)
    }

    @Test("Models that cannot do what is needed are not chosen")
    func needs() throws {
        let choices = try Self.choices("openrouter/auto") { $0.needs.inputModalities = ["audio", "file"] }
        #expect(choices == ["google/gemini-2.5-flash-lite"])
        let providers = try Self.choices("openrouter/auto") { $0.preferences.only = ["anthropic"] }
        #expect(providers.allSatisfy { $0.hasPrefix("anthropic/") })
        // Too long for the cheapest, which the request did not insist on.
        let long = try Self.choices("openrouter/auto") { $0.promptTokenCount = 300_000 }
        #expect(long == ["google/gemini-2.5-flash-lite"])
        let error = #expect(throws: APIError.self) {
            try Self.plan("openrouter/auto") { $0.preferences.only = ["nobody"] }
        }
        #expect(error?.message == "No models match your request and model restrictions")
        #expect(error?.routerMetadata != nil)
    }

    @Test("The model of the last message is kept when it is pinned and allowed")
    func pinned() throws {
        var options = RouterPlugins.Automatic()
        options.pinsModel = true
        let pinned = try Self.choices("openrouter/auto") {
            $0.plugins.automatic = options
            $0.lastAssistantModel = "anthropic/claude-4.7-opus-20260416"
        }
        #expect(pinned == ["anthropic/claude-opus-4.7"])
        options.excludedModels = ["anthropic/*"]
        let excluded = try Self.choices("openrouter/auto") {
            $0.plugins.automatic = options
            $0.lastAssistantModel = "anthropic/claude-opus-4.7"
        }
        #expect(!excluded.contains("anthropic/claude-opus-4.7"))
        let unpinned = try Self.choices("openrouter/auto") { $0.lastAssistantModel = "anthropic/claude-opus-4.7" }
        #expect(!unpinned.contains("anthropic/claude-opus-4.7"))
    }

    @Test("A session keeps its model and its endpoint", arguments: ["openrouter/auto", "openrouter/pareto-code"])
    func sticky(slug: String) throws {
        for seed in 0..<20 as Range<UInt64> {
            let plan = try Self.plan(slug, seed: seed) {
                $0.stickyEndpoint = "anthropic/claude-opus-4.7@google-vertex/global"
            }
            #expect(plan.candidates[0].key == "anthropic/claude-opus-4.7@google-vertex/global")
        }
    }

    // MARK: - openrouter/free, bodybuilder

    @Test("The free router and the body builder take models that cost nothing", arguments: ["free", "bodybuilder"])
    func free(name: String) throws {
        let choices = try Self.choices("openrouter/\(name)")
        #expect(choices.count > 5)
        #expect(choices.allSatisfy { Self.catalog[$0]?.pricing.isFree == true })
    }

    @Test("The free router takes models that can do what is needed")
    func freeNeeds() throws {
        let choices = try Self.choices("openrouter/free") {
            $0.needs.inputModalities = ["image"]
            $0.needs.usesTools = true
        }
        #expect(choices == ["google/gemma-4-31b-it:free"])
        let error = #expect(throws: APIError.self) {
            try Self.plan("openrouter/free") { $0.needs.inputModalities = ["audio"] }
        }
        #expect(error?.status == 404)
    }

    // MARK: - openrouter/pareto-code

    @Test(
        "The coding router takes the cheapest of a tier, or with :nitro the fastest",
        arguments: [
            ("openrouter/pareto-code", nil, "deepseek/deepseek-v4-pro", 0.66),
            ("openrouter/pareto-code", 0.66, "deepseek/deepseek-v4-pro", 0.66),
            ("openrouter/pareto-code", 0.65, "minimax/minimax-m2.5", 0.65),
            ("openrouter/pareto-code", 0.33, "minimax/minimax-m2.5", 0.33),
            ("openrouter/pareto-code", 0.32, "openai/gpt-oss-120b", 0.32),
            ("openrouter/pareto-code:nitro", 0, "openai/gpt-oss-120b", 0),
            ("openrouter/pareto-code:nitro", 0.5, "minimax/minimax-m2.5", 0.5),
            ("openrouter/pareto-code:nitro", nil, "moonshotai/kimi-k2.6", 0.66),
        ] as [(String, Double?, String, Double)]
    )
    func coding(slug: String, score: Double?, id: String, floor: Double) throws {
        let plan = try Self.plan(slug) {
            $0.plugins.pareto = .init()
            $0.plugins.pareto?.minimumCodingScore = score
        }
        #expect(plan.candidates[0].model.id == id)
        #expect(plan.params == ["quality_floor": .number(floor)])
        #expect(try Self.plan("openrouter/pareto-code").candidates[0].model.id == "deepseek/deepseek-v4-pro")
    }

    @Test(
        "Under a price limit it takes the best that no cheaper model equals",
        arguments: [
            (100.0, "anthropic/claude-opus-4.7"), (4.99, "google/gemini-3.1-pro-preview"),
            (0.5, "deepseek/deepseek-v4-pro"), (0.2, "minimax/minimax-m2.5"), (0.0391, "openai/gpt-oss-120b"),
        ]
    )
    func codingPrice(limit: Double, id: String) throws {
        let plan = try Self.plan("openrouter/pareto-code") {
            $0.plugins.pareto = .init()
            $0.plugins.pareto?.minimumCodingScore = 0.1
            $0.plugins.pareto?.maximumPrice = USD(limit)
        }
        #expect(plan.candidates[0].model.id == id)
        #expect(plan.params == nil)
    }

    @Test("Nothing below a price limit is no match")
    func nothingAffordable() {
        let error = #expect(throws: APIError.self) {
            try Self.plan("openrouter/pareto-code") {
                $0.plugins.pareto = .init()
                $0.plugins.pareto?.maximumPrice = USD(0.01)
            }
        }
        #expect(error?.message == "No models match your request and model restrictions")
    }

    @Test("Scores are sorted, and their models are in the catalog")
    func shortlist() {
        let scores = CodingTier.shortlist.map(\.score)
        #expect(scores == scores.sorted(by: >))
        #expect(CodingTier.shortlist.allSatisfy { Self.catalog[$0.id]?.id == $0.id })
        for tier in CodingTier.allCases { #expect(scores.count(where: tier.contains(score:)) >= 5) }
    }

    // MARK: - openrouter/fusion

    @Test(
        "A fusion has a panel and a model that writes",
        arguments: [
            (
                "openrouter/fusion", nil,
                ["anthropic/claude-opus-4.7", "openai/gpt-5.5", "google/gemini-3.1-pro-preview"]
            ),
            (
                "openrouter/fusion", RouterPlugins.Fusion.Preset.generalBudget,
                ["anthropic/claude-haiku-4.5", "openai/gpt-5.4-mini", "google/gemini-3-flash-preview"]
            ),
            (
                "openrouter/fusion-flash", nil,
                ["google/gemini-2.5-flash-lite", "openai/gpt-5-nano", "inception/mercury-2"]
            ),
            (
                "openrouter/fusion-flash", .generalHigh,
                ["anthropic/claude-opus-4.7", "openai/gpt-5.5", "google/gemini-3.1-pro-preview"]
            ),
        ] as [(String, RouterPlugins.Fusion.Preset?, [String])]
    )
    func fusion(slug: String, preset: RouterPlugins.Fusion.Preset?, panel: [String]) throws {
        let plan = try Self.plan(slug) {
            $0.plugins.fusion = .init()
            $0.plugins.fusion?.preset = preset
        }
        #expect(plan.panel.map(\.model.id) == panel)
        #expect(plan.candidates[0].model.id == panel[0])
        #expect(Set(plan.considered.map(\.key)).count == plan.considered.count)
    }

    @Test("A request names the panel and the writer itself, by any slug")
    func ownFusion() throws {
        let edit = { (request: inout RoutingRequest) in
            request.plugins.fusion = .init()
            request.plugins.fusion?.model = "~openai/gpt-mini-latest"
            request.plugins.fusion?.analysisModels = ["anthropic/claude-sonnet-4-5", "openai/gpt-4o"]
        }
        let plan = try Self.plan("openrouter/fusion", edit)
        #expect(plan.candidates.allSatisfy { $0.model.id == "openai/gpt-5.4-mini" })
        #expect(plan.panel.map(\.model.id) == ["anthropic/claude-sonnet-4.5", "openai/gpt-4o"])
        let error = #expect(throws: APIError.self) {
            try Self.plan("openrouter/fusion") {
                edit(&$0)
                $0.plugins.fusion?.analysisModels = ["acme/nope"]
            }
        }
        #expect(error?.message == "acme/nope is not a valid model ID")
    }

    @Test("A panel member that cannot serve is left out")
    func panelMember() throws {
        let plan = try Self.plan("openrouter/fusion") {
            $0.preferences.only = ["anthropic", "openai"]
        }
        #expect(plan.panel.map(\.model.id) == ["anthropic/claude-opus-4.7", "openai/gpt-5.5"])
    }
}
