import TestSupport
import Testing

/// OpenRouter's own SDK, method by method.
@Suite("Every method of the SDK", .serialized)
struct EveryMethodTests {
    /// Open keys, since one client does inference and management.
    @Test("that maps to an operation of the document is answered as the SDK's models want it")
    func everyMethod() throws {
        let server = try SimulatorProcess(["serve", "--clock", "fixed:2026-08-30T09:15:00Z"])
        defer { server.stop() }
        let outcome = try PythonClient("openrouter_every_method").run(baseURL: server.baseURL)
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)\(server.errors)")
        print(outcome.output)
        let counts = try #require(outcome.output.firstMatch(of: /^(\d+) of (\d+) methods called/))
        #expect(Int(counts.1).map { $0 >= 97 } == true, "\(outcome.output)")
    }
}
