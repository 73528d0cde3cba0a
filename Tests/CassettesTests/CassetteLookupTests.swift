import GRDB
import HTTPTypes
import OpenRouterAPI
import Tapes
import Testing

@testable import Cassettes

@Suite("Looking into large cassettes")
struct CassetteLookupTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    func cassette(_ interactions: [Interaction]) async throws -> Cassette {
        let writer = try CassetteWriter(path: folder.file("a.db"))
        #expect(try await writer.append(interactions.map { Redactor().redact($0) }) == Int64(interactions.count))
        try await writer.close()
        return try Cassette(path: folder.file("a.db"))
    }

    @Test("The recordings of a request are found without the others, in their order, up to a number")
    func lookup() async throws {
        let cassette = try await cassette([
            .chat("one"), .chat("two"), .chat("one", answer: "b", completion: .clientLeft), .chat("one", answer: "c"),
        ])
        let fingerprint = Fingerprinter(redactor: Redactor()).fingerprint(of: Interaction.chat("one").request)
        let entries = try cassette.index(of: fingerprint)
        #expect(entries == (try cassette.index().filter { $0.fingerprint == fingerprint }))
        #expect(entries.map(\.id) == [1, 3, 4])
        #expect(entries.map(\.completion) == [.finished, .clientLeft, .finished])
        #expect(try cassette.index(of: fingerprint, through: 3).map(\.id) == [1, 3])
        #expect(try cassette.index(of: Fingerprint(hash: Hash128(high: 0, low: 0))) == [])
        #expect(try cassette.lastID() == 4)
        #expect(try cassette.hasMoreRecordings(than: 3))
        #expect(try !cassette.hasMoreRecordings(than: 4))
    }

    @Test("Numbers, summaries and fingerprints come in pages")
    func pages() async throws {
        let cassette = try await cassette((0..<10).map { .chat("\($0 % 4)") })
        #expect(try cassette.ids(limit: 3) == [1, 2, 3])
        #expect(try cassette.ids(after: 8, limit: 3) == [9, 10])
        let all = try cassette.summaries()
        #expect(all.count == 10)
        #expect(try cassette.summaries(after: 4, limit: 2) == Array(all[4..<6]))
        let fingerprints = try cassette.fingerprints(after: nil, limit: 3)
        #expect(fingerprints.count == 3)
        let rest = try cassette.fingerprints(after: fingerprints.last, limit: 3)
        #expect(rest.count == 1)
        #expect(Set(fingerprints + rest) == Set(try cassette.index().map(\.fingerprint)))
    }

    @Test("A table that comes in pages keeps its columns")
    func table() async throws {
        let summaries = try await cassette((0..<4).map { .chat("\($0)") }).summaries()
        var widths: [Int] = []
        let pages = [
            CassetteSummary.text(Array(summaries.prefix(2)), widths: &widths),
            CassetteSummary.text(Array(summaries.suffix(2)), widths: &widths),
        ]
        #expect(pages.joined(separator: "\n") == CassetteSummary.text(summaries))
    }

    @Test("A batch is written as a whole or not at all")
    func batch() async throws {
        let writer = try CassetteWriter(path: folder.file("a.db"))
        let coded = Interaction.make(fields: [.contentType: "text/plain", .contentEncoding: "br"])
        await #expect(throws: CassetteError.self) {
            try await writer.append([Redactor().redact(.chat("one")), Redactor().redact(coded)])
        }
        #expect(try await writer.append([]) == 0)
        #expect(try await writer.append([Redactor().redact(.chat("two")), Redactor().redact(.chat("three"))]) == 2)
        try await writer.close()
        #expect(try Cassette(path: folder.file("a.db")).index().map(\.id) == [1, 2])
    }

    @Test("Bodies that a deletion leaves behind go when the recorder closes, others stay")
    func unusedBodies() async throws {
        let writer = try CassetteWriter(path: folder.file("a.db"))
        try await writer.append((0..<5).map { Redactor().redact(.chat("\($0)", answer: "\($0 / 2)")) })
        #expect(try await writer.delete([2, 3]) == 2)
        try await writer.close()
        let verification = try Cassette(path: folder.file("a.db")).verify()
        #expect(verification.isIntact)
        #expect(verification.bodyCount == 3 + 3)
    }

    // MARK: - Near misses

    static let subjects: [Request] = [
        .make(#"{"model":"m5","messages":["\#(String(repeating: "x", count: 40))"],"n":0}"#),
        .make(#"{"model":"m5","messages":[1,2,3,4,5,6,7,8,9]}"#),
        .make(#"{"model":"none","messages":[1,2]}"#),
        .make(#"{"model":"m2","messages":[1,2]}"#, target: "/api/v1/responses"),
        .make("", method: .get, target: "/api/v1/models?b=2"),
        .make("", method: .delete, target: "/api/v1/nowhere"),
    ]

    /// Of seven models, with one to four messages, and some of another kind.
    static let recorded: [Interaction] = (0..<400).map { number in
        let messages = (0...(number % 4)).map { _ in "\"\(String(repeating: "x", count: number % 50))\"" }
        let body = #"{"model":"m\#(number % 7)","messages":[\#(messages.joined(separator: ","))],"n":\#(number)}"#
        return .make(request: .make(body, target: number % 5 == 0 ? "/api/v1/messages" : "/api/v1/chat/completions"))
    }

    @Test("By the index the same recordings are nearest as by a look at all", arguments: subjects)
    func index(_ request: Request) async throws {
        let models = Interaction.make(request: .make("", method: .get, target: "/api/v1/models?a=1"))
        let cassette = try await cassette(Self.recorded + [models])
        let subject = MissSubject(request)
        let scanned = try cassette.candidates(for: subject, limit: 10)
        let found = try cassette.candidates(for: subject, limit: 10, scanLimit: 0)
        #expect(scanned.lookedAtCount == 401)
        #expect(found.recordingCount == 401)
        let parts = { (candidate: MissCandidate) in
            let distance = candidate.distance
            return [distance.path, distance.method, distance.model, distance.messageCount]
        }
        #expect(found.nearest.map(parts) == scanned.nearest.map(parts))
        if let distance = scanned.nearest.last?.distance, distance.path + distance.model + distance.messageCount == 0 {
            #expect(found.nearest.map(\.id) == scanned.nearest.map(\.id))
        }
    }

    @Test("What the index does not know is not looked at")
    func bounded() async throws {
        let cassette = try await cassette(Self.recorded)
        let found = try cassette.candidates(
            for: MissSubject(.make(#"{"model":"m5","messages":["x"],"n":-1}"#)),
            limit: 5,
            scanLimit: 0
        )
        #expect(found.nearest.count == 5)
        #expect(found.nearest.allSatisfy { $0.distance.model == 0 && $0.distance.messageCount == 0 })
        #expect(found.lookedAtCount < 40)
    }

    @Test("A large file of an older version is looked at from its end, and the report says how far")
    func olderVersion() async throws {
        let cassette = try await cassette(Self.recorded)
        cassette.close()
        let queue = try DatabaseQueue(path: folder.file("a.db"))
        try await queue.write { db in
            try db.execute(sql: "DROP INDEX interaction_by_outline")
            try db.execute(sql: "PRAGMA user_version = 2")
        }
        try queue.close()
        let older = try Cassette(path: folder.file("a.db"))
        let found = try older.candidates(for: MissSubject(Self.subjects[0]), limit: 5, scanLimit: 100)
        #expect(found.lookedAtCount == 100)
        #expect(found.nearest.allSatisfy { $0.id > 300 })
        var report = try NearMissFinder(cassettes: [older], redactor: Redactor()).report(for: Self.subjects[0])
        report.lookedAtCount = 100
        #expect(report.text.contains("\n  looked at 100 of 400 recordings, nearest:\n"))
        #expect(report.json.description.contains(#""recordings":400,"looked_at":100,"#))
    }
}
