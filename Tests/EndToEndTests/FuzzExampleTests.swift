import Foundation
import OpenRouterAPI
import TestSupport
import Testing

/// The clients of Examples/fuzzing, and a client library, under the fuzzer.
@Suite("Fuzz examples")
struct FuzzExampleTests {
    private static func path(_ name: String) -> String {
        SimulatorProcess.packageFolder.appendingPathComponent("Examples/fuzzing/\(name)").path
    }

    /// A program that was built beside the simulator.
    private static func built(_ name: String) -> String {
        SimulatorProcess.binary.deletingLastPathComponent().appendingPathComponent(name).path
    }

    /// Those that take seconds of waiting are left out.
    private static let classes =
        "chunking,line-end,field-space,bom,comment,usage,no-choices,resplit,cut,error-chunk,status,ok"

    static let correct: [[String]] = [
        ["python3", path("client.py")], ["node", path("client.mjs")], [built("swift-fuzz-client")],
    ]

    @Test("The correct ones have no findings", arguments: correct)
    func findNothing(_ command: [String]) throws {
        let folder = try TemporaryFolder()
        let outcome = try SimulatorProcess.run(
            ["fuzz", "--jobs", "2", "--cases", "80", "--classes", Self.classes, "--save", folder.path("found"), "--"]
                + command
        )
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.hasPrefix("No findings in 80 cases ("))
    }

    static let naive: [([String], Set<String>)] = [
        (["python3", path("naive.py")], ["noChoices", "truncation", "fieldSpace"]),
        (["node", path("naive.mjs")], ["noChoices", "buffering", "truncation", "fieldSpace"]),
        ([built("swift-fuzz-naive")], ["fieldSpace", "crash", "truncation"]),
    ]

    @Test("What everybody writes first is told what is wrong with it", arguments: naive)
    func findBugs(_ command: [String], _ causes: Set<String>) throws {
        let folder = try TemporaryFolder()
        let classes = "usage,no-choices,no-content,field-space,chunking,cut"
        let outcome = try SimulatorProcess.run(
            [
                "fuzz", "--jobs", "2", "--cases", "60", "--classes", classes, "--save", folder.path("found"), "--json",
                "--",
            ] + command
        )
        #expect(outcome.status == 1, "\(outcome.errors)")
        let findings = try JSONDocument(parsing: Array(outcome.output.utf8)).root["findings"]
        let found = Set(findings?.elements.compactMap { $0["cause"]?.string } ?? [])
        #expect(found.isSuperset(of: causes), "\(found.sorted())")
    }

    @Test("The openai library reads what was recorded, whatever the reads it comes in")
    func openai() throws {
        let folder = try TemporaryFolder()
        let python = SimulatorProcess.packageFolder.appendingPathComponent(".venv/bin/python").path
        let script = SimulatorProcess.packageFolder.appendingPathComponent(
            "Tests/EndToEndTests/Clients/fuzzed_openai.py"
        ).path
        let cassette = SimulatorProcess.packageFolder.appendingPathComponent("cassettes/example.cassette").path
        let outcome = try SimulatorProcess.run(
            [
                "fuzz", "--jobs", "2", "--cases", "24", "--classes", "chunking,line-end", "--cassette", cassette,
                "--save",
                folder.path("found"), "--", python, script,
            ]
        )
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains("recordings were mutated"))
    }
}
