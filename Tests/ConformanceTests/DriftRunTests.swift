internal import HTTPTypes
internal import Synchronization
internal import Tapes
internal import Testing

@testable internal import Conformance

@Suite("Drift")
struct DriftRunTests {
    private static func problems(live: Tape, ours: Tape) async throws -> [String] {
        var run = DriftRun(
            try SmallSpecification.make(),
            key: "sk-or-v1-live",
            spends: false,
            live: { _ in live },
            simulated: { _ in ours }
        )
        let report = try await run.report { $0.path == "/models/count" }
        let first = try #require(report.cases.first)
        #expect((first.verdict == .drifts) == !first.problems.isEmpty)
        return first.problems.map(\.description)
    }

    @Test("Members that the document or the simulator lacks are told, and types that differ")
    func members() async throws {
        let ours = Tape.json(#"{"data":{"count":1,"note":"x","tags":[]}}"#)
        #expect(try await Self.problems(live: .json(#"{"data":{"count":2}}"#), ours: ours) == [])
        #expect(
            try await Self.problems(
                live: .json(#"{"data":{"count":2,"note":null,"tags":[{"a":1}],"new":{"b":1}},"links":{}}"#),
                ours: ours
            ) == [
                "body /data/note: the document does not declare this member",
                "body /data/tags: the document does not declare this member",
                "body /data/new: the document does not declare this member",
                "body /links: the document does not declare this member",
                "body /data/note: null in the live answer, string in the simulator's",
                "body /data/new: the live answer has this member, the simulator's has not",
                "body /links: the live answer has this member, the simulator's has not",
            ]
        )
    }

    @Test("What the document forbids is told of the live answer too")
    func violations() async throws {
        #expect(
            try await Self.problems(live: .json(#"{"data":{}}"#), ours: .unknownOperation) == [
                "body /data: the member 'count' is missing (#/components/schemas/Count/required)"
            ]
        )
    }

    @Test("A live API is only read, with its own key, and asked for nothing that nobody has named")
    func safety() async throws {
        let asked = Mutex<[String]>([])
        var run = DriftRun(
            try SmallSpecification.make(),
            key: "sk-or-v1-live",
            spends: false,
            live: { request in
                asked.withLock { $0.append("\(request.method) \(request.target.raw) \(request.bearerToken ?? "")") }
                return .unknownOperation
            },
            simulated: { _ in .unknownOperation }
        )
        let report = try await run.report()
        #expect(
            asked.withLock { $0 } == [
                "GET /api/v1/models/count sk-or-v1-live",
                "GET /api/v1/models/count?output_modalities=text sk-or-v1-live",
                "GET /api/v1/stream sk-or-v1-live",
            ]
        )
        let thing = try #require(report.cases.first { $0.operation == "GET /things/{id}" })
        #expect(thing.verdict == .skipped)
        #expect(!thing.isFinding)
    }
}
