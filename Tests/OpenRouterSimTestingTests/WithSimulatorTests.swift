import Foundation
import TestSupport
import Testing

@testable import OpenRouterSimTesting

@Suite("A simulator around a closure")
struct WithSimulatorTests {
    @Test("It answers on a free port of this machine while the closure runs, and nobody listens afterwards")
    func lifetime() async throws {
        let url = try await withSimulator { sim in
            #expect(try Simulator.current.baseURL == sim.baseURL)
            let answer = try await Client(sim).chat()
            #expect(answer.status == 200)
            #expect(!answer.text.isEmpty)
            return sim.baseURL
        }
        #expect(url.host == "127.0.0.1")
        let port = try #require(url.port)
        #expect(throws: RawSocketError.self) { try RawConnection(port: port) }
    }

    @Test("It stops as well when the closure throws, and the error comes out")
    func throwing() async throws {
        struct Mishap: Error { var port: Int? }
        let mishap = await #expect(throws: Mishap.self) {
            try await withSimulator { sim in throw Mishap(port: sim.baseURL.port) }
        }
        let port = try #require(mishap?.port)
        #expect(throws: RawSocketError.self) { try RawConnection(port: port) }
    }

    @Test("A stream that stalls does not keep it from stopping")
    func stalled() async throws {
        let connection = try await withSimulator(scenario: "stall-mid-stream") { sim in
            let connection = try RawConnection(port: try #require(sim.baseURL.port))
            let body = #"{"model":"openai/gpt-4o-mini","stream":true,"messages":[{"role":"user","content":"Hi"}]}"#
            connection.send(
                "POST \(sim.baseURL.path)/chat/completions HTTP/1.1\r\nHost: localhost\r\n"
                    + "Authorization: Bearer \(sim.apiKey)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            )
            let received = await sim.journal.first { $0.method == "POST" }
            #expect(received?.path == "/api/v1/chat/completions")
            return connection
        }
        #expect(connection.read(silenceLimit: .seconds(10)).end != .silence)
    }

    @Test("Two of them at once have nothing to do with each other")
    func twoAtOnce() async throws {
        try await withSimulator(scenario: "invalid-key") { outer in
            try await withSimulator(scenario: "ok") { inner async throws in
                #expect(try Simulator.current.baseURL == inner.baseURL)
                #expect(try await Client(inner).chat().status == 200)
                #expect(try await Client(outer).chat().status == 401)
            }
            #expect(try Simulator.current.baseURL == outer.baseURL)
        }
    }

    @Test("The same seed and time give the same bytes, whatever the world is called; another seed gives others")
    func determinism() async throws {
        func answer(seed: UInt64) async throws -> String {
            try await withSimulator(seed: seed, clock: .fixed("2026-08-30T09:15:00Z")) { sim in
                let first = try await Client(sim).chat().body
                let other = try await sim.world(seed: seed, clock: .fixed("2026-08-30T09:15:00Z"))
                #expect(try await Client(other).chat().body == first)
                return first
            }
        }
        let one = try await answer(seed: 7)
        #expect(try await answer(seed: 7) == one)
        #expect(try await answer(seed: 8) != one)
    }

    @Test("Accounts open with the credits that were said")
    func credits() async throws {
        try await withSimulator(credits: 0.25) { sim in
            let credits = try await Client(sim).get("credits").body
            #expect(credits.contains(#""total_credits":0.25"#), "\(credits)")
        }
    }

    @Test("A cassette that is not there is told with its path")
    func missingCassette() async throws {
        let error = await #expect(throws: SimulatorError.self) {
            try await withSimulator(cassette: "/nowhere/a.cassette") { _ in }
        }
        #expect(error?.code == .cannotStart)
        #expect(error?.message.contains("/nowhere/a.cassette") == true)
        #expect(error?.cause != nil)
    }

    @Test("A timing that is none is told with those that are")
    func wrongTiming() async throws {
        let error = await #expect(throws: SimulatorError.self) { try await withSimulator(timing: .faster(0)) { _ in } }
        #expect(
            error?.description
                == "cannot start: unknown timing '0.0x'. Expected instant, recorded, a factor from 1e-6x "
                + "to 1e6x, or max: and a time."
        )
    }

    @Test("Where none runs, the error says how to get one")
    func noneRuns() throws {
        let error = #expect(throws: SimulatorError.self) { try Simulator.current }
        #expect(error == SimulatorError(.noSimulator, ""))
        #expect(error?.message.contains("the trait .simulator(…), or a call of withSimulator") == true)
    }
}
