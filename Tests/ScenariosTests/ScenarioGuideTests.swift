internal import Foundation
internal import Testing
internal import YAMLDocuments

@testable internal import Scenarios

@Suite("docs/scenarios.md")
struct ScenarioGuideTests {
    private static let guide: String = {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/scenarios.md")
        return (try? String(contentsOf: url.standardizedFileURL, encoding: .utf8)) ?? ""
    }()

    /// The fenced blocks of YAML, each with the line of the guide that it begins in.
    static let examples: [(line: Int, text: String)] = {
        var examples: [(line: Int, text: String)] = []
        var block: [Substring]?
        for (index, line) in guide.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line == "```yaml" {
                block = []
            } else if line == "```", let lines = block {
                examples.append((index - lines.count + 1, lines.joined(separator: "\n")))
                block = nil
            } else {
                block?.append(line)
            }
        }
        return examples
    }()

    @Test("Each example is read without errors or warnings", arguments: examples.indices)
    func example(index: Int) {
        let (line, text) = Self.examples[index]
        let reading = ScenarioReader.read(Array(text.utf8), file: "scenarios.md, block in line \(line)")
        #expect(reading.errors.map(\.description) == [])
        #expect(reading.warnings.map(\.description) == [])
    }

    @Test("The examples use each key of the language")
    func keys() {
        #expect(Self.examples.count >= 10)
        let text = Self.examples.map(\.text).joined()
        let shapes = [
            ScenarioLanguage.file, ScenarioLanguage.rule, ScenarioLanguage.match, ScenarioLanguage.response,
            ScenarioLanguage.step, ScenarioLanguage.error,
        ]
        for field in shapes.flatMap(\.fields) where !["reasoning", "steps"].contains(field.name) {
            #expect(text.contains("\(field.name):"), "\(field.name)")
        }
    }

    @Test("The guide names each endpoint, variable and position, and describes each built-in scenario as its file does")
    func words() {
        for word in EndpointTable.words + AttemptSelector.positions {
            #expect(Self.guide.contains("`\(word)`"), "\(word)")
        }
        for word in Template.words where !word.hasPrefix("request.header") {
            #expect(Self.guide.contains("{{\(word)}}"))
        }
        for scenario in BuiltInScenarios.all {
            #expect(Self.guide.contains("| `\(scenario.name)` | \(scenario.description) |"))
        }
    }
}
