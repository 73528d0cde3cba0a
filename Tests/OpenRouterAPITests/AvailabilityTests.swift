internal import OpenRouterAPI
internal import Testing

@Suite("Availability of models")
struct AvailabilityTests {
    /// Reference: platform §1.9.
    static let codes: [(code: String, status: Int, type: String, isRetryable: Bool)] = [
        ("model_not_found", 400, "invalid_request", false), ("wrong_endpoint", 400, "invalid_request", false),
        ("no_endpoints", 404, "not_found", false), ("model_deprecated", 404, "not_found", false),
        ("model_unavailable_upstream", 404, "not_found", false), ("privacy_restricted", 404, "not_found", false),
        ("constraint_filtered", 404, "not_found", false), ("free_variant_ended", 404, "not_found", false),
        ("region_restricted", 403, "permission_denied", false),
        ("capacity_exhausted", 429, "rate_limit_exceeded", true),
        ("temporarily_unavailable", 503, "provider_overloaded", true),
    ]

    @Test("Each code has its status, its error type and its answer to a retry", arguments: codes)
    func code(code: String, status: Int, type: String, isRetryable: Bool) throws {
        let availability = Availability(try #require(Availability.Code(rawValue: code)), requestedModels: ["a/b"])
        let error = APIError("No", availability: availability, metadata: ["routing_funnel": []])
        #expect(
            error.envelope(.openRouter).text
                == #"{"error":{"message":"No","code":\#(status),"metadata":{"routing_funnel":[],"error_type":"\#(type)"},"#
                + #""availability":{"code":"\#(code)","retryable":\#(isRetryable),"requested_models":["a/b"],"#
                + #""docs_url":"https://openrouter.ai/docs/errors#\#(code)"}}}"#
        )
    }

    @Test("There are the eleven codes of the reference and no others")
    func vocabulary() {
        #expect(Set(Availability.Code.allCases.map(\.rawValue)) == Set(Self.codes.map(\.code)))
        #expect(Availability.Code.allCases.count == 11)
        #expect(
            Availability.Exclusion.allCases.map(\.rawValue) == [
                "geo", "data_region", "data_policy:zdr", "data_policy:training", "max_price", "context_length",
                "require_parameters", "quantization", "allowed_providers",
            ]
        )
    }

    @Test("Members that say nothing are left out, the others keep the order of the reference")
    func members() {
        var availability = Availability(.capacityExhausted, requestedModels: ["a/b", "c/d"])
        availability.retryAfter = 12
        availability.affectedProviders = ["alpha"]
        availability.excludedBy = [.maximumPrice, .geo]
        availability.fallbackModels = ["e/f"]
        availability.constraint = .init(field: "model", detail: "none")
        #expect(
            JSON.object(availability.json).text
                == #"{"code":"capacity_exhausted","retryable":true,"retry_after":12,"requested_models":["a/b","c/d"],"#
                + #""affected_providers":["alpha"],"excluded_by":["max_price","geo"],"fallback_models":["e/f"],"#
                + #""constraint":{"field":"model","detail":"none"},"#
                + #""docs_url":"https://openrouter.ai/docs/errors#capacity_exhausted"}"#
        )
    }

    @Test("Metadata for the router's sake is no part of the envelope")
    func routerMetadata() {
        var error = APIError.noModelsMatch(requestedModels: ["a/b"])
        error.routerMetadata = ["attempt": 0]
        let plain = APIError.noModelsMatch(requestedModels: ["a/b"])
        #expect(error.envelope(.openRouter) == plain.envelope(.openRouter))
        #expect(error != plain)
    }

    @Test("A sum of tokens beyond all numbers is the largest one")
    func overflow() {
        let error = APIError.contextLengthExceeded(window: 10, text: 5, tools: 0, output: .max)
        #expect(
            error.message.contains("you requested about \(Int.max) tokens (5 of text input, \(Int.max) in the output)")
        )
    }
}
