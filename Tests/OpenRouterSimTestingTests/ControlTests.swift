import Foundation
import Testing

@testable import OpenRouterSimTesting

@Suite("A test controls its world")
struct ControlTests {
    @Test("A clock that is moved is followed by keys that expire")
    func clock() async throws {
        try await withSimulator(clock: .fixed("2026-08-30T09:15:00Z")) { sim in
            let begin = try Date("2026-08-30T09:15:00Z", strategy: .iso8601)
            #expect(try await sim.clock.now() == begin)
            let made = try await Client(sim).post("keys", #"{"name":"short","expires_at":"2026-08-30T10:00:00Z"}"#)
            struct Made: Decodable { var key: String }
            var client = Client(sim)
            client.apiKey = try JSONDecoder().decode(Made.self, from: Data(made.body.utf8)).key
            #expect(try await client.get("key").status == 200)
            #expect(try await sim.clock.advance(by: .seconds(3600)) == begin.addingTimeInterval(3600))
            #expect(try await client.get("key").status == 401)
        }
    }

    @Test("A clock stands still, goes on, and is set")
    func standing() async throws {
        try await withSimulator { sim in
            let frozen = try await sim.clock.freeze()
            #expect(try await sim.clock.now() == frozen)
            let moment = Date(timeIntervalSince1970: 1_800_000_000)
            #expect(try await sim.clock.fix(at: moment) == moment)
            #expect(try await sim.clock.resume() >= moment)
            #expect(try await sim.clock.followSystem() < moment.addingTimeInterval(1_000_000_000))
            let error = await #expect(throws: SimulatorError.self) { try await sim.clock.advance(by: .seconds(-1)) }
            #expect(error?.message == "a clock advances by 0 s to a century, not by -1.0 seconds")
        }
    }

    @Test("Faults are on from the start, added to, told and switched off")
    func faults() async throws {
        try await withSimulator(faults: ["bom"]) { sim in
            #expect(try await sim.faults.active().map(\.name) == ["bom"])
            try await sim.faults.add(.init("status", 503), for: .init(endpoint: "chat"))
            #expect(try await Client(sim).chat().status == 503)
            #expect(try await Client(sim).get("models/count").status == 200)
            #expect(try await sim.journal.entries().first?.faults.contains("status") == true)
            try await sim.faults.replace(with: .init("latency", ["delay": "1ms"]))
            #expect(try await sim.faults.active() == [.init("latency", ["delay": "1ms"])])
            try await sim.faults.removeAll()
            #expect(try await sim.faults.active() == [])
            let error = await #expect(throws: SimulatorError.self) { try await sim.faults.add("bomb") }
            #expect(error?.message.contains("Did you mean 'bom'?") == true)
        }
    }

    @Test("The journal tells what came and how it was answered")
    func journal() async throws {
        try await withSimulator(scenario: "rate-limited-then-ok") { sim in
            _ = try await Client(sim).chat("Hello there")
            _ = try await Client(sim).chat("Hello there")
            let second = try #require(await sim.journal.first { $0.id == 2 && $0.played != nil })
            #expect(second.method == "POST")
            #expect(second.path == "/api/v1/chat/completions")
            #expect(second.body.contains("Hello there"))
            #expect(second.bodyByteCount == second.body.utf8.count)
            #expect(
                second.headers.contains { $0.name.lowercased() == "content-type" && $0.value == "application/json" }
            )
            #expect(!second.headers.contains { $0.value.contains(sim.apiKey) })
            #expect(second.status == 200)
            #expect(second.model == "openai/gpt-4o-mini")
            #expect(second.ending == .complete)
            #expect(second.played?.outcome == .played)
            #expect(second.played?.byteCount == second.played?.sends.reduce(0) { $0 + $1.byteCount })
            let listed = try await sim.journal.entries()
            #expect(listed.map(\.status) == [429, 200])
            #expect(listed[1].retry?.attempt == 2)
            #expect(listed[1].retry?.of == 1)
            try await sim.journal.clear()
            #expect(try await sim.journal.entries() == [])
        }
    }

    @Test("Requests are held against what was expected")
    func verify() async throws {
        try await withSimulator(scenario: "rate-limited-then-ok") { sim in
            _ = try await Client(sim).chat("weather in Paris")
            let chat = Simulator.Match(endpoint: "chat", model: "openai/*", stream: nil)
            let paris = Simulator.Match(lastMessage: .contains("Paris"))
            let byBody = Simulator.Match(json: ["/messages/0/role": "user"])
            #expect(try await sim.verify(.count(1, of: chat), .atLeast(1, of: paris), order: [paris]).failures == [])
            #expect(try await sim.verify(.count(1, of: byBody), .atMost(1, of: chat)).passed)
            let verdict = try await sim.verify(.count(2, of: chat), checks: .unusedRules)
            #expect(
                verdict.failures == [
                    "expect[0]: 1 of 1 requests match, expected 2",
                    "1 rules were never used: rate-limited-then-ok:7",
                ]
            )
        }
    }

    @Test("A reset makes the world as new and says what it threw away")
    func reset() async throws {
        try await withSimulator(scenario: "rate-limited-then-ok", faults: ["bom"]) { sim in
            _ = try await Client(sim).chat()
            let summary = try await sim.reset()
            #expect(summary.journalEntries == 1)
            #expect(summary.faults == 1)
            #expect(summary.scenarioCalls > 0)
            #expect(try await Client(sim).chat().status == 429)
        }
    }

    @Test("Worlds know nothing of each other")
    func worlds() async throws {
        try await withSimulator { sim in
            let poor = try await sim.world(
                named: "poor",
                scenario: "out-of-credits",
                clock: .fixed("2030-01-01T00:00:00Z")
            )
            #expect(poor.baseURL.path == "/w/poor/api/v1")
            #expect(try await Client(poor).chat().status == 402)
            #expect(try await Client(sim).chat().status == 200)
            #expect(try await sim.journal.entries().count == 1)
            #expect(try await poor.clock.now() > sim.clock.now())
            let (one, two) = (try await sim.world(), try await sim.world())
            #expect(one.worldName != two.worldName)
            let error = await #expect(throws: SimulatorError.self) { try await sim.world(named: "no/name") }
            #expect(error?.code == .refused)
        }
    }

    @Test("The key alone leads to the world, for clients with paths of their own")
    func key() async throws {
        try await withSimulator(scenario: "invalid-key") { sim in
            var client = Client(sim)
            client.baseURL = try #require(URL(string: "/api/v1", relativeTo: sim.baseURL)?.absoluteURL)
            #expect(try await client.chat().status == 401)
            #expect(try await sim.journal.entries().count == 1)
        }
    }
}
