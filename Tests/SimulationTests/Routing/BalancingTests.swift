internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Load balancing in routing")
struct BalancingTests {
    @Test("The first is chosen among the healthy, the rest follows by health and price")
    func rest() throws {
        let request = try RoutingFixture.request(["acme/one"])
        var orders: Set<String> = []
        for seed in 0..<500 as Range<UInt64> { orders.insert(try RoutingFixture.tags(request, seed: seed)) }
        #expect(
            orders == [
                "alpha beta-cloud/fp8 gamma/us-east delta/int4", "beta-cloud/fp8 alpha gamma/us-east delta/int4",
                "gamma/us-east alpha beta-cloud/fp8 delta/int4",
            ]
        )
    }

    @Test("Endpoints are chosen with weight 1/price²: at $1 and $3 nine to one, as in the provider guide")
    func weights() throws {
        let rows = #"""
            [{"id":"acme/one","created":1,"pricing":{"prompt":"0.000001","completion":"0"},"endpoints":[
            {"provider":"A"},{"provider":"C","prompt":"0.000003"},{"provider":"Down","prompt":"0.0000001","status":-2}]}]
            """#
        let catalog = try RoutingFixture.catalog(rows)
        let request = try RoutingFixture.request(["acme/one"])
        var counts: [String: Int] = [:]
        for seed in 0..<10_000 as Range<UInt64> {
            counts[try RoutingFixture.plan(request, seed: seed, in: catalog).candidates[0].endpoint.tag, default: 0] +=
                1
        }
        // Five standard deviations are 150.
        #expect((8850...9150).contains(counts["a"] ?? 0), "\(counts)")
        #expect(counts["down"] == nil)
    }

    @Test("What costs nothing is chosen before what costs something")
    func free() throws {
        let rows = #"""
            [{"id":"acme/one","created":1,"pricing":{"prompt":"0.000001","completion":"0"},"endpoints":[
            {"provider":"A"},{"provider":"B","prompt":"0"}]}]
            """#
        let catalog = try RoutingFixture.catalog(rows)
        for seed in 0..<100 as Range<UInt64> {
            #expect(try RoutingFixture.tags(RoutingFixture.request(["acme/one"]), seed: seed, in: catalog) == "b a")
        }
    }

    @Test(
        "An endpoint is as healthy as its status and its uptime",
        arguments: [
            ("{}", EndpointHealth.normal), (#"{"uptime":[95,1,1]}"#, .normal),
            (#"{"uptime":[94.9,100,100]}"#, .degraded),
            (#"{"uptime":[80,100,100]}"#, .degraded), (#"{"uptime":[79.9,100,100]}"#, .down),
            (#"{"uptime":[null,1,1]}"#, .normal), (#"{"status":-1}"#, .down),
            (#"{"status":-2,"uptime":[100,100,100]}"#, .down),
        ]
    )
    func health(row: String, health: EndpointHealth) throws {
        let defaults = CatalogEndpoint.Defaults(
            canonicalSlug: "acme/one",
            contextLength: 1,
            supportedParameters: [],
            pricing: .variable
        )
        let endpoint = CatalogEndpoint(try JSONDocument(parsing: row.utf8).root, defaults: defaults, providers: [:])
        #expect(EndpointHealth(endpoint) == health)
    }

    @Test("Degraded endpoints come before those that are down; where none is healthy, the best are chosen from")
    func unhealthy() throws {
        let rows = #"""
            [{"id":"acme/one","created":1,"pricing":{"prompt":"0.000001","completion":"0"},"endpoints":[
            {"provider":"A","status":-2},{"provider":"B","uptime":[90,90,90]},
            {"provider":"C","uptime":[85,90,90],"prompt":"0.0000011"},{"provider":"D","uptime":[10,90,90]}]}]
            """#
        let catalog = try RoutingFixture.catalog(rows)
        var orders: Set<String> = []
        for seed in 0..<100 as Range<UInt64> {
            orders.insert(try RoutingFixture.tags(RoutingFixture.request(["acme/one"]), seed: seed, in: catalog))
        }
        #expect(orders == ["b c a d", "c b a d"])
    }

    // MARK: - Sessions

    @Test(
        "A session goes where it went before, if that may serve",
        arguments: [
            ("acme/one@gamma/us-east", "{}", "gamma/us-east"),
            ("acme/one@gamma/us-east", #"{"sort":"price"}"#, "gamma/us-east"),
            ("acme/one@gamma/us-east", #"{"order":["alpha"]}"#, "alpha"),
            ("acme/one@gamma/us-east", #"{"only":["beta-cloud"]}"#, "beta-cloud/fp8"),
            ("acme/one@gamma/us-east", #"{"sort":"price","allow_fallbacks":false}"#, "gamma/us-east"),
            // Down.
            ("acme/one@delta/int4", #"{"sort":"latency"}"#, "beta-cloud/fp8"),
            ("acme/two@alpha", #"{"sort":"latency"}"#, "beta-cloud/fp8"),
            ("nonsense", #"{"sort":"latency"}"#, "beta-cloud/fp8"),
        ]
    )
    func sticky(endpoint: String, provider: String, tag: String) throws {
        let request = try RoutingFixture.request(["acme/one"], provider: provider) { $0.stickyEndpoint = endpoint }
        for seed in 0..<20 as Range<UInt64> {
            #expect(try RoutingFixture.plan(request, seed: seed).candidates.first?.endpoint.tag == tag)
        }
    }

    @Test("A session stays with its endpoint, not with a fallback model")
    func stickyFallback() throws {
        let request = try RoutingFixture.request(["acme/one", "acme/two"], provider: #"{"sort":"price"}"#) {
            $0.stickyEndpoint = "acme/two@epsilon"
        }
        let keys = try RoutingFixture.plan(request).candidates.map(\.key)
        #expect(keys.first == "acme/one@delta/int4")
        #expect(keys.suffix(2) == ["acme/two@epsilon", "acme/two@alpha"])
    }
}
