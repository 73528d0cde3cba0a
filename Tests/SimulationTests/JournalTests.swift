internal import HTTPTypes
internal import Tapes
internal import Testing

@testable internal import Simulation

@Suite("Journal")
struct JournalTests {
    private static func entry(_ time: Int64) -> Journal.Entry {
        Journal.Entry(time: time, request: .get("/models"))
    }

    @Test("Entries are kept in order and count from 1")
    func order() {
        let journal = Journal(limit: 10)
        #expect((1...3).map { journal.append(Self.entry($0)) } == [1, 2, 3])
        #expect(journal.entries.map(\.id) == [1, 2, 3])
        #expect(journal.entries.map(\.time) == [1, 2, 3])
    }

    @Test("Beyond the limit the oldest entries go, and ids go on", arguments: [1, 2, 7, 1000, 1500])
    func bound(limit: Int) {
        let journal = Journal(limit: limit)
        for time in 0..<Int64(3 * limit + 1) { _ = journal.append(Self.entry(time)) }
        #expect(journal.entries.count == limit)
        #expect(journal.entries.map(\.id) == Array(2 * limit + 2...3 * limit + 1))
    }

    @Test("A journal keeps one entry at least")
    func smallest() {
        let journal = Journal(limit: 0)
        #expect(journal.append(Self.entry(1)) == 1)
        #expect(journal.append(Self.entry(2)) == 2)
        #expect(journal.entries.map(\.time) == [2])
    }

    @Test("An entry that is kept can be changed")
    func update() {
        let journal = Journal(limit: 3)
        for time in 1...5 as ClosedRange<Int64> { _ = journal.append(Self.entry(time)) }
        for id in 3...5 { journal.update(id) { $0.status = 200 + id } }
        #expect(journal.entries.map(\.status) == [203, 204, 205])
        #expect(journal.entries.map(\.id) == [3, 4, 5])
    }

    @Test(
        "Changing an entry that was dropped, or never was, changes nothing",
        arguments: [-1, 0, 1, 2, 6, 100, .max, .min]
    )
    func harmlessUpdate(id: Int) {
        let journal = Journal(limit: 3)
        for time in 1...5 as ClosedRange<Int64> { _ = journal.append(Self.entry(time)) }
        let before = journal.entries
        journal.update(id) { $0.status = 500 }
        #expect(journal.entries == before)
        let empty = Journal(limit: 3)
        empty.update(id) { $0.status = 500 }
        #expect(empty.entries.isEmpty)
    }

    @Test("Clearing drops all entries and ids go on")
    func clear() {
        let journal = Journal(limit: 3)
        for time in 1...5 as ClosedRange<Int64> { _ = journal.append(Self.entry(time)) }
        #expect(journal.clear() == 3)
        #expect(journal.entries.isEmpty)
        journal.update(5) { $0.status = 500 }
        #expect(journal.append(Self.entry(6)) == 6)
        #expect(journal.clear() == 1)
        #expect(journal.clear() == 0)
    }

    private static func tape(_ frames: [String]) -> Tape {
        Tape(head: ResponseHead(status: .ok), frames: frames.map { Frame($0) }, origin: .server)
    }

    @Test(
        "Beyond the limit of bytes the answers of the oldest entries go, the entries stay, and late answers count too"
    )
    func answerBound() {
        let journal = Journal(limit: 4)
        let tape = Self.tape([String(repeating: "x", count: 30_000)])
        for time in 1...4 as ClosedRange<Int64> {
            var entry = Self.entry(time)
            entry.keep(TapeExcerpt(tape))
            _ = journal.append(entry)
        }
        // 4 entries have room for 64 KiB.
        #expect(journal.entries.map { $0.answer != nil } == [false, false, true, true])
        journal.update(1) { $0.keep(TapeExcerpt(tape)) }
        #expect(journal.entries.map { $0.answer != nil } == [false, false, true, true])
        for time in 5...8 as ClosedRange<Int64> {
            let id = journal.append(Self.entry(time))
            journal.update(id) { $0.keep(TapeExcerpt(tape)) }
        }
        #expect(journal.entries.map(\.id) == [5, 6, 7, 8])
        #expect(journal.entries.map { $0.answer != nil } == [false, false, true, true])
        journal.clear()
        for time in 9...10 as ClosedRange<Int64> {
            let id = journal.append(Self.entry(time))
            journal.update(id) { $0.keep(TapeExcerpt(tape)) }
        }
        #expect(journal.entries.map { $0.answer != nil } == [true, true])
    }

    @Test(
        "Answers with codes and keys are not kept",
        arguments: [
            ("/auth", false), ("/api/v1/auth/keys", false), ("/api/v1/auth/keys/code", false), ("/api/v1/byok", false),
            ("/api/v1/observability/destinations", false), ("/api/v1/chat/completions", true), ("/api/v1/keys", true),
        ]
    )
    func secretAnswers(path: String, isKept: Bool) {
        var entry = Journal.Entry(time: 0, request: Request(method: .get, target: RequestTarget(path)))
        entry.keep(TapeExcerpt(Self.tape(["a"])))
        #expect((entry.answer != nil) == isKept)
    }

    @Test("A thousand tasks get a thousand ids")
    func concurrency() async {
        let journal = Journal(limit: 2000)
        let ids = await withTaskGroup(of: Int.self) { group in
            for time in 0..<1000 as Range<Int64> {
                group.addTask {
                    let id = journal.append(Self.entry(time))
                    journal.update(id) { $0.status = Int($0.time) }
                    return id
                }
            }
            return await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(ids == Set(1...1000))
        #expect(journal.entries.map(\.id) == Array(1...1000))
        #expect(journal.entries.allSatisfy { $0.status == Int($0.time) })
    }
}
