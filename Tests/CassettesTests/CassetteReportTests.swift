import HTTPTypes
import OpenRouterAPI
import Tapes
import Testing

@testable import Cassettes

@Suite("Listings")
struct CassetteReportTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    func cassette() async throws -> Cassette {
        let writer = try CassetteWriter(path: folder.file("a.db"))
        let models = Request.make("", method: .get, target: "/api/v1/models?a=1")
        for interaction in [
            .chat("one"), .chat("one"), .make(request: models, recordedAt: 1_795_235_528_125_000),
            .chat("two", answer: "cut", completion: .clientLeft),
        ] as [Interaction] {
            _ = try await writer.append(Redactor().redact(interaction))
        }
        try await writer.close()
        return try Cassette(path: folder.file("a.db"))
    }

    @Test("ls shows a recording a line")
    func summaries() async throws {
        let summaries = try await cassette().summaries()
        #expect(
            CassetteSummary.text(summaries) == """
                id  recorded                  request                        model          status  bytes  ending
                 1  2026-09-21T14:13:20.000Z  POST /api/v1/chat/completions  openai/gpt-4o     200     42  complete
                 2  2026-09-21T14:13:20.000Z  POST /api/v1/chat/completions  openai/gpt-4o     200     42  complete
                 3  2026-11-21T04:32:08.125Z  GET /api/v1/models?a=1         -                 200     27  complete
                 4  2026-09-21T14:13:20.000Z  POST /api/v1/chat/completions  openai/gpt-4o     200     43  complete \
                (client-left)
                """
        )
        #expect(
            summaries[2].json.description
                == #"{"id":3,"fingerprint":"\#(summaries[2].fingerprint)","recorded_at":"2026-11-21T04:32:08.125Z","method":"GET","#
                + #""target":"/api/v1/models?a=1","model":null,"status":200,"request_bytes":0,"response_bytes":27,"#
                + #""ending":"complete","completion":"finished"}"#
        )
    }

    @Test("stats adds up")
    func statistics() async throws {
        let statistics = try await cassette().statistics()
        try #expect(
            statistics.text(now: 1_800_000_000_000_000) == """
                interactions  4 of 3 different requests
                bodies        6, 252 bytes; 112 bytes saved by storing each once
                size          \(folder.bytes("a.db").count) bytes in the file; 113 bytes in the largest recording
                cost          0 USD in 0 answers that say it
                recorded      2026-09-21T14:13:20.000Z to 2026-11-21T04:32:08.125Z
                age           55 to 115 days
                paths         3 × POST /api/v1/chat/completions
                              1 × GET /api/v1/models
                models        3 × openai/gpt-4o
                              1 × -
                statuses      4 × 200
                endings       4 × complete
                completions   3 × finished
                              1 × client-left
                """
        )
        #expect(statistics.json.description.contains(#""models":{"openai/gpt-4o":3,"-":1}"#))
    }

    @Test("Costs are read from answers, streamed or not, and added up exactly")
    func costs() async throws {
        let writer = try CassetteWriter(path: folder.file("a.db"))
        let event = #"data: {"type":"response.completed","response":{"usage":{"cost":0.0000005}}}"# + "\n\n"
        for interaction in [
            .make(frames: [Frame(#"{"usage":{"cost":0.1}}"#)]), .make(frames: [Frame(#"{"cost":"no"}"#)]),
            .make(frames: [Frame("data: {}\n\n"), Frame(event)], fields: [.contentType: "text/event-stream"]),
        ] as [Interaction] {
            _ = try await writer.append(Redactor().redact(interaction))
        }
        try await writer.close()
        let statistics = try Cassette(path: folder.file("a.db")).statistics()
        #expect(statistics.cost.decimalText == "0.1000005")
        #expect(statistics.costCount == 2)
        #expect(statistics.text().contains("cost          0.1000005 USD in 2 answers that say it"))
    }

    @Test("verify says that all is well")
    func verification() async throws {
        let verification = try await cassette().verify()
        #expect(verification.text == "\(folder.file("a.db")): intact, 4 interactions, 6 bodies")
        #expect(
            verification.json.description
                == #"{"path":"\#(folder.file("a.db"))","intact":true,"interactions":4,"bodies":6,"findings":[]}"#
        )
    }

    @Test(
        "Times are written in RFC 3339",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000Z"),
            (1_795_235_528_125_999, "2026-11-21T04:32:08.125Z"), (4_107_542_399_999_999, "2100-02-28T23:59:59.999Z"),
        ] as [(Int64, String)]
    )
    func times(_ microseconds: Int64, _ text: String) {
        #expect(Timestamp.text(microseconds: microseconds) == text)
    }
}
