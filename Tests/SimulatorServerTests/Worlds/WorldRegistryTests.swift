import OpenRouterAPI
import Simulation
import Testing

@testable import SimulatorServer

@Suite("Worlds")
struct WorldRegistryTests {
    private static func registry(limit: Int) -> WorldRegistry {
        WorldRegistry(seed: 1, clock: .fixed(0), systemTime: { 0 }, limit: limit)
    }

    @Test("A world is born with its first use and is the same from then on; main is there from the start")
    func birth() {
        let worlds = Self.registry(limit: 4)
        #expect(worlds.existing("a") == nil)
        let first = worlds.world("a")
        #expect(worlds.world("a") === first)
        #expect(worlds.existing("a") === first)
        #expect(worlds.world(nil) === worlds.main)
        #expect(worlds.world("main") === worlds.main)
        #expect(worlds.all.map(\.world.name) == ["main", "a"])
    }

    @Test("Beyond the bound the worlds unused for longest are forgotten, never main")
    func bound() {
        let worlds = Self.registry(limit: 32)
        for number in 0..<32 { _ = worlds.world("w\(number)") }
        _ = worlds.world("w0")
        _ = worlds.world("one-more")
        #expect(worlds.forgottenCount == 2)
        #expect(worlds.existing("w0") != nil)
        #expect(worlds.existing("w1") == nil)
        #expect(worlds.existing("w2") == nil)
        #expect(worlds.existing("w3") != nil)
        #expect(worlds.all.first === worlds.main)
        for number in 0..<1000 { _ = worlds.world("x\(number)") }
        #expect(worlds.all.count <= 33)
    }

    @Test("A world made to order has its own seed and clock, and takes the place of its namesake")
    func made() {
        let worlds = Self.registry(limit: 4)
        let old = worlds.world("a")
        let new = worlds.create("a", WorldRegistry.Birth(seed: 7, clock: .fixed(5), scenario: "ok"))
        #expect(new !== old)
        #expect(worlds.world("a") === new)
        #expect(new.world.seed == 7)
        #expect(new.world.now == 5)
        #expect(new.withScript { $0.scenario } == "ok")
        #expect(worlds.remove("a"))
        #expect(!worlds.remove("a"))
    }

    @Test("Every world plays the server's scenario, unless it is born with another")
    func scenario() {
        let worlds = WorldRegistry(seed: 1, clock: .fixed(0), scenario: "ok", systemTime: { 0 })
        let playing = [
            worlds.main, worlds.world("a"), worlds.create("b", WorldRegistry.Birth()),
            worlds.create("c", WorldRegistry.Birth(scenario: "length")),
        ].map { world in world.withScript { $0.scenario } }
        #expect(playing == ["ok", "ok", "ok", "length"])
    }
}
