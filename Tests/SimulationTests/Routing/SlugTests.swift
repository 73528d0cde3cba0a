internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Slugs in routing")
struct SlugTests {
    @Test(
        "A slug leads to a model, names a strategy and may bring variants",
        arguments: [
            ("acme/one", "acme/one", "acme/one-20260101", RoutingStrategy.direct, false),
            ("acme/one-20260101", "acme/one", "acme/one-20260101", .direct, false),
            ("acme/two:free", "acme/two:free", "acme/two:free", .direct, false),
            ("acme/one:online", "acme/one", "acme/one-20260101", .direct, true),
            ("acme/two:free:online", "acme/two:free", "acme/two:free", .direct, true),
            ("acme/one:floor:online", "acme/one", "acme/one-20260101", .direct, true),
            ("acme/one:exacto", "acme/one", "acme/one-20260101", .direct, false),
            ("~acme/swift-latest", "acme/swift-2.0", "acme/swift-2.0", .latest, false),
            ("~acme/swift-latest:online", "acme/swift-2.0", "acme/swift-2.0", .latest, true),
            ("acme/swift-2-0", "acme/swift-2.0", "acme/swift-2.0", .alias, false),
            ("acme/swift-2-0:nitro", "acme/swift-2.0", "acme/swift-2.0", .alias, false),
        ] as [(String, String, String, RoutingStrategy, Bool)]
    )
    func slugs(slug: String, id: String, served: String, strategy: RoutingStrategy, isOnline: Bool) throws {
        let plan = try RoutingFixture.plan(RoutingFixture.request([slug]))
        let first = try #require(plan.candidates.first)
        #expect(first.model.id == id)
        #expect(first.servedModel == served)
        #expect(plan.requested == slug)
        #expect(plan.strategy == strategy)
        #expect(plan.attachesWebPlugin == isOnline)
        #expect(plan.router == nil)
        #expect(plan.panel.isEmpty)
    }

    @Test("An alias tells the group of its versions")
    func versionGroup() throws {
        let plan = try RoutingFixture.plan(RoutingFixture.request(["~acme/swift-latest"]))
        #expect(plan.params == ["version_group": "acme/swift"])
        #expect(try RoutingFixture.plan(RoutingFixture.request(["acme/one"])).params == nil)
    }

    @Test(
        "Sorting variants sort, and an explicit sort goes before them",
        arguments: [
            ("acme/one:nitro", "{}", "gamma/us-east beta-cloud/fp8 alpha delta/int4"),
            ("acme/one:floor", "{}", "delta/int4 alpha beta-cloud/fp8 gamma/us-east"),
            ("acme/one:exacto", "{}", "gamma/us-east alpha beta-cloud/fp8 delta/int4"),
            ("acme/one:exacto", #"{"sort":"latency"}"#, "beta-cloud/fp8 alpha gamma/us-east delta/int4"),
            ("acme/one:nitro", #"{"sort":"price"}"#, "delta/int4 alpha beta-cloud/fp8 gamma/us-east"),
            ("acme/one:nitro", #"{"order":["alpha"]}"#, "alpha gamma/us-east beta-cloud/fp8 delta/int4"),
        ]
    )
    func sortingVariants(slug: String, provider: String, tags: String) throws {
        #expect(try RoutingFixture.tags(RoutingFixture.request([slug], provider: provider)) == tags)
    }

    @Test(
        "A slug that nobody knows is no valid model ID",
        arguments: [
            "acme/nope", "one", "acme/one:cheap", "acme/one:cheap:nitro", "acme/nope:free", "acme/ONE", " acme/one",
            "acme/", ":nitro", "~acme/swift", "acme/nope:nitro", "acme/swift-2-1", "openrouter/nope", "acme/one:",
            "acme/swift-20", "-", "", "openrouter/",
        ]
    )
    func unknown(slug: String) throws {
        let error = try RoutingFixture.failure(RoutingFixture.request([slug]))
        #expect(error.status == 400)
        #expect(error.message == "\(slug) is not a valid model ID")
        #expect(error.availability?["code"] == "model_not_found")
        #expect(error.availability?["requested_models"] == [.string(slug)])
        #expect(error.availability?["docs_url"] == "https://openrouter.ai/docs/errors#model_not_found")
        #expect(error.metadataText == #"{"error_type":"invalid_request"}"#)
        #expect(error.routerMetadata == nil)
    }

    @Test(
        "A variant that a model has no row of has no endpoints",
        arguments: [
            ("acme/one:free", #"{"code":"free_variant_ended","fallback_models":["acme/one"]}"#),
            ("acme/one:thinking", #"{"code":"no_endpoints","fallback_models":["acme/one"]}"#),
            ("acme/one:extended", #"{"code":"no_endpoints","fallback_models":["acme/one"]}"#),
            ("acme/one:batch", #"{"code":"no_endpoints","fallback_models":["acme/one"]}"#),
            ("acme/one:free:nitro", #"{"code":"free_variant_ended","fallback_models":["acme/one"]}"#),
        ]
    )
    func unlistedVariants(slug: String, availability: String) throws {
        let error = try RoutingFixture.failure(RoutingFixture.request([slug]))
        #expect(error.status == 404)
        #expect(error.message == "No endpoints found for \(slug).")
        #expect(error.availabilityText == availability)
        #expect(error.metadataText == #"{"error_type":"not_found"}"#)
    }

    @Test("A listed row that nobody serves has no endpoints")
    func idle() throws {
        let error = try RoutingFixture.failure(RoutingFixture.request(["acme/idle"]))
        #expect(error.status == 404)
        #expect(error.message == "No endpoints found for acme/idle.")
        #expect(error.availabilityText == #"{"code":"no_endpoints"}"#)
        #expect(
            error.metadataText
                == #"{"routing_funnel":[{"step":"Initial Endpoints","endpoint_count":0}],"#
                + #""failed_routing_step":"Initial Endpoints","error_type":"not_found"}"#
        )
    }

    @Test("Batch rows are for the batch API")
    func batch() throws {
        let error = try RoutingFixture.failure(RoutingFixture.request(["acme/bulk-1.5:batch"]))
        #expect(error.status == 404)
        #expect(
            error.message
                == "This model is only available through the Batch API. Use the /api/beta/batches endpoint instead."
        )
        #expect(error.availability?["code"] == "constraint_filtered")
        let request = try RoutingFixture.request(["acme/bulk-1.5:batch"]) { $0.isBatch = true }
        #expect(try RoutingFixture.tags(request) == "alpha")
    }

    @Test("A model is gone from its expiration date on")
    func expired() throws {
        let may5 = try #require(CivilTime.microseconds(rfc3339: "2026-05-05T00:00:00Z"))
        for slug in ["acme/swift-1.5", "acme/swift-1.5:free"] {
            #expect(try RoutingFixture.tags(RoutingFixture.request([slug]) { $0.now = may5 - 1 }) == "alpha")
        }
        let paid = try RoutingFixture.failure(RoutingFixture.request(["acme/swift-1.5:nitro"]) { $0.now = may5 })
        #expect(paid.status == 404)
        #expect(paid.message == "acme/swift-1.5:nitro has been deprecated. Please use acme/swift-2.0 instead.")
        #expect(paid.availabilityText == #"{"code":"model_deprecated","fallback_models":["acme/swift-2.0"]}"#)
        let free = try RoutingFixture.failure(RoutingFixture.request(["acme/swift-1.5:free"]) { $0.now = may5 })
        #expect(free.status == 404)
        #expect(
            free.message
                == "The free Acme: Swift 1.5 period has ended. To continue using this model, please migrate to the paid "
                + "slug: acme/swift-1.5"
        )
        #expect(free.availabilityText == #"{"code":"free_variant_ended","fallback_models":["acme/swift-1.5"]}"#)
    }

    @Test("An expired model of no family names no successor")
    func withoutSuccessor() throws {
        let rows = #"[{"id":"acme/lone","created":1,"expiration_date":"2026-01-01","endpoints":[{"provider":"A"}]}]"#
        let request = try RoutingFixture.request(["acme/lone"])
        let error = try RoutingFixture.failure(request, in: RoutingFixture.catalog(rows))
        #expect(error.message == "acme/lone has been deprecated.")
        #expect(error.availabilityText == #"{"code":"model_deprecated"}"#)
    }
}
