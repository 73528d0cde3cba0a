import Testing

@testable import OpenRouterSimTesting

@Suite("Cassettes in tests")
struct CassetteTests {
    @Test("What was recorded is played")
    func recorded() async throws {
        try await withSimulator(cassette: Fixtures.cassette) { sim in
            let answer = try await Client(sim).chat(Fixtures.recordedQuestion)
            #expect(answer.text.hasPrefix("Two things shape the sky blue"))
            #expect(try await sim.misses() == [])
            let verdict = try await sim.verify(checks: [.misses, .unusedRecordings])
            #expect(!verdict.passed)
            #expect(verdict.unusedRecordings.count == 9)
        }
    }

    @Test("A miss fails the test with what the nearest recording has instead")
    func miss() async throws {
        let question = "Why is the sky green? Answer in two or three sentences."
        try await withKnownIssue {
            try await withSimulator(cassette: Fixtures.cassette) { sim in
                let answer = try await Client(sim).chat(question)
                #expect(answer.status == 404)
                #expect(answer.fields["X-Sim-Miss"] == "true")
                #expect(try await sim.misses().count == 1)
            }
        } matching: { issue in
            let text = issue.comments.map(\.rawValue).joined()
            return text.hasPrefix("No recording answers POST /api/v1/chat/completions: ")
                && text.contains("/messages/0/content") && text.contains("sky blue")
        }
    }

    @Test("A miss in any world of the server fails the test, and so does one before an error")
    func missElsewhere() async throws {
        struct Mishap: Error {}
        try await withKnownIssue {
            try await withSimulator(cassette: Fixtures.cassette) { sim in
                _ = try await Client(try await sim.world()).chat("Is this recorded?")
                throw Mishap()
            }
        } matching: { issue in
            issue.error is Mishap || issue.comments.contains { $0.rawValue.hasPrefix("No recording answers POST") }
        }
    }

    @Test("Misses may be answered by the simulation, or be none of the test's business")
    func allowed() async throws {
        try await withSimulator(cassette: Fixtures.cassette, onMiss: .synthesize) { sim async throws in
            #expect(try await Client(sim).chat("Is this recorded?").status == 200)
        }
        try await withSimulator(cassette: Fixtures.cassette, checks: []) { sim async throws in
            #expect(try await Client(sim).chat("Is this recorded?").status == 404)
        }
    }

    @Test("A recording can be exhausted")
    func exhausted() async throws {
        try await withSimulator(cassette: Fixtures.cassette, exhausted: .fail, checks: []) { sim in
            var statuses: [Int] = []
            for _ in 0..<3 { statuses.append(try await Client(sim).chat(Fixtures.recordedQuestion).status) }
            #expect(statuses.last == 404)
            #expect(statuses.first == 200)
        }
    }
}
