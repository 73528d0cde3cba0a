import OpenRouterAPI
import Tapes
import Testing

@testable import Fuzzing

@Suite struct ScheduleTests {
    private func schedule(seed: UInt64 = 0, hasTools: Bool = true, change: (inout FuzzSettings) -> Void = { _ in })
        -> Schedule
    {
        var settings = FuzzSettings(command: ["client"])
        settings.seed = seed
        change(&settings)
        return Schedule(settings: settings, hasTools: hasTools)
    }

    @Test("The same seed gives the same cases, another one gives others")
    func seeds() {
        let first = schedule().combinations(60, failed: [], broken: [])
        #expect(first.count == 60)
        #expect(first == schedule().combinations(60, failed: [], broken: []))
        #expect(first != schedule(seed: 1).combinations(60, failed: [], broken: []))
    }

    @Test("A combination has two to five mutations, no two of one slot, and breaks the answer once at most")
    func combinations() {
        for fuzzCase in schedule().combinations(100, failed: [], broken: []) {
            let mutations = fuzzCase.uses.compactMap { MutationTable.mutation(named: $0.mutation) }
            #expect((2...5).contains(mutations.count))
            #expect(Set(mutations.map(\.slot)).count == mutations.count, "\(fuzzCase.name)")
            #expect(mutations.count { $0.kind == .breaking } <= 1)
        }
    }

    @Test("A combination means to correct clients of all habits what its verdict says", arguments: 0..<2)
    func meaningOfCombinations(seed: Int) throws {
        for fuzzCase in schedule(seed: UInt64(seed)).combinations(150, failed: [], broken: []) {
            try ReferenceClient.confirm(fuzzCase)
        }
    }

    @Test(
        "So does one on the other APIs",
        arguments: [InferenceAPI.responses, .messages],
        0..<2
    )
    func meaningOfCombinations(on api: InferenceAPI, seed: Int) throws {
        let schedule = schedule(seed: UInt64(seed)) { $0.api = api }
        for fuzzCase in schedule.combinations(150, failed: [], broken: []) {
            try ReferenceClient.confirm(fuzzCase)
        }
    }

    @Test("What an API has not takes nothing of the budget", arguments: InferenceAPI.allCases)
    func madeCases(_ api: InferenceAPI) {
        let cases = schedule { $0.api = api }.systematic(broken: [])
        #expect(cases.count > 100)
        #expect(cases.allSatisfy { $0.draft(timeout: .seconds(10)) != nil })
    }

    @Test("The default budget has room for every value, and for as many combinations again as a third of them")
    func budget() {
        let count = schedule().systematic(broken: []).count + schedule().tapes.count
        #expect(count < 300)
    }

    @Test("A client without tools gets no tapes with calls of tools")
    func withoutTools() {
        let schedule = schedule(hasTools: false)
        let cases = schedule.tapes + schedule.systematic(broken: []) + schedule.combinations(50, failed: [], broken: [])
        #expect(cases.allSatisfy { !$0.base.needsTools })
    }

    @Test("What only a broken server sends is tried only when asked for")
    func brokenServer() {
        #expect(!schedule().systematic(broken: []).contains { $0.uses[0].mutation == "endless-line" })
        let asked = schedule { $0.kinds = [.brokenServer] }
        #expect(asked.systematic(broken: []).allSatisfy { $0.uses[0].mutation == "endless-line" })
    }

    @Test("Mutations go to a plainer tape when theirs fails as it is")
    func brokenTapes() {
        let cases = schedule().systematic(broken: ["text"])
        #expect(cases.allSatisfy { $0.base.name != "text" })
        #expect(cases.contains { $0.base.name == "short" && $0.uses[0].mutation == "line-end" })
    }

    @Test("A combination leaves out what failed alone")
    func failedAlone() {
        let failed: Set<FuzzCase.Use> = [
            .init("line-end", "crlf"), .init("line-end", "cr"), .init("line-end", "mixed"),
        ]
        let cases = schedule().combinations(100, failed: failed, broken: [])
        #expect(!cases.contains { $0.uses.contains { failed.contains($0) } })
    }

    @Test("A case survives being written down and read again")
    func roundTrip() throws {
        let cases = schedule().combinations(20, failed: [], broken: []) + schedule().tapes
        for fuzzCase in cases {
            let document = try JSONDocument(parsing: fuzzCase.json.serialized())
            #expect(FuzzCase(document.root) == fuzzCase)
        }
    }
}
