internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Context lengths in routing")
struct ContextFitTests {
    private static func request(
        _ model: String,
        prompt: Int,
        tools: Int = 0,
        output: Int? = nil,
        compression: Bool? = nil
    ) throws -> RoutingRequest {
        try RoutingFixture.request([model], provider: #"{"sort":"price"}"#) {
            $0.promptTokenCount = prompt
            $0.toolTokenCount = tools
            $0.tokenLimit = output
            $0.compression = compression
        }
    }

    private static func candidates(_ request: RoutingRequest) throws -> [RouteCandidate] {
        try RoutingFixture.plan(request).candidates
    }

    @Test("Endpoints whose window holds prompt and answer are taken, to the token")
    func windows() throws {
        let all = "delta/int4 alpha beta-cloud/fp8 gamma/us-east"
        #expect(try RoutingFixture.tags(Self.request("acme/one", prompt: 50_000)) == all)
        #expect(
            try RoutingFixture.tags(Self.request("acme/one", prompt: 50_001)) == "alpha beta-cloud/fp8 gamma/us-east"
        )
        #expect(
            try RoutingFixture.tags(Self.request("acme/one", prompt: 49_000, output: 1001))
                == "alpha beta-cloud/fp8 gamma/us-east"
        )
        #expect(try Self.candidates(Self.request("acme/one", prompt: 50_001)).allSatisfy { !$0.isCompressed })
    }

    @Test("What no window holds is refused with the sum")
    func tooLong() throws {
        let error = try RoutingFixture.failure(Self.request("acme/one", prompt: 100_000, output: 500))
        #expect(error.status == 400)
        #expect(
            error.message
                == "This endpoint's maximum context length is 100000 tokens. However, you requested about 100500 tokens "
                + "(100000 of text input, 500 in the output). Please reduce the length of either one, or use the "
                + "context-compression plugin to compress your prompt automatically."
        )
        #expect(error.metadataText == #"{"error_type":"context_length_exceeded","provider_name":null}"#)
        #expect(error.availability == nil)
        #expect(error.routerMetadata != nil)
        let withTools = try RoutingFixture.failure(Self.request("acme/one", prompt: 100_001, tools: 1001))
        #expect(
            withTools.message.contains(
                "100001 tokens (99000 of text input, 1001 of tool input, 0 in the output)"
            )
        )
    }

    @Test("Small windows compress by themselves, large ones when told to, none when forbidden")
    func compression() throws {
        // A window of 8000; acme/tiers has 1000.
        let small = try Self.candidates(Self.request("acme/two", prompt: 9000))
        #expect(small.count == 2 && small.allSatisfy(\.isCompressed))
        #expect(try Self.candidates(Self.request("acme/two", prompt: 8000)).allSatisfy { !$0.isCompressed })
        let refused = try RoutingFixture.failure(Self.request("acme/two", prompt: 9000, compression: false))
        #expect(refused.message.hasPrefix("This endpoint's maximum context length is 8000 tokens."))
        let large = try Self.candidates(Self.request("acme/one", prompt: 150_000, compression: true))
        #expect(large.map(\.endpoint.tag) == ["alpha", "beta-cloud/fp8", "gamma/us-east"])
        #expect(large.allSatisfy { $0.isCompressed })
    }

    @Test("Where not even half has room, the largest window is used")
    func largest() throws {
        let request = try Self.request("acme/one", prompt: 1_000_000, compression: true)
        #expect(try RoutingFixture.tags(request) == "alpha beta-cloud/fp8 gamma/us-east")
        let both = try Self.request("acme/one", prompt: 100_001, compression: true)
        // Delta's 50,000 are half of that, rounded down.
        #expect(try RoutingFixture.tags(both) == "delta/int4 alpha beta-cloud/fp8 gamma/us-east")
    }

    @Test("A window is a matter of conversations only")
    func otherPurposes() throws {
        let request = try RoutingFixture.request(["acme/drawer"], purpose: .image) { $0.promptTokenCount = .max }
        #expect(try RoutingFixture.tags(request) == "alpha")
    }

    @Test("Token counts beyond all bounds are no trap")
    func overflow() throws {
        let request = try Self.request("acme/one", prompt: .max, output: 5)
        #expect(throws: APIError.self) { try RoutingFixture.plan(request) }
    }
}
