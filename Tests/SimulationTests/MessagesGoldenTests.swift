internal import OpenRouterAPI
internal import Tapes
internal import TestSupport
internal import Testing

@testable internal import Simulation

/// Whole messages, head and body, as files under `Snapshots/`.
@Suite("Pinned messages")
struct MessagesGoldenTests {
    private static let weather = "What are the time and the weather in Paris?"
    private static let failure = ProviderFailure(.providerUnavailable, message: "Provider disconnected")

    static let requests: [(name: String, request: Request, steps: [GenerationStep]?)] = [
        ("text", .question(#""temperature":1"#), nil),
        ("thinking", .question(MessagesTests.thinking), nil),
        ("thinking-openai", .question(MessagesTests.thinking, model: "openai/gpt-5-mini"), nil),
        ("tool", .question(MessagesTests.tools, prompt: "What is the weather in Paris?"), nil),
        ("tools-parallel", .question(MessagesTests.tools, prompt: weather), nil),
        ("web-search", .question(#""tools":[{"type":"openrouter:web_search","parameters":{"max_results":2}}]"#), nil),
        ("stop-sequence", .question(#""stop_sequences":[","]"#), nil),
        (
            "max-tokens",
            .message(#"{"model":"openai/gpt-4o","max_tokens":3,"messages":[{"role":"user","content":"Hi"}]}"#), nil
        ),
        ("refusal", .question(), [.refusal("I won't.")]),
        ("failure", .question(), [.text("So"), .failure(failure)]),
    ]

    private static func attempts(_ steps: [GenerationStep]?) -> any ProviderAttempts {
        if let steps { ScriptedAttempts(steps) } else { SyntheticAttempts() }
    }

    @Test("An unstreamed message is pinned", arguments: requests.indices)
    func unstreamed(row: Int) throws {
        let (name, request, steps) = Self.requests[row]
        let exchange = Exchange(request, attempts: Self.attempts(steps))
        let json = JSON(try exchange.json())
        #expect(json.text == exchange.body)
        try expectSnapshot("\(exchange.head)\n\n\(json.pretty())\n", "messages-\(name).json.txt")
    }

    @Test("A streamed message is pinned to the byte", arguments: requests.indices)
    func streamed(row: Int) throws {
        let (name, request, steps) = Self.requests[row]
        let exchange = Exchange(request.streamed, attempts: Self.attempts(steps))
        try expectSnapshot("\(exchange.head)\n\n\(exchange.body)", "messages-\(name).sse.txt")
    }
}
