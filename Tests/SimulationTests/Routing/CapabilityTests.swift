internal import OpenRouterAPI
internal import Testing

@testable internal import Simulation

@Suite("Capabilities in routing")
struct CapabilityTests {
    private static func tags(
        _ model: String = "acme/one",
        provider: String = #"{"sort":"price"}"#,
        _ edit: (inout RoutingRequest) -> Void
    ) throws -> String {
        try RoutingFixture.tags(RoutingFixture.request([model], provider: provider, edit))
    }

    private static func failure(
        _ model: String = "acme/one",
        provider: String = #"{"sort":"price"}"#,
        _ edit: (inout RoutingRequest) -> Void
    ) throws -> APIError {
        try RoutingFixture.failure(RoutingFixture.request([model], provider: provider, edit))
    }

    private static let guide =
        "To learn more about provider routing, visit: https://openrouter.ai/docs/guides/routing/provider-selection"

    @Test("Tools go to endpoints that know them")
    func tools() throws {
        #expect(try Self.tags { $0.needs.usesTools = true } == "alpha beta-cloud/fp8 gamma/us-east")
        let error = try Self.failure("acme/two") {
            $0.needs.usesTools = true
            $0.needs.firstToolName = "get_weather"
        }
        #expect(error.status == 404)
        #expect(
            error.message == "No endpoints found that support tool use. Try disabling \"get_weather\". \(Self.guide)"
        )
        #expect(
            error.availabilityText
                == #"{"code":"constraint_filtered","affected_providers":["alpha","epsilon"],"#
                + #""constraint":{"field":"tools","detail":"not supported"}}"#
        )
        let nameless = try Self.failure("acme/two") { $0.needs.usesTools = true }
        #expect(nameless.message == "No endpoints found that support tool use. \(Self.guide)")
    }

    @Test("Without a sort, tools go to the healthy endpoints that know most about them")
    func exacto() throws {
        for seed in 0..<20 as Range<UInt64> {
            let request = try RoutingFixture.request(["acme/one"]) { $0.needs.usesTools = true }
            #expect(try RoutingFixture.tags(request, seed: seed) == "gamma/us-east alpha beta-cloud/fp8")
        }
    }

    @Test(
        "A forced tool needs `tool_choice`; none and auto do not",
        arguments: [RoutingNeeds.ToolChoice.none, .auto, .required, .function]
    )
    func toolChoice(choice: RoutingNeeds.ToolChoice) throws {
        let edit = { (request: inout RoutingRequest) in
            request.needs.usesTools = true
            request.needs.toolChoice = choice
        }
        #expect(try Self.tags("acme/one", edit) == "alpha beta-cloud/fp8 gamma/us-east")
        guard choice == .required || choice == .function else {
            #expect(try Self.tags("acme/two:free", edit) == "zeta")
            return
        }
        let error = try Self.failure("acme/two:free", edit)
        #expect(error.message == "No endpoints found that support the provided 'tool_choice' value. \(Self.guide)")
        #expect(
            error.availabilityText
                == #"{"code":"constraint_filtered","affected_providers":["zeta"],"#
                + #""constraint":{"field":"tool_choice","detail":"not supported"}}"#
        )
    }

    @Test(
        "Input that the model does not read is refused; files are parsed for all",
        arguments: [("image", "image"), ("audio", "audio"), ("video", "video"), ("file", nil)]
    )
    func input(modality: String, refused: String?) throws {
        let edit = { (request: inout RoutingRequest) in request.needs.inputModalities = [modality] }
        let isRead = modality == "image" || modality == "file"
        #expect(((try? Self.tags("acme/one", edit)) != nil) == isRead)
        guard let refused else {
            #expect(try Self.tags("acme/two", edit) == "alpha epsilon")
            return
        }
        let error = try Self.failure("acme/two", edit)
        #expect(error.status == 404)
        #expect(error.message == "No endpoints found that support \(refused) input")
        #expect(
            error.availabilityText
                == #"{"code":"constraint_filtered","affected_providers":["alpha","epsilon"],"#
                + #""constraint":{"field":"messages","detail":"\#(refused) input is not supported"}}"#
        )
    }

    @Test("Output that the model does not make is refused")
    func output() throws {
        #expect(try Self.tags("acme/drawer") { $0.needs.outputModalities = ["text", "image"] } == "alpha")
        let error = try Self.failure { $0.needs.outputModalities = ["text", "image"] }
        #expect(error.message == "No endpoints found that support the requested output modalities: image, text")
        #expect(error.metadata?["failed_routing_step"] == "Filter by Model Output Modalities")
        #expect(
            error.availabilityText.contains(
                #""constraint":{"field":"modalities","detail":"image, text is not supported"}"#
            )
        )
    }

    @Test("Structured output, JSON and verbosity prefer endpoints that know them, if there are any")
    func softPreferences() throws {
        #expect(try Self.tags { $0.needs.wantsStructuredOutput = true } == "gamma/us-east")
        #expect(try Self.tags { $0.needs.wantsJSON = true } == "gamma/us-east")
        #expect(try Self.tags { $0.needs.setsVerbosity = true } == "gamma/us-east")
        #expect(try Self.tags("acme/two") { $0.needs.wantsStructuredOutput = true } == "alpha epsilon")
        #expect(try Self.tags("acme/two") { $0.needs.wantsJSON = true } == "alpha epsilon")
        #expect(try Self.tags("acme/two") { $0.needs.setsVerbosity = true } == "alpha epsilon")
    }

    @Test("Parameters that an endpoint does not know are dropped, unless all are required")
    func requiredParameters() throws {
        let required = #"{"sort":"price","require_parameters":true}"#
        let all = "delta/int4 alpha beta-cloud/fp8 gamma/us-east"
        #expect(try Self.tags { $0.needs.parameters = ["top_k"] } == all)
        #expect(try Self.tags(provider: required) { $0.needs.parameters = ["seed"] } == all)
        #expect(
            try Self.tags(provider: required) { $0.needs.parameters = ["seed", "max_tokens"] }
                == "alpha beta-cloud/fp8 gamma/us-east"
        )
        #expect(
            try Self.tags(provider: required) { $0.needs.parameters = ["max_completion_tokens"] }
                == "alpha beta-cloud/fp8 gamma/us-east"
        )
        #expect(try Self.tags(provider: required) { $0.needs.parameters = ["reasoning_effort"] } == "gamma/us-east")
        let error = try Self.failure(provider: required) { $0.needs.parameters = ["seed", "top_k", "reasoning"] }
        #expect(error.message == "No endpoints found that can handle the requested parameters. \(Self.guide)")
        #expect(
            error.availabilityText
                == #"{"code":"constraint_filtered","affected_providers":["alpha","beta-cloud","gamma","delta"],"#
                + #""excluded_by":["require_parameters"],"constraint":{"field":"provider.require_parameters","#
                + #""detail":"not supported together: top_k"}}"#
        )
        let soft = try Self.failure("acme/two", provider: required) { $0.needs.wantsStructuredOutput = true }
        #expect(soft.message == error.message)
        #expect(soft.availabilityText.contains("not supported together: structured_outputs"))
    }

    @Test("A longer answer than an endpoint gives goes to others")
    func outputLength() throws {
        #expect(try Self.tags { $0.tokenLimit = 8000 } == "delta/int4 alpha beta-cloud/fp8 gamma/us-east")
        #expect(try Self.tags { $0.tokenLimit = 8001 } == "gamma/us-east")
        let error = try Self.failure { $0.tokenLimit = 32_001 }
        #expect(error.status == 404)
        #expect(error.message == "No endpoints found that can put out 32001 tokens. The most is 32000.")
        #expect(
            error.availabilityText
                == #"{"code":"constraint_filtered","affected_providers":["alpha","beta-cloud","gamma","delta"],"#
                + #""excluded_by":["context_length"],"constraint":{"field":"max_tokens","detail":"at most 32000"}}"#
        )
        // An endpoint without a limit.
        #expect(try Self.tags("acme/two") { $0.tokenLimit = 7000 } == "alpha epsilon")
    }

    @Test("A model of another endpoint is refused, whatever the purpose")
    func purposes() throws {
        for purpose in RoutingRequest.Purpose.allCases {
            let model = purpose == .embeddings ? "acme/one" : "acme/embed"
            let error = try RoutingFixture.failure(RoutingFixture.request([model], purpose: purpose))
            let output = purpose == .embeddings ? "text" : "embeddings"
            #expect(error.status == 400)
            #expect(error.message == "\(model) cannot be used on this endpoint: it makes \(output)")
            #expect(
                error.availabilityText
                    == #"{"code":"wrong_endpoint","constraint":{"field":"model","detail":"it makes \#(output)"}}"#
            )
            #expect(error.metadataText == #"{"error_type":"invalid_request"}"#)
            #expect(error.routerMetadata == nil)
        }
        #expect(try RoutingFixture.tags(RoutingFixture.request(["acme/embed"], purpose: .embeddings)) == "alpha")
        #expect(try RoutingFixture.tags(RoutingFixture.request(["acme/drawer"], purpose: .image)) == "alpha")
    }
}
