internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Fallback models in routing")
struct FallbackTests {
    @Test("All endpoints of a model come before those of the next; the same slug counts once")
    func order() throws {
        let request = try RoutingFixture.request(["acme/two", "acme/one", "acme/two"], provider: #"{"sort":"price"}"#)
        let plan = try RoutingFixture.plan(request)
        #expect(
            plan.candidates.map(\.key) == [
                "acme/two@alpha", "acme/two@epsilon", "acme/one@delta/int4", "acme/one@alpha",
                "acme/one@beta-cloud/fp8", "acme/one@gamma/us-east",
            ]
        )
        #expect(plan.candidates.map(\.requestIndex) == [0, 0, 1, 1, 1, 1])
        #expect(plan.requested == "acme/two")
        #expect(plan.strategy == .direct)
        #expect(plan.considered.count == 6)
    }

    @Test("A model that another slug led to already is not tried again")
    func sameModel() throws {
        let request = try RoutingFixture.request(
            ["acme/one:floor", "acme/one", "acme/two"],
            provider: #"{"only":["alpha"]}"#
        )
        let plan = try RoutingFixture.plan(request)
        #expect(plan.candidates.map(\.key) == ["acme/one@alpha", "acme/two@alpha"])
        #expect(plan.considered.count == 6)
    }

    @Test(
        "A model that cannot serve leads on to the next",
        arguments: [
            "acme/nope", "acme/embed", "acme/idle", "acme/two:free", "acme/one:thinking", "acme/bulk-1.5:batch",
        ]
    )
    func failing(slug: String) throws {
        let request = try RoutingFixture.request([slug, "acme/one"], provider: #"{"only":["gamma"]}"#)
        let plan = try RoutingFixture.plan(request)
        #expect(plan.candidates.map(\.key) == ["acme/one@gamma/us-east"])
        #expect(plan.requested == slug)
        #expect(plan.strategy == .fallback)
    }

    @Test("When none can serve, the last error is told, for all models")
    func lastError() throws {
        let request = try RoutingFixture.request(["acme/one", "acme/nope", "acme/idle"], provider: #"{"only":["x"]}"#)
        let error = try RoutingFixture.failure(request)
        #expect(error.message == "No endpoints found for acme/idle.")
        #expect(error.availability?["requested_models"] == ["acme/one", "acme/nope", "acme/idle"])
        let other = try RoutingFixture.failure(RoutingFixture.request(["acme/idle", "acme/nope"]))
        #expect(other.message == "acme/nope is not a valid model ID")
    }

    @Test("A context that is too long for one model goes to another")
    func contextLength() throws {
        let request = try RoutingFixture.request(["acme/two", "acme/one"], provider: #"{"only":["alpha"]}"#) {
            $0.promptTokenCount = 9000
            $0.compression = false
        }
        #expect(try RoutingFixture.plan(request).candidates.map(\.key) == ["acme/one@alpha"])
    }

    @Test("Without a partition all endpoints are sorted together")
    func noPartition() throws {
        let together =
            "acme/one@delta/int4 acme/two@alpha acme/one@alpha acme/one@beta-cloud/fp8 acme/one@gamma/us-east "
            + "acme/two@epsilon"
        let models = ["acme/two", "acme/one"]
        let sorted = try RoutingFixture.request(models, provider: #"{"sort":{"by":"price","partition":"none"}}"#)
        #expect(try RoutingFixture.tags(sorted) == together)
        let legacy = try RoutingFixture.request(models, provider: #"{"sort":"price"}"#) {
            $0.partition = ProviderPreferences.Partition.none
        }
        #expect(try RoutingFixture.tags(legacy) == together)
        let variant = try RoutingFixture.request(
            ["acme/two:floor", "acme/one"],
            provider: #"{"sort":{"partition":"none"}}"#
        )
        #expect(try RoutingFixture.tags(variant) == together)
        let first = try RoutingFixture.request(
            models,
            provider: #"{"sort":{"by":"price","partition":"none"},"allow_fallbacks":false}"#
        )
        #expect(try RoutingFixture.plan(first).candidates.map(\.key) == ["acme/one@delta/int4"])
        #expect(try RoutingFixture.plan(first).strategy == .fallback)
    }

    @Test("The partition of `sort` goes before the legacy route")
    func partitionPrecedence() throws {
        let request = try RoutingFixture.request(
            ["acme/two", "acme/one"],
            provider: #"{"sort":{"by":"price","partition":"model"}}"#
        ) { $0.partition = ProviderPreferences.Partition.none }
        #expect(try RoutingFixture.plan(request).candidates.first?.model.id == "acme/two")
    }

    @Test("Without fallbacks each model has its first candidate")
    func noFallbacks() throws {
        let request = try RoutingFixture.request(
            ["acme/two", "acme/one"],
            provider: #"{"sort":"price","allow_fallbacks":false}"#
        )
        #expect(try RoutingFixture.plan(request).candidates.map(\.key) == ["acme/two@alpha", "acme/one@delta/int4"])
    }

    @Test("Thresholds prefer a fallback model that meets them")
    func thresholds() throws {
        let request = try RoutingFixture.request(
            ["acme/one", "acme/two"],
            provider: #"{"sort":"price","preferred_min_throughput":250}"#
        )
        #expect(
            try RoutingFixture.tags(request)
                == "acme/one@gamma/us-east acme/two@alpha acme/one@delta/int4 acme/one@alpha acme/one@beta-cloud/fp8 "
                + "acme/two@epsilon"
        )
    }
}
