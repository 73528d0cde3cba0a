import HTTPTypes
import OpenRouterAPI
import Simulation
import Tapes
import Testing

@testable import SimulatorServer

@Suite("Isolation of worlds", .timeLimit(.minutes(3)))
struct WorldIsolationTests {
    /// What a world says after a few calls, its journal included.
    private static func transcript(_ station: Station, world: String) async throws -> String {
        var lines: [String] = []
        for call in 1...3 {
            let body = Station.chat("call \(call) in \(world)", stream: call == 2)
            let exchange = await station.ask("/w/\(world)/api/v1/chat/completions", body)
            lines.append("\(exchange.status ?? 0) \(exchange.tape.diagram(tick: .seconds(1)))")
        }
        lines.append(await station.ask("/w/\(world)/api/v1/key").text)
        lines.append(await station.ask("/_sim/journal?world=\(world)").text)
        return lines.joined(separator: "\n")
    }

    private static let scenarios = ["ok", "rate-limited-then-ok", "provider-fallback", "out-of-credits", "keep-alive"]

    private static func order(_ number: Int) -> String {
        """
        {"seed":\(number % 50),"scenario":"\(scenarios[number % scenarios.count])",\
        "clock":"fixed:2026-08-\(10 + number % 20)T09:15:00Z"}
        """
    }

    @Test("200 worlds in parallel say what each says alone, and another run of the same seeds says it again")
    func parallel() async throws {
        func run() async throws -> [String] {
            let station = Station()
            for number in 0..<200 {
                await station.ask("/_sim/worlds/w\(number)", Self.order(number), method: .put)
            }
            return try await withThrowingTaskGroup(of: (Int, String).self) { group in
                for number in 0..<200 {
                    group.addTask { (number, try await Self.transcript(station, world: "w\(number)")) }
                }
                var all = [String](repeating: "", count: 200)
                for try await (number, text) in group { all[number] = text }
                return all
            }
        }
        let first = try await run()
        #expect(try await run() == first)
        for number in [0, 1, 57, 199] {
            let alone = Station()
            await alone.ask("/_sim/worlds/w\(number)", Self.order(number), method: .put)
            #expect(try await Self.transcript(alone, world: "w\(number)") == first[number])
        }
        // Other seeds and other names say other things.
        #expect(first[0] != first[50])
    }

    @Test("Keys, files and presets of one world are unknown in another")
    func resources() async throws {
        let station = Station()
        let key = try await station.ask("/w/a/api/v1/keys", #"{"name":"k"}"#).json()
        let hash = try #require(key["data"]?["hash"]?.string)
        #expect(await station.ask("/w/a/api/v1/keys/\(hash)").status == 200)
        #expect(await station.ask("/w/b/api/v1/keys/\(hash)").status == 404)
        #expect(await station.ask("/api/v1/keys/\(hash)").status == 404)
    }
}
