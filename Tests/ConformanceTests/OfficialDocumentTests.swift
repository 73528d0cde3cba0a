internal import Foundation
internal import HTTPTypes
internal import NIOCore
internal import Tapes
internal import Testing

@testable internal import Conformance

/// The official document is not ours to ship; where it lies beside the checkout, answers are held against it.
@Suite("Official document", .enabled(if: OfficialDocument.isPresent))
struct OfficialDocumentTests {
    @Test("Simulated operations conform in every case")
    func conformance() async throws {
        let simulator = TrialSimulator()
        var run = ConformanceRun(try OfficialDocument.read()) { simulator.answer($0) }
        let report = try await run.report { ConformingOperations.all.contains($0.name) }
        #expect(report.operationCount == ConformingOperations.all.count)
        for found in report.cases where found.isFinding {
            Issue.record("\(found.operation), \(found.name): \(found.verdict.rawValue): \(found.problems.prefix(3))")
        }
    }

    @Test("Every request of ours is as the document wants it, and every one written by hand is for an operation")
    func samples() async throws {
        let specification = try OfficialDocument.read()
        let simulator = TrialSimulator()
        var run = ConformanceRun(specification) { simulator.answer($0) }
        let report = try await run.report()
        for found in report.cases where found.verdict == .badSample {
            Issue.record("\(found.operation), \(found.name): \(found.problems)")
        }
        #expect(Set(report.cases.map(\.operation)) == Set(specification.operations.map(\.name)))
        // Values out of earlier answers are checked where they are sent, above; most are UUIDs.
        let samples = SampleRequests.all + SampleRequests.cheapest
        let captured = Dictionary(
            samples.flatMap { $0.captures.keys }.map { ($0, "00000000-0000-4000-8000-000000000000") },
            uniquingKeysWith: { $1 }
        )
        for sample in samples {
            let operation = try #require(specification.operation(named: sample.operation), "\(sample.operation)")
            let problems = RequestCheck(specification: specification, operation: operation).problems(
                of: sample.filled(with: captured)
            )
            #expect(problems.isEmpty, "\(sample.operation), \(sample.name): \(problems)")
        }
    }

    @Test(
        "An answer with one thing wrong is found, unstreamed and streamed",
        arguments: [
            (#""object":"chat.completion"#, #""object":"text.completion"#), (#""created":"#, #""created":"x","was":"#),
            (#""total_tokens":"#, #""all_tokens":"#), (#""role":"assistant""#, #""role":"robot""#),
            (#""finish_reason":"stop""#, #""finish_reason":7"#), (#""index":0"#, #""index":null"#),
        ]
    )
    func mutation(original: String, replacement: String) async throws {
        let simulator = TrialSimulator()
        var run = ConformanceRun(try OfficialDocument.read()) { request in
            var tape = simulator.answer(request)
            let body = String(buffer: tape.body)
            tape.frames = [Frame(body.replacing(original, with: replacement))]
            return tape
        }
        let report = try await run.report { $0.name == "POST /chat/completions" }
        let minimal = report.cases.filter { $0.name.hasPrefix("minimal") }
        #expect(minimal.map(\.verdict) == [.violates, .violates])
    }

    @Test("All its keywords are checked")
    func keywords() throws {
        let specification = try OfficialDocument.read()
        #expect(specification.operations.count == 97)
        #expect(specification.schemas.uncheckedKeywords == [])
    }
}

enum OfficialDocument {
    private static let url = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("shared/reference/openrouter-openapi.yaml")

    static let isPresent = FileManager.default.fileExists(atPath: url.path)

    static func read() throws -> OpenAPIDocument {
        try OpenAPIDocument(parsing: Array(try Data(contentsOf: url)), file: url.lastPathComponent)
    }
}
