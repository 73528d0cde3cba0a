internal import OpenRouterAPI
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Worlds")
struct WorldTests {
    @Test("A reset says what it threw away and makes the world as new")
    func reset() {
        let world = World.make(seed: 5)
        for key in ["a", "b", "c"] { _ = world.account(forKey: key) }
        world.book(id: "gen-1", key: "a", cost: .dollars(1))
        world.book(id: "gen-2", key: "d", cost: .dollars(1))
        for _ in 0..<7 { _ = world.journal.append(Journal.Entry(time: 0, request: .get("/models"))) }
        for fingerprint in [1, 1, 2] as [UInt128] { _ = world.advanceCursor(fingerprint) }
        #expect(
            world.reset()
                == World.ResetSummary(accounts: 4, generations: 2, journalEntries: 7, recordingCursors: 2)
        )
        #expect(world.now == World.mockTime)
        #expect(world.seed == 5)
        #expect(world.account(forKey: "a").ledger.total == .zero)
        #expect(world.generation(id: "gen-1", key: "a") == nil)
        #expect(world.advanceCursor(1) == 0)
        #expect(world.journal.append(Journal.Entry(time: 0, request: .get("/models"))) == 8)
        #expect(
            world.reset()
                == World.ResetSummary(accounts: 1, generations: 0, journalEntries: 1, recordingCursors: 1)
        )
        #expect(
            World.make().reset()
                == World.ResetSummary(accounts: 0, generations: 0, journalEntries: 0, recordingCursors: 0)
        )
    }

    @Test("After a reset the same requests get the same answers")
    func resetAnswers() {
        let world = World.make()
        let request = Request.chat(#"{"model":"openai/gpt-4o","messages":[{"role":"user","content":"Hi"}]}"#)
        let first = (0..<3).map { _ in Exchange(request, in: world).body }
        _ = world.reset()
        #expect((0..<3).map { _ in Exchange(request, in: world).body } == first)
        #expect(Set(first).count == 3)
    }

    @Test("Cursors count for each fingerprint")
    func cursors() {
        let world = World.make()
        #expect([1, 1, 2, 1, 2].map { world.advanceCursor($0) } == [0, 1, 0, 2, 1])
    }

    @Test("A generator depends on seed, name, digest and how often it was asked for")
    func generators() {
        func number(_ world: World, _ digest: [UInt8] = [1, 2, 3]) -> UInt64 {
            var generator = world.generator(forRequestDigest: digest)
            return generator.next()
        }
        let world = World.make()
        let numbers = [number(world), number(world), number(world, [1, 2, 4])]
        #expect(Set(numbers).count == 3)
        let equal = World.make()
        #expect([number(equal), number(equal), number(equal, [1, 2, 4])] == numbers)
        #expect(number(World.make(seed: 1)) != numbers[0])
        #expect(number(World.make(name: "other")) != numbers[0])
    }

    @Test("A cancelled generation is marked, an unknown one is not")
    func cancellation() {
        let world = World.make()
        world.book(.make(id: "gen-1"))
        world.noteCancellation(ofGeneration: "gen-1", sentByteCount: 0, of: nil)
        world.noteCancellation(ofGeneration: "gen-2", sentByteCount: 0, of: nil)
        #expect(world.generation(id: "gen-1", key: "sk-or-v1-test")?.isCancelled == true)
        #expect(world.generation(id: "gen-2", key: "sk-or-v1-test") == nil)
    }

    @Test("The log keeps the latest ten thousand generations")
    func generationBound() {
        var log = GenerationLog()
        for number in 1...25_000 {
            log.insert(.make(id: "gen-\(number)"))
            #expect(log.count == min(number, 10_000))
        }
        #expect(log["gen-15000"] == nil)
        #expect((15_001...25_000).allSatisfy { log["gen-\($0)"] != nil })
    }

    @Test("A generation with a known id replaces the older one")
    func replacedGeneration() {
        var log = GenerationLog()
        log.insert(.make(id: "gen-1", cost: .dollars(1)))
        log.insert(.make(id: "gen-1", cost: .dollars(2)))
        #expect(log.count == 1)
        #expect(log["gen-1"]?.cost == .dollars(2))
        for number in 2...10_000 { log.insert(.make(id: "gen-\(number)")) }
        #expect(log.count == 10_000)
        #expect(log["gen-1"] != nil)
        log.insert(.make(id: "gen-10001"))
        #expect(log["gen-1"] == nil)
        log.replace(.make(id: "gen-1"))
        #expect(log["gen-1"] == nil)
        #expect(log.count == 10_000)
    }
}
