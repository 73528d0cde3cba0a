import ChatClient
import Foundation
import OpenRouterSimTesting
import Testing

@Suite("Chat client")
struct ChatClientTests {
    /// Does not wait.
    private func client(_ sim: Simulator) -> ChatClient {
        ChatClient(baseURL: sim.baseURL, apiKey: sim.apiKey) { _ in }
    }

    @Test("It waits and asks again when it is told to slow down", .simulator(scenario: "rate-limited-then-ok"))
    func slowsDown() async throws {
        let sim = try Simulator.current
        #expect(try await client(sim).ask("Hello") == "Thanks for waiting.")
        #expect(try await sim.verify(.count(2, of: .init(endpoint: "chat"))).failures == [])
    }

    @Test(
        "It says what went wrong",
        .simulator(),
        arguments: [("out-of-credits", 402), ("invalid-key", 401), ("error-in-200", 200)]
    )
    func failures(scenario: String, status: Int) async throws {
        let sim = try Simulator.current
        try await sim.play(.named(scenario))
        let failure = await #expect(throws: ChatClient.Failure.self) { try await client(sim).ask("Hello") }
        #expect(failure?.status == status)
        #expect(failure?.message.isEmpty == false)
    }

    @Test("It gives the text of an answer that was recorded once", .simulator(cassette: Self.cassette))
    func recorded() async throws {
        let sim = try Simulator.current
        let text = try await client(sim).ask("Why is the sky blue? Answer in two or three sentences.")
        #expect(text.hasPrefix("Two things shape the sky blue"))
    }

    @Test("It takes an answer of one's own making")
    func own() async throws {
        let scenario = """
            name: forecast
            rules:
              - match: { last_message: { contains: weather } }
                respond: { text: "Sunny in {{request.last_message}}." }
            """
        try await withSimulator(scenario: .yaml(scenario), checks: [.misses, .unusedRules]) { sim in
            let text = try await client(sim).ask("weather: Paris")
            #expect(text == "Sunny in weather: Paris.")
        }
    }

    private static let cassette = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("cassettes/example.cassette").path
}
