import Foundation
import OpenRouterAPI
import Synchronization
import TestSupport
import Testing

/// Every view of what was spent is a sum of the same debits, whoever asks at the same time.
@Suite("Ledger over sockets")
struct LedgerTests {
    private static let connections = 8
    private static let stepsOfEach = 24

    @Test("The debits of random operations in parallel are what every view shows", arguments: [1, 2] as [UInt64])
    func parallel(seed: UInt64) throws {
        let folder = try TemporaryFolder()
        let options = ["serve", "--seed", "\(seed)", "--state", folder.path("worlds.sqlite")]
        let first = try SimulatorProcess(options + ["--clock", "fixed:2026-09-21T14:13:20Z"])
        defer { first.stop() }
        let keys = try LedgerClient(server: first).createKeys(3)
        let booked = Mutex<[LedgerClient.Booked]>([])
        let failures = Mutex<[String]>([])
        let group = DispatchGroup()
        for connection in 0..<Self.connections {
            group.enter()
            Thread.detachNewThread {
                defer { group.leave() }
                do {
                    var client = LedgerClient(server: first)
                    var generator = SplitMix(seed: seed &* 1000 &+ UInt64(connection))
                    for _ in 0..<Self.stepsOfEach { try client.step(keys, using: &generator) }
                    booked.withLock { $0 += client.booked }
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
        }
        group.wait()
        #expect(failures.withLock { $0 } == [])
        let debits = booked.withLock { $0 }
        #expect(debits.count > Self.connections)
        try Self.expectViews(of: first, keys, debits)
        #expect(first.stop().status == 0)

        // The day is over, and activity counts it.
        let second = try SimulatorProcess(options + ["--clock", "fixed:2026-09-22T14:13:20Z"])
        defer { second.stop() }
        let activity = try LedgerClient(server: second).get("/activity")
        #expect(Self.sum(activity.elements.compactMap { $0["usage"]?.source }) == Self.sum(debits.map(\.cost)))
        #expect(activity.elements.reduce(0) { $0 + ($1["requests"]?.int ?? 0) } == debits.count)
        for key in keys {
            let rows = try LedgerClient(server: second).get("/activity?api_key_hash=\(key.hash)")
            let own = debits.filter { $0.token == key.token }
            #expect(Self.sum(rows.elements.compactMap { $0["usage"]?.source }) == Self.sum(own.map(\.cost)))
        }
    }

    @Test("The same operations one after the other get the same answers, byte for byte")
    func serial() throws {
        let transcripts = try (0..<2).map { _ in
            let server = try SimulatorProcess(["serve", "--clock", "fixed:2026-09-21T14:13:20Z"])
            defer { server.stop() }
            var client = LedgerClient(server: server)
            let keys = try client.createKeys(2)
            var generator = SplitMix(seed: 7)
            for _ in 0..<60 { try client.step(keys, using: &generator) }
            return client.transcript
        }
        #expect(transcripts[0].count > 40)
        #expect(transcripts[0] == transcripts[1])
    }
}

extension LedgerTests {
    private static func sum(_ amounts: [String]) -> Decimal {
        amounts.reduce(0) { $0 + (Decimal(string: $1) ?? .nan) }
    }

    private static func expectViews(
        of server: SimulatorProcess,
        _ keys: [LedgerClient.Key],
        _ debits: [LedgerClient.Booked]
    ) throws {
        let client = LedgerClient(server: server)
        let total = sum(debits.map(\.cost))
        #expect(total > 0)
        let credits = try client.get("/credits")
        #expect(sum([credits["total_usage"]?.source ?? ""]) == total)
        for debit in debits {
            let generation = try client.get("/generation?id=\(debit.id)")
            #expect(generation["total_cost"]?.source == debit.cost)
        }
        let listed = try client.get("/keys").elements
        for key in keys {
            let own = sum(debits.filter { $0.token == key.token }.map(\.cost))
            let shown = try client.get("/key", key: key.token)
            for name in ["usage", "usage_daily", "usage_weekly", "usage_monthly"] {
                #expect(sum([shown[name]?.source ?? ""]) == own, "\(name)")
            }
            let row = listed.first { $0["hash"]?.string == key.hash }
            #expect(row?["usage"]?.source == shown["usage"]?.source)
        }
        let query = #"{"metrics":["request_count","total_usage","tokens_total"]}"#
        let facts = try client.post("/analytics/query", query)["data"]?[0]
        #expect(sum([facts?["total_usage"]?.source ?? ""]) == total)
        #expect(facts?["request_count"]?.string == "\(debits.count)")
        #expect(facts?["tokens_total"]?.string == "\(debits.reduce(0) { $0 + $1.tokenCount })")
    }
}
