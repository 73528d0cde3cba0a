import Foundation
import HTTPTypes
import OpenRouterAPI
import Tapes
import TestSupport
import Testing
import YAMLDocuments

@testable import Scenarios

/// The reader of scenarios under hostile files.
@Suite struct ScenarioFuzzTests {
    private static let words = [
        "rules:", "match:", "respond:", "steps:", "faults:", "frames:", "- raw: ", "- text: ", "- pause: ", "1h", "1ms",
        "64KiB", "999999999GiB", "{{request.body}}", "{{", "}}", "{{random.", "&a ", "*a", "<<: *a", "!!binary ",
        "!!python/object:x ", "? ", "| \n", ">-\n", "ending: reset", "status: ", "-", "regex: \"(a+)+$\"",
        "[*a, *a, *a]",
        "error: ", "usage: ", "cut: { byte: ", "slicer", "chance: ", "calls: ", "state: ",
    ]

    private static let inputs = HostileInputs(
        BuiltInScenarios.files.map(\.bytes),
        words: words,
        byteLimit: 4096
    )

    private static let request = ScenarioRequest(
        method: .post,
        path: "/api/v1/chat/completions",
        fields: [:],
        json: try? JSONDocument(
            parsing: Array(#"{"model":"openai/gpt-4o","messages":[{"role":"user","content":"Hello"}]}"#.utf8)
        ).root,
        milliseconds: 0
    )

    @Test("A file is a scenario that plays, or its errors stand at places that it has")
    func files() {
        SelfFuzz(name: "scenario", rounds: 250, inputs: Self.inputs).run { input, _ in
            let reading = ScenarioReader.read(input, file: "hostile.yaml")
            try holds(reading.scenario == nil || reading.errors.isEmpty, "a scenario with errors")
            try holds(reading.scenario != nil || !reading.errors.isEmpty, "neither a scenario nor an error")
            let text = String(decoding: input, as: UTF8.self)
            let lineCount =
                text.unicodeScalars.count { ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains($0) } + 1
            for error in reading.errors + reading.warnings {
                try holds((1...lineCount + 1).contains(error.position.line), "line \(error.position.line): \(error)")
                try holds(error.description.utf8.count < 4000 + input.count, "an error longer than the file")
            }
            guard let scenario = reading.scenario else { return }
            var progress = ScenarioProgress()
            var generator = SeededGenerator(seed: 1)
            let first = scenario.decision(for: Self.request, progress: &progress, generator: &generator)
            progress = ScenarioProgress()
            generator = SeededGenerator(seed: 1)
            let second = scenario.decision(for: Self.request, progress: &progress, generator: &generator)
            try same("\(String(describing: first))", "\(String(describing: second))", "decided again")
        }
    }
}
