internal import OpenRouterAPI
internal import Testing

@Suite("API errors")
struct APIErrorTests {
    /// Reference: inference §1.8.
    static let statuses: [(name: String, status: Int)] = [
        ("context_length_exceeded", 400), ("max_tokens_exceeded", 400), ("token_limit_exceeded", 400),
        ("string_too_long", 400), ("authentication", 401), ("payment_required", 402), ("permission_denied", 403),
        ("rate_limit_exceeded", 429), ("provider_overloaded", 503), ("provider_unavailable", 502),
        ("invalid_request", 400), ("invalid_prompt", 400), ("not_found", 404), ("precondition_failed", 412),
        ("payload_too_large", 413), ("unprocessable", 422), ("content_policy_violation", 400), ("refusal", 400),
        ("invalid_image", 400), ("image_too_large", 400), ("image_too_small", 400), ("unsupported_image_format", 400),
        ("image_download_failed", 400), ("image_not_found", 404), ("server", 500), ("timeout", 504), ("unmapped", 500),
    ]

    @Test("Each error type has its status", arguments: statuses)
    func status(name: String, status: Int) throws {
        #expect(try #require(ErrorType(rawValue: name)).status == status)
    }

    @Test("There are the 27 error types of the schema and no others")
    func vocabulary() {
        #expect(ErrorType.allCases.map(\.rawValue) == Self.statuses.map(\.name))
        #expect(ErrorType.allCases.count == 27)
    }

    @Test("The envelope has message, code, metadata, availability, then the user")
    func envelope() {
        let error = APIError(
            status: 404,
            message: "No \"such\" thing",
            metadata: ["b": 1, "a": .null],
            availability: ["code": "no_endpoints"]
        )
        #expect(
            error.envelope(.openRouter, EnvelopeContext(userID: "user_1")).text
                == #"{"error":{"message":"No \"such\" thing","code":404,"metadata":{"b":1,"a":null},"#
                + #""availability":{"code":"no_endpoints"}},"user_id":"user_1"}"#
        )
    }

    @Test("What is not there has no member")
    func bareEnvelope() {
        #expect(
            APIError.missingCredentials.envelope(.openRouter).text
                == #"{"error":{"message":"Missing Authentication header","code":401}}"#
        )
        #expect(
            APIError(status: 500, message: "", metadata: [:]).envelope(.openRouter, EnvelopeContext(userID: "u")).text
                == #"{"error":{"message":"","code":500,"metadata":{}},"user_id":"u"}"#
        )
    }

    @Test(
        "Common failures are worded as published or observed",
        arguments: [
            (.notFound, #"{"message":"Not Found","code":404}"#),
            (.methodNotAllowed(allowed: ["GET", "POST"]), #"{"message":"Method Not Allowed","code":405}"#),
            (.missingCredentials, #"{"message":"Missing Authentication header","code":401}"#),
            (.unknownKey, #"{"message":"User not found.","code":401}"#),
            (
                .insufficientCredits,
                #"{"message":"Insufficient credits. Add more using https://openrouter.ai/credits","code":402,"#
                    + #""metadata":{"limit_source":"openrouter_credits"}}"#
            ),
            (
                .payloadTooLarge(limit: 1024),
                #"{"message":"Request payload too large","code":413,"metadata":{"error_type":"payload_too_large","limit_bytes":1024}}"#
            ),
            (
                .invalidField("messages[0].role", expected: "a string", found: "3"),
                #"{"message":"Invalid request parameters: messages[0].role: expected a string, received 3","code":400,"#
                    + #""metadata":{"error_type":"invalid_request","field":"messages[0].role"}}"#
            ),
        ] as [(APIError, String)]
    )
    func wordings(error: APIError, text: String) {
        #expect(error.envelope(.openRouter).text == #"{"error":\#(text)}"#)
    }

    @Test("A method that is not allowed names those that are")
    func allowField() {
        #expect(APIError.methodNotAllowed(allowed: ["GET", "POST"]).fields == [.init("Allow", "GET, POST")])
        #expect(APIError.notFound.fields == [])
    }

    @Test("Malformed JSON is told with line and column")
    func malformedJSON() throws {
        let failure = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: "{\"a\": 1,\n  x}") }
        #expect(
            APIError.malformedJSON(try #require(failure)).envelope(.openRouter).text
                == #"{"error":{"message":"Invalid JSON in the request body: line 2, column 3: unexpected 'x', "#
                + #"expected a member name in double quotes","code":400,"metadata":{"error_type":"invalid_request","line":2,"column":3}}}"#
        )
    }
}
