import ChildProcesses
import Foundation
import OpenRouterAPI
import TestSupport
import Testing

@testable import Fuzzing

/// The fuzzer on real child processes, over real connections.
@Suite struct SessionTests {
    /// A correct client: the example.
    private static let client = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Examples/fuzzing/client.py").standardized

    private func report(_ command: [String], _ change: (inout FuzzSettings) -> Void) async throws -> FuzzReport {
        var settings = FuzzSettings(command: command)
        settings.parallelism = 2
        change(&settings)
        return try await FuzzSession(settings).run()
    }

    @Test("A correct client has no findings", .timeLimit(.minutes(5)))
    func correctClient() async throws {
        let report = try await report([
            "python3", Self.client.path,
        ]) {
            $0.mutations = ["line-end", "comment", "usage", "interleave", "cut", "error-chunk", "status", "framing"]
            $0.caseLimit = 70
        }
        #expect(report.findings.isEmpty, "\(report.text)")
        #expect(report.caseCount == 70)
        #expect(report.notes == [])
    }

    @Test("A bug is found, named, shrunk to one mutation and replayed", .timeLimit(.minutes(5)))
    func bug() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("client.py")
        let source = try String(
            contentsOf: Self.client,
            encoding: .utf8
        )
        let broken = source.replacingOccurrences(of: "chunk.get(\"choices\") or []", with: "[chunk[\"choices\"][0]]")
        try #require(broken != source)
        try broken.write(toFile: path, atomically: true, encoding: .utf8)
        let report = try await report(["python3", path]) {
            $0.mutations = ["usage", "no-choices", "line-end"]
            $0.caseLimit = 40
        }
        let finding = try #require(report.findings.first)
        #expect(report.findings.count == 1, "\(report.text)")
        #expect(finding.cause == .noChoices)
        #expect(finding.fuzzCase.uses.count == 1)
        #expect(finding.extraRuns <= 60)
        #expect(finding.confirmations == (2, 2))
        #expect(finding.observation.lastErrorLine?.hasPrefix("IndexError") == true)

        let saved = SavedFinding.yaml(finding)
        let replayed = try #require(SavedFinding.fuzzCase(in: saved))
        #expect(replayed == finding.fuzzCase)
        let again = try await self.report(["python3", path]) {
            $0.corpus = [replayed]
            $0.caseLimit = 1
        }
        #expect(again.findings.map(\.cause) == [.noChoices])
        #expect(again.caseCount == 1)
    }

    @Test("A client that never asks does not get past the warm-up", .timeLimit(.minutes(5)))
    func warmUp() async throws {
        let silent = try await report(["sh", "-c", "exit 0"]) { $0.caseLimit = 50 }
        #expect(silent.findings.map(\.failing) == [.noRequest])
        #expect(silent.findings.map(\.cause) == [.broken])
        #expect(silent.caseCount == 1)
    }

    @Test("A client that is not there is an error, not a finding")
    func missing() async throws {
        await #expect(throws: ChildCommandError.self) { _ = try await report(["no-such-client"]) { _ in } }
    }
}
