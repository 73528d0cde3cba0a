import HTTPTypes
import NIOCore
import OpenRouterAPI
import Tapes
import Testing

@testable import Simulation

/// Answers of recordings are booked when somebody looks, equal ones together.
@Suite("Unbooked answers")
struct UnbookedAnswersTests {
    private static func booking(_ id: String?, cost: String) -> RecordedBooking {
        RecordedBooking(
            generationID: id,
            model: "m/\(id ?? "none")",
            provider: "P",
            finishReason: "stop",
            nativeFinishReason: "stop",
            isStreamed: false,
            usage: TokenUsage(prompt: 3, completion: 4),
            cost: USD(cost) ?? .zero,
            byokCost: id == "gen-2" ? USD("0.5") : nil,
            content: GenerationContent(input: nil, completion: "Hi")
        )
    }

    /// A client's request, with what was found out about its fields where it repeats them.
    private static func request(_ key: String?, _ method: HTTPRequest.Method = .post, notes: FieldNotes?) -> Request {
        var request = Request(
            method: method,
            target: RequestTarget("/api/v1/chat/completions"),
            fields: key.map { [.authorization: "Bearer \($0)", .userAgent: "agent of \($0)"] } ?? [:],
            body: ByteBuffer(string: #"{"messages":[]}"#)
        )
        request.fieldNotes = notes
        return request
    }

    /// Everything that bookings change, for comparison.
    private static func books(of world: World) -> String {
        let usage = world.withState { $0.platform.usage }.mapValues { log -> [String] in
            var sums: [String] = []
            log.forEach(from: 0, to: .max, isByMinute: true) { sums.append("\($0.time) \($0.dimensions) \($0.sums)") }
            return sums.sorted()
        }
        return """
            \(world.accountOverviews.map(\.text))
            \(world.latestGenerations(1000).map(\.text).sorted())
            \(usage.sorted { $0.key < $1.key })
            """
    }

    @Test("Booked together they come to what they come to one by one", arguments: 0..<20 as Range<UInt64>)
    func alike(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let bookings = [
            Self.booking("gen-1", cost: "0.1"), Self.booking("gen-2", cost: "0.000000000000000000000007"),
            Self.booking(nil, cost: "2"),
        ]
        let keys = ["sk-or-v1-a", "sk-or-v1-b", nil]
        let notes = keys.map { _ in FieldNotes() }
        let together = World.make()
        let oneByOne = World.make()
        var time: Int64 = 0
        for _ in 0..<Int.random(in: 1...200, using: &generator) {
            // Some in one minute, some in others, some on the next day.
            time += [1, 1, 1, 1000, 70_000_000, 100_000_000_000].randomElement(using: &generator) ?? 0
            let client = Int.random(in: 0..<keys.count, using: &generator)
            let request = Self.request(
                keys[client],
                Int.random(in: 0..<8, using: &generator) == 0 ? .get : .post,
                notes: Bool.random(using: &generator) ? notes[client] : nil
            )
            let booking = bookings.randomElement(using: &generator) ?? bookings[0]
            together.book(booking, for: request, at: time)
            oneByOne.book(booking, for: request, at: time)
            _ = oneByOne.generationCount
        }
        #expect(Self.books(of: together) == Self.books(of: oneByOne))
    }

    @Test("Whoever looks sees all of them", arguments: [1, 63, 64, 65, 1000])
    func looked(count: Int) {
        let world = World.make()
        let booking = Self.booking("gen-1", cost: "0.25")
        let request = Self.request("sk-or-v1-a", notes: FieldNotes())
        for number in 0..<count { world.book(booking, for: request, at: Int64(number)) }
        #expect(world.caller(token: "sk-or-v1-a")?.account.ledger.total == USD("0.25").map { $0 * count })
        #expect(world.generation(id: "gen-1")?.createdAt == Int64(count - 1))
    }

    @Test("What waits is thrown away with the rest of a world")
    func reset() {
        let world = World.make()
        world.book(Self.booking("gen-1", cost: "1"), for: Self.request("sk-or-v1-a", notes: nil), at: 0)
        #expect(world.reset().generations == 1)
        #expect(world.generationCount == 0)
    }

    @Test("What waits is a change to write down")
    func changes() {
        let world = World.make()
        world.trackChanges()
        #expect(world.takeChanges() == nil)
        world.book(Self.booking("gen-1", cost: "1"), for: Self.request("sk-or-v1-a", notes: nil), at: 0)
        #expect(world.takeChanges()?.generations.map(\.id) == ["gen-1"])
        #expect(world.takeChanges() == nil)
    }

    @Test("A key that is deleted afterwards has paid")
    func deleted() throws {
        let world = World.make()
        world.book(Self.booking("gen-1", cost: "1"), for: Self.request("sk-or-v1-a", notes: nil), at: 0)
        let account = try world.withPlatform { platform, _ in
            let key = try #require(platform.keys.values.first)
            platform.deleteKey(key)
            return try #require(platform.accounts[key.accountID])
        }
        #expect(account.ledger.total == USD("1"))
    }
}
