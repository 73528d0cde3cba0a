import ChatStream
import OpenRouterSimTesting
import Testing

/// The streams that `openrouter-sim fuzz` puts to a client, here one test case each and without a process for each.
@Suite("A streaming client", .simulator(), .serialized)
struct StreamTests {
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

    @Test("survives every mutation", arguments: Simulator.FuzzCase.all())
    func single(_ stream: Simulator.FuzzCase) async throws {
        try await check(stream)
    }

    @Test("survives several at a time", arguments: Simulator.FuzzCase.combinations(40))
    func combined(_ stream: Simulator.FuzzCase) async throws {
        try await check(stream)
    }
}
