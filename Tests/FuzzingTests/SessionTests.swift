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

    /// A bug, made by a change of a correct client, and where it shows.
    struct Bug: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var old: String
        var new: String
        var cause: Cause
        var mutations: Set<String>
        var caseLimit = 40
    }

    static let bugs: [Bug] = [
        Bug(
            testDescription: "each read is decoded by itself",
            old: "decoder.decode(data, final=not data)",
            new: "data.decode(\"utf-8\", \"replace\")",
            cause: .decodePerRead,
            mutations: ["chunking"]
        ),
        Bug(
            testDescription: "the end of the body is the end of the answer",
            old: "    if not finished:",
            new: "    if False:",
            cause: .truncation,
            mutations: ["cut"]
        ),
        Bug(
            testDescription: "only the first fragment of a chunk counts",
            old: "delta.get(\"tool_calls\") or []",
            new: "(delta.get(\"tool_calls\") or [])[:1]",
            cause: .toolsInOneChunk,
            mutations: ["interleave"]
        ),
        Bug(
            testDescription: "arguments are parsed as soon as they end with a brace",
            old: "function.get(\"arguments\") or \"\"\n",
            new: """
                function.get("arguments") or ""
                                if call["arguments"].endswith("}"):
                                    json.loads(call["arguments"])

                """,
            cause: .argumentsEarly,
            mutations: ["args-split"]
        ),
        Bug(
            testDescription: "a comment ends an event",
            old: "        if not line:\n            if data:",
            new: "        if not line or line.startswith(\":\"):\n            if data:",
            cause: .commentInData,
            mutations: ["comment", "data-split"]
        ),
        Bug(
            testDescription:
                "a LF at the start of a read is a line of its own: harmless, but in a block of several lines",
            old: "        start = 0\n        for position",
            new: "        start, after_cr = 0, False\n        for position",
            cause: .splitCRLF,
            mutations: ["line-end", "data-split", "chunking", "comment"],
            caseLimit: 90
        ),
    ]

    @Test("Bugs of several kinds are found and named", .timeLimit(.minutes(10)), arguments: bugs)
    func kindsOfBugs(_ bug: Bug) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("client.py")
        let source = try String(contentsOf: Self.client, encoding: .utf8)
        let broken = source.replacingOccurrences(of: bug.old, with: bug.new)
        try #require(broken != source)
        try broken.write(toFile: path, atomically: true, encoding: .utf8)
        let report = try await report(["python3", path]) {
            $0.mutations = bug.mutations
            $0.caseLimit = bug.caseLimit
        }
        #expect(report.findings.map(\.cause) == [bug.cause], "\(report.text)")
        #expect(report.findings.allSatisfy { $0.extraRuns <= 60 })
    }

    @Test("A bug with calls of tools is shown on the smallest call", .timeLimit(.minutes(5)))
    func smallestCall() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("client.py")
        let source = try String(contentsOf: Self.client, encoding: .utf8)
        let broken = source.replacingOccurrences(
            of: "call[\"name\"] = function[\"name\"]",
            with: "call[\"name\"] = (call[\"name\"] or \"\") + function[\"name\"]"
        )
        try #require(broken != source)
        try broken.write(toFile: path, atomically: true, encoding: .utf8)
        let report = try await report(["python3", path]) {
            $0.mutations = ["tool-repeat"]
            $0.caseLimit = 20
        }
        let finding = try #require(report.findings.first)
        #expect(finding.cause == .toolRepeatedName)
        #expect(finding.fuzzCase.base == .call)
    }

    @Test("A client that never asks does not get past the warm-up", .timeLimit(.minutes(5)))
    func warmUp() async throws {
        let silent = try await report(["sh", "-c", "exit 0"]) { $0.caseLimit = 50 }
        #expect(silent.findings.map(\.failing) == [.noRequest])
        #expect(silent.findings.map(\.cause) == [.broken])
        #expect(silent.caseCount == 1)
    }

    @Test("A client that does not get past the warm-up is a finding, though it works later", .timeLimit(.minutes(5)))
    func warmUpOnly() async throws {
        let folder = try TemporaryFolder()
        let count = folder.path("count")
        let script = "echo >>'\(count)'; test $(wc -l <'\(count)') -gt 2 || exit 0; exec python3 '\(Self.client.path)'"
        let report = try await report(["sh", "-c", script]) { $0.caseLimit = 50 }
        #expect(report.caseCount == 1)
        #expect(report.findings.map(\.cause) == [.broken])
        #expect(report.findings.first?.isFlaky == true)
    }

    @Test("A hang is not held against a client that is as late on a plain answer", .timeLimit(.minutes(5)))
    func busyMachine() async throws {
        let folder = try TemporaryFolder()
        let count = folder.path("count")
        // From the second run on nothing comes of anything, as on a machine that starves it.
        let script = "echo >>'\(count)'; test $(wc -l <'\(count)') -eq 1 || exec tail -f /dev/null; "
        let report = try await report(["sh", "-c", script + "exec python3 '\(Self.client.path)'"]) {
            $0.timeout = .seconds(1)
            $0.caseLimit = 1
        }
        #expect(report.findings.isEmpty, "\(report.text)")
        #expect(
            report.notes.contains(
                "tape plain took too long, but so did a plain answer: the machine was too busy to tell anything from it."
            ),
            "\(report.notes)"
        )
    }

    @Test("A client that is not there is an error, not a finding")
    func missing() async throws {
        await #expect(throws: ChildCommandError.self) { _ = try await report(["no-such-client"]) { _ in } }
    }
}
