internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Service tiers in routing")
struct TierTests {
    /// Requests for `acme/tiers`, whose endpoints are alpha, alpha/priority, alpha/flex and gamma.
    static let rows: [(slug: String, tier: ServiceTier?, provider: String, tags: String)] = [
        // Other tiers are not there unless somebody asks.
        ("acme/tiers", nil, #"{"sort":"price"}"#, "alpha gamma"),
        ("acme/tiers", .auto, #"{"sort":"price"}"#, "alpha gamma"),
        ("acme/tiers", .default, #"{"sort":"price"}"#, "alpha gamma"),
        ("acme/tiers", .scale, #"{"sort":"price"}"#, "alpha gamma"),
        // Priority: its endpoints first, each group by throughput.
        ("acme/tiers", .priority, "{}", "alpha/priority gamma alpha"),
        ("acme/tiers", .fast, "{}", "alpha/priority gamma alpha"),
        ("acme/tiers", .priority, #"{"sort":"price"}"#, "alpha/priority alpha gamma"),
        ("acme/tiers", .priority, #"{"only":["alpha"]}"#, "alpha/priority alpha"),
        ("acme/tiers", .priority, #"{"ignore":["alpha"]}"#, "gamma"),
        ("acme/tiers", .priority, #"{"order":["gamma"]}"#, "gamma alpha alpha/priority"),
        // Flex: nothing else.
        ("acme/tiers", .flex, "{}", "alpha/flex"),
        // Variants admit without preferring, unless the order is manual or the default tier was asked for.
        ("acme/tiers:nitro", nil, "{}", "gamma alpha/priority alpha"),
        ("acme/tiers:nitro", .default, "{}", "gamma alpha"),
        ("acme/tiers:nitro", nil, #"{"order":["alpha"]}"#, "alpha gamma"),
        ("acme/tiers:nitro", nil, #"{"sort":"price"}"#, "alpha gamma alpha/priority"),
        ("acme/tiers:floor", nil, "{}", "alpha/flex alpha gamma"),
        ("acme/tiers:floor", .default, "{}", "alpha gamma"),
        ("acme/tiers:floor", nil, #"{"order":["gamma"]}"#, "gamma alpha"),
        ("acme/tiers:floor", nil, #"{"sort":"throughput"}"#, "gamma alpha alpha/flex"),
        // Of two sorts the first counts; both tiers are admitted.
        ("acme/tiers:nitro:floor", nil, "{}", "gamma alpha/priority alpha alpha/flex"),
        // The very tag is an opt-in.
        ("acme/tiers", nil, #"{"only":["Alpha/Priority"]}"#, "alpha/priority"),
        ("acme/tiers", nil, #"{"order":["alpha/flex"]}"#, "alpha/flex alpha gamma"),
        ("acme/tiers", nil, #"{"only":["alpha/flex","gamma"],"sort":"price"}"#, "alpha/flex gamma"),
        ("acme/tiers", nil, #"{"ignore":["alpha/priority"],"sort":"price"}"#, "alpha gamma"),
    ]

    @Test("A tier's endpoints are tried if the request opts in", arguments: rows.indices)
    func tiers(row: Int) throws {
        let (slug, tier, provider, tags) = Self.rows[row]
        let request = try RoutingFixture.request([slug], provider: provider) { $0.serviceTier = tier }
        for seed in 0..<10 as Range<UInt64> {
            #expect(try RoutingFixture.tags(request, seed: seed) == tags)
        }
    }

    @Test("A model without flex endpoints is routed as if nothing was asked")
    func noFlex() throws {
        let flex = try RoutingFixture.request(["acme/one"]) { $0.serviceTier = .flex }
        let plain = try RoutingFixture.request(["acme/one"])
        for seed in 0..<50 as Range<UInt64> {
            #expect(try RoutingFixture.tags(flex, seed: seed) == RoutingFixture.tags(plain, seed: seed))
        }
    }

    @Test("A flex request that a filter leaves without flex endpoints does not fall back")
    func flexNeverFallsBack() throws {
        let request = try RoutingFixture.request(["acme/tiers"], provider: #"{"only":["gamma"]}"#) {
            $0.serviceTier = .flex
        }
        let error = try RoutingFixture.failure(request)
        #expect(error.status == 404)
        #expect(
            error.metadata?["routing_funnel"]?.text
                == #"[{"step":"Initial Endpoints","endpoint_count":4},"#
                + #"{"step":"Filter by Tier Endpoint Rows","endpoint_count":1},"#
                + #"{"step":"Filter by Allowed Providers","endpoint_count":0}]"#
        )
    }

    @Test(
        "The last segment of a tag is the tier",
        arguments: [
            ("openai", ServiceTier.default), ("openai/priority", .priority), ("google-vertex/flex", .flex),
            ("google-vertex/us/priority", .priority), ("priority", .default), ("openai/default", .default),
            ("openai/priority/x", .default),
        ]
    )
    func tagTier(tag: String, tier: ServiceTier) {
        #expect(ServiceTier(ofTag: tag) == tier)
    }
}
