internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Router metadata")
struct RouterMetadataTests {
    @Test("An answer tells who was considered, tried and selected")
    func selected() throws {
        let plan = try RoutingFixture.plan(
            RoutingFixture.request(["acme/two"], provider: #"{"sort":"price"}"#)
        )
        let attempts = [
            RouterMetadata.Attempt(candidate: plan.candidates[0], status: 503),
            RouterMetadata.Attempt(candidate: plan.candidates[1], status: 200),
        ]
        let json = RouterMetadata.json(plan: plan, attempts: attempts, selected: plan.candidates[1])
        #expect(
            json.text
                == #"{"requested":"acme/two","strategy":"direct","region":"iad","#
                + #""summary":"available=2, selected=Epsilon","attempt":2,"is_byok":false,"endpoints":{"total":2,"#
                + #""available":[{"provider":"Alpha","model":"acme/two","selected":false},"#
                + #"{"provider":"Epsilon","model":"acme/two","selected":true}]},"#
                + #""attempts":[{"provider":"Alpha","model":"acme/two","status":503},"#
                + #"{"provider":"Epsilon","model":"acme/two","status":200}]}"#
        )
    }

    @Test("Parameters and the pipeline come last, and only if there are any")
    func parameters() throws {
        let plan = try RoutingFixture.plan(RoutingFixture.request(["~acme/swift-latest"]))
        let json = RouterMetadata.json(
            plan: plan,
            attempts: [.init(candidate: plan.candidates[0], status: 200)],
            selected: plan.candidates[0],
            pipeline: [["type": "context_compression", "name": "context-compression"]]
        )
        #expect(
            json.text.hasSuffix(
                #""params":{"version_group":"acme/swift"},"#
                    + #""pipeline":[{"type":"context_compression","name":"context-compression"}]}"#
            )
        )
        #expect(json.members?["strategy"] == "latest")
    }

    @Test("The model that answers in place of the first is a fallback")
    func fallback() throws {
        let plan = try RoutingFixture.plan(RoutingFixture.request(["acme/two", "acme/swift-2.0"]))
        let last = try #require(plan.candidates.last)
        let json = RouterMetadata.json(plan: plan, attempts: [], selected: last)
        #expect(json.members?["strategy"] == "fallback")
        #expect(
            RouterMetadata.json(plan: plan, attempts: [], selected: plan.candidates[0]).members?["strategy"] == "direct"
        )
    }

    @Test("A failure before any attempt tells all endpoints, and none is selected")
    func failure() throws {
        let error = try RoutingFixture.failure(RoutingFixture.request(["acme/two"], provider: #"{"only":["x"]}"#))
        #expect(
            error.routerMetadata?.text
                == #"{"requested":"acme/two","strategy":"direct","region":"iad","summary":"available=2","attempt":0,"#
                + #""is_byok":false,"endpoints":{"total":2,"available":[{"provider":"Alpha","model":"acme/two","#
                + #""selected":false},{"provider":"Epsilon","model":"acme/two","selected":false}]}}"#
        )
    }
}
