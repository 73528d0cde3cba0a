import ChatStream
import OpenRouterSimTesting
import Testing

/// The streams that `openrouter-sim fuzz` puts to a client, here one test case each and without a process for each.
@Suite("A streaming client", .simulator(), .serialized)
struct StreamTests {
    /// On Linux `URLSession` ends the process at the trailers of a chunked body ("Transfer completed, but there's no
    /// response"), and no client on it can help that.
    @Sendable
    private static func isSurvived(_ stream: Simulator.FuzzCase) -> Bool {
        !stream.name.contains("chunk-syntax-trailers")
    }

    private func check(_ stream: Simulator.FuzzCase) async throws {
        let sim = try Simulator.current
        await sim.check(stream) { baseURL in
            let answer = try await StreamingClient(baseURL: baseURL, apiKey: sim.apiKey).ask("What is the weather?")
            return Simulator.FuzzAnswer(
                text: answer.text,
                toolCalls: answer.toolCalls.map { .init(name: $0.name, arguments: $0.arguments) }
            )
        }
    }

    @Test("survives every mutation", arguments: Simulator.FuzzCase.all().filter(isSurvived))
    func single(_ stream: Simulator.FuzzCase) async throws {
        try await check(stream)
    }

    @Test("survives several at a time", arguments: Simulator.FuzzCase.combinations(40).filter(isSurvived))
    func combined(_ stream: Simulator.FuzzCase) async throws {
        try await check(stream)
    }
}
