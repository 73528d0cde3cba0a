internal import NIOCore
internal import OpenRouterAPI
internal import Tapes
internal import TestSupport
internal import Testing

@testable internal import Simulation

/// Whole answers, head and body, as files under `Snapshots/`.
@Suite("Pinned answers")
struct GoldenTests {
    private static let weather = #"""
        "tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object",
        "properties":{"city":{"type":"string"},"days":{"type":"integer","minimum":1,"maximum":7}},"required":["city"]}}}]
        """#

    private static func chat(_ model: String, _ rest: String, prompt: String = "Why is the sky blue?") -> Request {
        .chat(#"{"model":"\#(model)","messages":[{"role":"user","content":"\#(prompt)"}],\#(rest)}"#)
    }

    static let requests: [(name: String, request: Request)] = [
        ("chat", chat("openai/gpt-4o", #""max_tokens":12"#)),
        ("chat-full", chat("openai/gpt-4o-mini", #""temperature":1"#)),
        ("chat-tool-openai", chat("openai/gpt-4o", weather, prompt: "What is the weather in Paris?")),
        ("chat-tool-anthropic", chat("anthropic/claude-sonnet-4.5", weather, prompt: "What is the weather in Paris?")),
        ("chat-reasoning-openai", chat("openai/gpt-5-mini", #""reasoning":{"effort":"low"},"max_tokens":40"#)),
        (
            "chat-reasoning-anthropic",
            chat("anthropic/claude-sonnet-4.5", #""reasoning":{"max_tokens":6},"max_tokens":14"#)
        ),
        ("chat-reasoning-other", chat("deepseek/deepseek-v3.2", #""reasoning":{"max_tokens":6},"max_tokens":14"#)),
        ("chat-logprobs", chat("openai/gpt-4o", #""logprobs":true,"top_logprobs":2,"max_tokens":3"#)),
        ("chat-choices", chat("openai/gpt-4o", #""n":2,"max_tokens":4"#)),
        ("chat-free", chat("google/gemma-4-31b-it:free", #""max_tokens":4"#)),
        (
            "completions",
            .completion(#"{"model":"openai/gpt-3.5-turbo-instruct","prompt":"Once upon a time","max_tokens":8}"#)
        ),
        (
            "completions-logprobs",
            .completion(#"{"model":"openai/gpt-3.5-turbo-instruct","prompt":"Once upon","max_tokens":3,"logprobs":2}"#)
        ),
    ]

    @Test("An unstreamed answer is pinned", arguments: requests.indices)
    func unstreamed(row: Int) throws {
        let (name, request) = Self.requests[row]
        let exchange = Exchange(request)
        let json = JSON(try exchange.json())
        // The pretty form is the body but for white space.
        #expect(json.text == exchange.body)
        #expect(exchange.tape.frames.count == 1)
        try expectSnapshot("\(exchange.head)\n\n\(json.pretty())\n", "\(name).json.txt")
    }

    @Test("A streamed answer is pinned to the byte", arguments: requests.indices)
    func streamed(row: Int) throws {
        let (name, request) = Self.requests[row]
        var settings = SimulationSettings()
        settings.keepAliveCount = row % 3
        let exchange = Exchange(request.streamed, by: Simulator(settings: settings))
        try expectSnapshot("\(exchange.head)\n\n\(exchange.body)", "\(name).sse.txt")
    }
}

extension Request {
    /// The same request with `"stream":true`.
    var streamed: Request {
        var copy = self
        copy.body.clear()
        copy.body.writeString(#"{"stream":true,"# + String(String(buffer: body).dropFirst()))
        return copy
    }
}
