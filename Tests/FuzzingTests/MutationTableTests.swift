import NIOCore
import Tapes
import Testing

@testable import Fuzzing

@Suite struct MutationTableTests {
    /// Each mutation at each value on the tape where it shows.
    static let cases = cases(of: .chat)

    static func cases(of api: InferenceAPI) -> [FuzzCase] {
        MutationTable.all.filter { $0.apis.contains(api) }.flatMap { mutation in
            mutation.values.map { value in
                FuzzCase(
                    api: api,
                    base: value.base.flatMap(BaseTape.named) ?? .text,
                    uses: [.init(mutation.name, value.name)]
                )
            }
        }
    }

    @Test(
        "Correct clients get what a preserving mutation promises, and report what a breaking one breaks",
        arguments: cases
    )
    func meaning(_ fuzzCase: FuzzCase) throws {
        #expect(fuzzCase.draft(timeout: .seconds(10)) != nil, "\(fuzzCase.name) cannot be made")
        try ReferenceClient.confirm(fuzzCase)
    }

    @Test("So it is on the other APIs", arguments: [InferenceAPI.responses, .messages])
    func meaning(on api: InferenceAPI) throws {
        for fuzzCase in BaseTape.all.map({ FuzzCase(api: api, base: $0) }) + Self.cases(of: api) {
            try ReferenceClient.confirm(fuzzCase)
        }
    }

    @Test(
        "Mutations of items and blocks can be made, each on the tape where it shows",
        arguments: [
            (
                InferenceAPI.responses,
                ["other-part-summary", "other-delta-unknown", "item-order-alternate", "error-event-response-error"]
            ),
            (.messages, ["other-delta-unknown", "stop-reason-tool-end", "error-event-unnamed", "no-args-missing"]),
        ]
    )
    func itemMutations(_ api: InferenceAPI, _ some: [String]) {
        let cases = Self.cases(of: api)
        let made = Set(cases.filter { $0.draft(timeout: .seconds(10)) != nil }.map(\.name))
        #expect(made.isSuperset(of: some))
    }

    @Test("An empty delta is named for what it is, wherever it comes from")
    func emptyDelta() {
        for use in [FuzzCase.Use("no-content", "empty"), .init("resplit", "empty")] {
            #expect(FuzzCase(api: .chat, base: .text, uses: [use]).nominalCause == .nullContent)
        }
    }

    @Test(
        "An item of a new kind brings no event of a new kind, which would be another defect",
        arguments: ["unknown", "unknown-last"]
    )
    func newItem(_ value: String) throws {
        let fuzzCase = FuzzCase(api: .responses, base: .text, uses: [.init("other-part", value)])
        let tape = try #require(fuzzCase.answer())
        let text = tape.tape.frames.map { String(buffer: $0.bytes) }.joined()
        #expect(text.contains("\"novelty\""))
        #expect(!text.contains("response.novelty"))
    }

    @Test("Of arguments that are not there nothing is cut, in either order", arguments: InferenceAPI.allCases)
    func cutOfNothing(_ api: InferenceAPI) throws {
        for cut in ["half", "last-brace"] {
            for none in ["empty", "missing", "braces"] {
                let uses = [FuzzCase.Use("no-args", none), .init("args-cut", cut)]
                for order in [uses, uses.reversed()] {
                    let fuzzCase = FuzzCase(api: api, base: BaseTape.named("tool") ?? .text, uses: order)
                    if none != "braces" { #expect(fuzzCase.draft(timeout: .seconds(10)) == nil, "\(fuzzCase.name)") }
                    try ReferenceClient.confirm(fuzzCase)
                }
            }
        }
    }

    @Test("Names, and names with values, are unique")
    func names() {
        let names = MutationTable.names.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(Set(MutationTable.all.map(\.name)).count == MutationTable.all.count)
    }

    @Test("Every name plays on every API that has the mutation", arguments: InferenceAPI.allCases)
    func tapesByName(_ api: InferenceAPI) {
        for mutation in MutationTable.all where mutation.apis.contains(api) {
            for value in mutation.values {
                // Some tapes lack what some mutations change, such as a sentinel.
                guard api == .chat else { continue }
                #expect(
                    MutationTable.answer(named: "\(mutation.name)-\(value.name)", api: api) != nil,
                    "\(mutation.name)-\(value.name)"
                )
            }
            #expect(MutationTable.answer(named: mutation.name, api: api) != nil, "\(mutation.name) on \(api)")
        }
        #expect(MutationTable.answer(named: "no-such-thing", api: api) == nil)
    }

    @Test("Slow tapes leave no gap over a third of the limit and last no more than two thirds of it")
    func slowTapes() throws {
        let timeout = Duration.seconds(10)
        for fuzzCase in Self.cases where fuzzCase.uses[0].mutation == "slow" {
            let tape = try #require(fuzzCase.draft(timeout: timeout)).rendered(offersGzip: false).tape
            #expect(tape.duration <= timeout * 2 / 3, "\(fuzzCase.name) \(tape.duration)")
            #expect(tape.frames.allSatisfy { $0.gap <= timeout / 3 } && tape.headGap <= timeout / 3)
            #expect(tape.duration >= timeout / 4)
        }
    }

    @Test("Every cause that a mutation names has a sentence of its own")
    func causes() {
        let sentences = Cause.allCases.map(\.sentence)
        #expect(Set(sentences).count == sentences.count)
        #expect(sentences.allSatisfy { $0.hasSuffix(".") })
    }
}

extension FuzzCase: CustomTestStringConvertible {
    package var testDescription: String { name }
}
