import Foundation
import Testing

@testable import OpenRouterSimTesting

@Suite("The trait", .simulator(scenario: "rate-limited-then-ok"))
struct SimulatorTraitTests {
    @Test("Each case of a test in parallel has a world that nobody has used", arguments: 0..<20)
    func ownWorld(number: Int) async throws {
        let sim = try Simulator.current
        #expect(try await Client(sim).chat().status == 429)
        #expect(try await Client(sim).chat().text == "Thanks for waiting.")
        #expect(try await sim.journal.entries().count == 2)
    }

    @Test("A test's own trait wins over its suite's", .simulator(scenario: "out-of-credits", seed: 3))
    func ownTrait() async throws {
        #expect(try await Client(try Simulator.current).chat().status == 402)
    }

    @Test("The server is shared, the world is not")
    func shared() async throws {
        let sim = try Simulator.current
        try await SimulatorTrait.simulator().provideScope(for: try #require(Test.current), testCase: Test.Case.current)
        {
            let other = try Simulator.current
            #expect(other.baseURL.port == sim.baseURL.port)
            #expect(other.worldName != sim.worldName)
        }
        #expect(try Simulator.current.worldName == sim.worldName)
    }

    @Test("Answers do not depend on which test asks", .simulator(seed: 5, clock: .fixed("2026-08-30T09:15:00Z")))
    func sameBytes() async throws {
        let answer = try await Client(try Simulator.current).chat().body
        let alone = try await withSimulator(seed: 5, clock: .fixed("2026-08-30T09:15:00Z")) {
            try await Client($0).chat().body
        }
        #expect(answer == alone)
    }

    @Test("A miss fails the test with what the nearest recording has instead")
    func miss() async throws {
        let test = try #require(Test.current)
        try await withKnownIssue {
            try await SimulatorTrait.simulator(cassette: Fixtures.cassette).provideScope(for: test, testCase: nil) {
                let answer = try await Client(try Simulator.current).chat("Why is the sky green?")
                #expect(answer.status == 404)
            }
        } matching: { issue in
            issue.sourceLocation == test.sourceLocation
                && issue.comments.contains { $0.rawValue.contains("/messages/0/content") }
        }
    }

    @Test("A rule and a recording that were not used fail the test when that is asked for")
    func unused() async throws {
        let test = try #require(Test.current)
        try await withKnownIssue {
            try await SimulatorTrait.simulator(scenario: "rate-limited-then-ok", checks: .unusedRules)
                .provideScope(for: test, testCase: nil) {
                    _ = try await Client(try Simulator.current).chat()
                }
        } matching: { issue in
            issue.comments.map(\.rawValue) == ["1 rules were never used: rate-limited-then-ok:7"]
        }
        try await withKnownIssue {
            try await SimulatorTrait.simulator(cassette: Fixtures.cassette, checks: .unusedRecordings)
                .provideScope(for: test, testCase: nil) {}
        } matching: { issue in
            issue.comments.contains { $0.rawValue.hasPrefix("10 recordings were never played: ") }
        }
    }

    @Test("A server that cannot start says why to each test that wants it")
    func cannotStart() async throws {
        let test = try #require(Test.current)
        for _ in 0..<2 {
            let error = await #expect(throws: SimulatorError.self) {
                try await SimulatorTrait.simulator(cassette: "/nowhere/b.cassette")
                    .provideScope(for: test, testCase: nil) {}
            }
            #expect(error?.code == .cannotStart)
        }
    }
}
