internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Provider preferences in routing")
struct PreferenceTests {
    /// Preferences, and the endpoints of `acme/one` that they leave, in order.
    static let orders: [(provider: String, tags: String)] = [
        // order: named ones first, the rest by health and price.
        (#"{"order":["gamma","alpha"]}"#, "gamma/us-east alpha beta-cloud/fp8 delta/int4"),
        (#"{"order":["GAMMA","Beta Cloud"]}"#, "gamma/us-east beta-cloud/fp8 alpha delta/int4"),
        (#"{"order":["delta/INT4","nobody","beta-cloud"]}"#, "delta/int4 beta-cloud/fp8 alpha gamma/us-east"),
        (#"{"order":["delta/fp8"]}"#, "alpha beta-cloud/fp8 gamma/us-east delta/int4"),
        (#"{"order":["gamma","alpha"],"allow_fallbacks":false}"#, "gamma/us-east alpha"),
        (#"{"order":["gamma"],"sort":"throughput"}"#, "gamma/us-east beta-cloud/fp8 alpha delta/int4"),
        (#"{"order":[],"sort":"price"}"#, "delta/int4 alpha beta-cloud/fp8 gamma/us-east"),
        // only, ignore
        (#"{"only":["alpha","delta"],"sort":"price"}"#, "delta/int4 alpha"),
        (#"{"only":["Alpha","gamma/us-east","nobody"],"sort":"price"}"#, "alpha gamma/us-east"),
        (#"{"ignore":["ALPHA","beta cloud"],"sort":"price"}"#, "delta/int4 gamma/us-east"),
        (#"{"only":["alpha","gamma"],"ignore":["alpha"]}"#, "gamma/us-east"),
        (#"{"only":["alpha","gamma"],"order":["gamma","delta"]}"#, "gamma/us-east alpha"),
        // sort: strict, whatever the health
        (#"{"sort":"price"}"#, "delta/int4 alpha beta-cloud/fp8 gamma/us-east"),
        (#"{"sort":"throughput"}"#, "gamma/us-east beta-cloud/fp8 alpha delta/int4"),
        (#"{"sort":"latency"}"#, "beta-cloud/fp8 alpha gamma/us-east delta/int4"),
        (#"{"sort":"exacto"}"#, "gamma/us-east alpha beta-cloud/fp8 delta/int4"),
        (#"{"sort":{"by":"latency","partition":"model"}}"#, "beta-cloud/fp8 alpha gamma/us-east delta/int4"),
        (#"{"sort":"price","allow_fallbacks":false}"#, "delta/int4"),
        (#"{"sort":"price","allow_fallbacks":true}"#, "delta/int4 alpha beta-cloud/fp8 gamma/us-east"),
        // data policy
        (#"{"sort":"price","data_collection":"deny"}"#, "delta/int4 alpha gamma/us-east"),
        (#"{"sort":"price","data_collection":"allow"}"#, "delta/int4 alpha beta-cloud/fp8 gamma/us-east"),
        (#"{"sort":"price","zdr":true}"#, "alpha gamma/us-east"),
        (#"{"sort":"price","zdr":false}"#, "delta/int4 alpha beta-cloud/fp8 gamma/us-east"),
        // quantizations
        (#"{"sort":"price","quantizations":["fp8","int4"]}"#, "delta/int4 beta-cloud/fp8"),
        (#"{"sort":"price","quantizations":["unknown"]}"#, "alpha gamma/us-east"),
        // max_price: USD a million tokens, a request, an image
        (#"{"sort":"price","max_price":{"prompt":2}}"#, "delta/int4 alpha beta-cloud/fp8"),
        (#"{"sort":"price","max_price":{"prompt":"1.999999"}}"#, "delta/int4 alpha"),
        (#"{"sort":"price","max_price":{"completion":0.5}}"#, "delta/int4"),
        (
            #"{"sort":"price","max_price":{"audio":50,"request":0.001,"image":"0.002"}}"#,
            "delta/int4 alpha beta-cloud/fp8 gamma/us-east"
        ),
        // thresholds: soft, together with any order but a manual one
        (#"{"sort":"price","preferred_min_throughput":60}"#, "beta-cloud/fp8 gamma/us-east delta/int4 alpha"),
        (#"{"sort":"price","preferred_min_throughput":{"p99":80}}"#, "alpha beta-cloud/fp8 gamma/us-east delta/int4"),
        (#"{"sort":"price","preferred_max_latency":0.5}"#, "alpha beta-cloud/fp8 delta/int4 gamma/us-east"),
        (
            #"{"sort":"price","preferred_max_latency":{"p50":0.5,"p99":4}}"#,
            "alpha delta/int4 beta-cloud/fp8 gamma/us-east"
        ),
        (
            #"{"sort":"price","preferred_min_throughput":100,"preferred_max_latency":0.3}"#,
            "beta-cloud/fp8 delta/int4 alpha gamma/us-east"
        ),
        (#"{"sort":"price","preferred_min_throughput":1000}"#, "delta/int4 alpha beta-cloud/fp8 gamma/us-east"),
        (#"{"order":["delta"],"preferred_min_throughput":290}"#, "delta/int4 gamma/us-east alpha beta-cloud/fp8"),
    ]

    @Test("Preferences give an order of endpoints", arguments: orders.indices)
    func order(row: Int) throws {
        let (provider, tags) = Self.orders[row]
        let request = try RoutingFixture.request(["acme/one"], provider: provider)
        for seed in 0..<20 as Range<UInt64> {
            #expect(try RoutingFixture.tags(request, seed: seed) == tags, "\(provider)")
        }
    }

    /// Preferences that leave nothing of `acme/one`: the message, and the availability without its constant members.
    static let failures: [(provider: String, message: String, availability: String, failedStep: String)] = [
        (
            #"{"only":["nobody","Omega"]}"#,
            "No allowed providers are available for the selected model. Providers serving acme/one: alpha, beta-cloud, "
                + "gamma, delta, but your request's provider.only preference permits only: nobody, Omega.",
            #"{"code":"no_endpoints","affected_providers":["alpha","beta-cloud","gamma","delta"],"#
                + #""excluded_by":["allowed_providers"]}"#, "Filter by Allowed Providers"
        ),
        (
            #"{"ignore":["alpha","beta-cloud","gamma","delta"]}"#,
            "All providers have been ignored. To change your default ignored providers, visit: "
                + "https://openrouter.ai/settings/privacy",
            #"{"code":"no_endpoints","affected_providers":["alpha","beta-cloud","gamma","delta"],"#
                + #""excluded_by":["allowed_providers"]}"#, "Filter by Ignored Providers"
        ),
        (
            #"{"order":["nobody"],"allow_fallbacks":false,"data_collection":"deny"}"#,
            "No endpoints found for acme/one. Every candidate endpoint was removed during routing: Filter by Data Policy "
                + "removed beta-cloud/fp8; Filter by Fallback removed alpha, gamma/us-east, delta/int4.",
            #"{"code":"no_endpoints","affected_providers":["alpha","beta-cloud","gamma","delta"],"#
                + #""excluded_by":["allowed_providers"]}"#, "Filter by Fallback"
        ),
        (
            #"{"only":["beta-cloud"],"data_collection":"deny"}"#,
            "No endpoints found matching your data policy (Paid model training). Configure: "
                + "https://openrouter.ai/settings/privacy",
            #"{"code":"privacy_restricted","affected_providers":["alpha","beta-cloud","gamma","delta"],"#
                + #""excluded_by":["data_policy:training"]}"#, "Filter by Data Policy"
        ),
        (
            #"{"only":["delta"],"zdr":true}"#,
            "No endpoints found matching your data policy (Zero data retention). Configure: "
                + "https://openrouter.ai/settings/privacy",
            #"{"code":"privacy_restricted","affected_providers":["alpha","beta-cloud","gamma","delta"],"#
                + #""excluded_by":["data_policy:zdr"]}"#, "Filter by Data Policy"
        ),
        (
            #"{"enforce_distillable_text":true}"#, "No endpoints found that allow text distillation.",
            #"{"code":"constraint_filtered","affected_providers":["alpha","beta-cloud","gamma","delta"],"constraint":"#
                + #"{"field":"provider.enforce_distillable_text","detail":"the author has not allowed it"}}"#,
            "Filter by Text Distillation"
        ),
        (
            #"{"quantizations":["fp32","mxfp4"]}"#,
            "No endpoints found for the request with quantization: fp32, mxfp4. To learn more about provider routing, "
                + "visit: https://openrouter.ai/docs/guides/routing/provider-selection",
            #"{"code":"constraint_filtered","affected_providers":["alpha","beta-cloud","gamma","delta"],"#
                + #""excluded_by":["quantization"],"#
                + #""constraint":{"field":"provider.quantizations","detail":"fp32, mxfp4"}}"#, "Filter by Quantization"
        ),
        (
            #"{"max_price":{"prompt":0.4}}"#, "No endpoints found that satisfy the max price for this request",
            #"{"code":"constraint_filtered","affected_providers":["alpha","beta-cloud","gamma","delta"],"#
                + #""excluded_by":["max_price"],"#
                + #""constraint":{"field":"provider.max_price","detail":"all endpoints cost more"}}"#,
            "Filter by Max Price"
        ),
        (
            #"{"max_price":{"image":"0.0019"}}"#, "No endpoints found that satisfy the max price for this request",
            #"{"code":"constraint_filtered","affected_providers":["alpha","beta-cloud","gamma","delta"],"#
                + #""excluded_by":["max_price"],"#
                + #""constraint":{"field":"provider.max_price","detail":"all endpoints cost more"}}"#,
            "Filter by Max Price"
        ),
    ]

    @Test("Preferences that nobody meets give the documented error", arguments: failures.indices)
    func failure(row: Int) throws {
        let expected = Self.failures[row]
        let error = try RoutingFixture.failure(RoutingFixture.request(["acme/one"], provider: expected.provider))
        #expect(error.status == 404)
        #expect(error.message == expected.message)
        #expect(error.availabilityText == expected.availability)
        #expect(error.metadata?["failed_routing_step"] == .string(expected.failedStep))
        #expect(error.metadata?["error_type"] == "not_found")
    }

    @Test(
        "The funnel tells what each filter left; the failed step stands in it for allowed providers and fallbacks alone",
        arguments: [
            (
                #"{"only":["nobody"]}"#,
                #"{"available_providers":["alpha","beta-cloud","gamma","delta"],"requested_providers":["nobody"],"#
                    + #""routing_funnel":[{"step":"Initial Endpoints","endpoint_count":4},"#
                    + #"{"step":"Filter by Allowed Providers","endpoint_count":0}],"#
                    + #""failed_routing_step":"Filter by Allowed Providers","error_type":"not_found"}"#
            ),
            (
                #"{"only":["alpha","beta-cloud"],"zdr":true,"max_price":{"prompt":0}}"#,
                #"{"routing_funnel":[{"step":"Initial Endpoints","endpoint_count":4},"#
                    + #"{"step":"Filter by Allowed Providers","endpoint_count":2},"#
                    + #"{"step":"Filter by Data Policy","endpoint_count":1}],"#
                    + #""failed_routing_step":"Filter by Max Price","error_type":"not_found"}"#
            ),
            (
                #"{"order":["nobody"],"allow_fallbacks":false}"#,
                #"{"routing_funnel":[{"step":"Initial Endpoints","endpoint_count":4},"#
                    + #"{"step":"Filter by Fallback","endpoint_count":0}],"#
                    + #""failed_routing_step":"Filter by Fallback","error_type":"not_found"}"#
            ),
        ]
    )
    func funnel(provider: String, metadata: String) throws {
        let error = try RoutingFixture.failure(RoutingFixture.request(["acme/one"], provider: provider))
        #expect(error.metadataText == metadata)
    }

    @Test("Free models have a reason of their own when training is denied")
    func freeTraining() throws {
        let request = try RoutingFixture.request(["acme/two:free"], provider: #"{"data_collection":"deny"}"#)
        let message = try RoutingFixture.failure(request).message
        #expect(message.hasPrefix("No endpoints found matching your data policy (Free model training)."))
    }

    @Test("A model that may be distilled is routed when that is enforced")
    func distillable() throws {
        let provider = #"{"enforce_distillable_text":true,"sort":"price"}"#
        #expect(try RoutingFixture.tags(RoutingFixture.request(["acme/two"], provider: provider)) == "alpha epsilon")
    }

    @Test("An endpoint without measurements is known to meet no threshold, and sorts last")
    func unmeasured() throws {
        for provider in [
            #"{"preferred_min_throughput":0}"#, #"{"preferred_max_latency":1e6}"#, #"{"sort":"throughput"}"#,
            #"{"sort":"latency"}"#,
        ] {
            let request = try RoutingFixture.request(["acme/two"], provider: provider)
            #expect(try RoutingFixture.tags(request) == "alpha epsilon")
        }
    }
}
