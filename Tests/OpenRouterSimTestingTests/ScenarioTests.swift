import Foundation
import TestSupport
import Testing

@testable import OpenRouterSimTesting

@Suite("Scenarios in tests")
struct ScenarioTests {
    @Test("A built-in scenario is played by its name")
    func byName() async throws {
        try await withSimulator(scenario: "rate-limited-then-ok") { sim in
            let refused = try await Client(sim).chat()
            #expect(refused.status == 429)
            #expect(refused.fields["Retry-After"] == "1")
            #expect(try await Client(sim).chat().text == "Thanks for waiting.")
            #expect(
                try await sim.journal.entries().map(\.rule) == ["rate-limited-then-ok:4", "rate-limited-then-ok:7"]
            )
            #expect(try await sim.scenarioNames().contains("rate-limited-then-ok"))
        }
    }

    @Test("A scenario is played as text, and as a file")
    func byText() async throws {
        let folder = try TemporaryFolder()
        try Fixtures.greeting.write(toFile: folder.path("greeting.yaml"), atomically: true, encoding: .utf8)
        for scenario in [Simulator.Scenario.yaml(Fixtures.greeting), .file(folder.path("greeting.yaml"))] {
            try await withSimulator(scenario: scenario) { sim async throws in
                #expect(try await Client(sim).chat().text == "Good morning.")
            }
        }
    }

    @Test("Another scenario is played from now on; two worlds have two of one name")
    func playing() async throws {
        try await withSimulator { sim in
            try await sim.play(.yaml(Fixtures.greeting))
            let evening = Fixtures.greeting.replacingOccurrences(of: "morning", with: "evening")
            let other = try await sim.world(named: "evening", scenario: .yaml(evening))
            #expect(try await Client(sim).chat().text == "Good morning.")
            #expect(try await Client(other).chat().text == "Good evening.")
            try await sim.play(nil)
            #expect(try await Client(sim).chat().text != "Good morning.")
            try await sim.play("invalid-key")
            #expect(try await Client(sim).chat().status == 401)
            #expect(try await Client(other).chat().status == 200)
        }
    }

    @Test("A scenario that there is not is told with the nearest one")
    func unknown() async throws {
        let error = await #expect(throws: SimulatorError.self) {
            try await withSimulator(scenario: "midstream-error") { _ in }
        }
        #expect(error?.code == .refused)
        #expect(
            error?.message.hasPrefix("There is no scenario 'midstream-error'. Did you mean 'mid-stream-error'?") == true
        )
    }

    @Test("All that is wrong in a scenario is told with its line")
    func wrong() async throws {
        let text = "name: wrong\nrules:\n  - respnd: { text: Hi }\n  - match: { modl: a }\n    respond: pass\n"
        let error = await #expect(throws: SimulatorError.self) {
            try await withSimulator(scenario: .yaml(text)) { _ in }
        }
        let lines = try #require(error?.message).split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix("scenario.yaml:3:5: "))
        #expect(lines[1].hasPrefix("scenario.yaml:4:14: "))
    }

    @Test("A file that cannot be read is told with the folder that relative paths begin in")
    func unreadable() async throws {
        let error = await #expect(throws: SimulatorError.self) {
            try await withSimulator(scenario: .file("nowhere.yaml")) { _ in }
        }
        #expect(error?.code == .unreadableFile)
        #expect(
            error?.message == "nowhere.yaml: cannot be read. Expected a scenario file; relative paths begin in "
                + FileManager.default.currentDirectoryPath
        )
    }
}
