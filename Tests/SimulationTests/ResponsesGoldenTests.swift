internal import OpenRouterAPI
internal import Tapes
internal import TestSupport
internal import Testing

@testable internal import Simulation

/// Whole answers of `/responses`, head and body, as files under `Snapshots/`.
@Suite("Pinned responses")
struct ResponsesGoldenTests {
    private static let weather = #"""
        {"type":"function","name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"},
        "days":{"type":"integer","minimum":1,"maximum":7}},"required":["city"]},"strict":true}
        """#

    private static func request(_ model: String, _ rest: String, input: String = "Why is the sky blue?") -> Request {
        .responses(#"{"model":"\#(model)","input":"\#(input)",\#(rest)}"#)
    }

    static let requests: [(name: String, request: Request)] = [
        (
            "responses",
            request(
                "openai/gpt-4o",
                #""instructions":"Be terse.","metadata":{"run":"7"},"temperature":0.5,"user":"u1""#
            )
        ),
        ("responses-emulated", request("mistralai/mistral-large", #""max_tool_calls":3,"text":{"verbosity":"low"}"#)),
        ("responses-incomplete", request("openai/gpt-4o", #""max_output_tokens":5"#)),
        (
            "responses-reasoning-openai",
            request(
                "openai/gpt-5-mini",
                #""reasoning":{"effort":"low"},"max_output_tokens":40,"include":["reasoning.encrypted_content"]"#
            )
        ),
        (
            "responses-reasoning-anthropic",
            request("anthropic/claude-sonnet-4.5", #""reasoning":{"max_tokens":6},"max_output_tokens":14"#)
        ),
        (
            "responses-reasoning-other",
            request("deepseek/deepseek-v3.2", #""reasoning":{"max_tokens":6},"max_output_tokens":14"#)
        ),
        (
            "responses-tool",
            request("openai/gpt-4o", #""tools":[\#(weather)]"#, input: "What is the weather in Paris?")
        ),
        (
            "responses-tools-parallel",
            request(
                "anthropic/claude-sonnet-4.5",
                #""reasoning":{"max_tokens":4},"tools":[\#(weather),{"type":"custom","name":"get_notes"}]"#,
                input: "Call get_weather and get_notes"
            )
        ),
        (
            "responses-search-native",
            request("openai/gpt-5-mini", #""tools":[{"type":"web_search","max_results":2}],"max_output_tokens":8"#)
        ),
        (
            "responses-search-exa",
            request(
                "openai/gpt-4o",
                #""max_output_tokens":8,"tools":[{"type":"openrouter:datetime"},"#
                    + #"{"type":"openrouter:web_search","parameters":{"engine":"exa","max_results":2}}]"#
            )
        ),
        (
            "responses-logprobs",
            request(
                "openai/gpt-4o",
                #""top_logprobs":1,"include":["message.output_text.logprobs"],"max_output_tokens":2"#
            )
        ),
    ]

    @Test("An unstreamed response is pinned", arguments: requests.indices)
    func unstreamed(row: Int) throws {
        let (name, request) = Self.requests[row]
        let exchange = Exchange(request)
        let json = JSON(try exchange.json())
        #expect(json.text == exchange.body)
        try expectSnapshot("\(exchange.head)\n\n\(json.pretty())\n", "\(name).json.txt")
    }

    @Test("A streamed response is pinned to the byte", arguments: requests.indices)
    func streamed(row: Int) throws {
        let (name, request) = Self.requests[row]
        var settings = SimulationSettings()
        settings.keepAliveCount = row % 3
        let exchange = Exchange(request.streamed, by: Simulator(settings: settings))
        try expectSnapshot("\(exchange.head)\n\n\(exchange.body)", "\(name).sse.txt")
    }

    private static let failures: [(name: String, type: ErrorType)] = [
        ("responses-failed", .providerUnavailable), ("responses-too-long", .contextLengthExceeded),
    ]

    @Test("A stream in which the provider fails is pinned to the byte", arguments: failures.indices)
    func failed(row: Int) throws {
        let (name, type) = Self.failures[row]
        let failure = ProviderFailure(type, message: "Upstream closed the connection", providerCode: "upstream_reset")
        let steps: [GenerationStep] = [.reasoning("Hm."), .text("Well"), .failure(failure)]
        let exchange = Exchange(
            Self.request("mistralai/mistral-large", #""stream":true"#),
            attempts: ScriptedAttempts(steps)
        )
        try expectSnapshot("\(exchange.head)\n\n\(exchange.body)", "\(name).sse.txt")
    }
}
