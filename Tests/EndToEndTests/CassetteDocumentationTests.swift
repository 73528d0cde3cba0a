import Foundation
import TestSupport
import Testing

/// The page on cassettes, held against the real program; ``GuideTests`` runs its examples.
@Suite("Documentation of cassettes")
struct CassetteDocumentationTests {
    private static func page() throws -> String {
        let url = SimulatorProcess.packageFolder.appendingPathComponent("docs/cassettes.md")
        return try String(contentsOf: url, encoding: .utf8)
    }

    @Test("names only commands and options that there are")
    func commands() throws {
        var help: [String: String] = [:]
        let lines = try Self.page().split(separator: "\n").compactMap { line -> Substring? in
            let command = line.hasPrefix("$ ") ? line.dropFirst(2) : line
            return command.hasPrefix("openrouter-sim ") ? command : nil
        }
        #expect(lines.count > 12)
        for line in lines {
            let words = line.split(separator: " ").dropFirst()
            let command = words.prefix(words.first == "cassette" ? 2 : 1).map(String.init)
            let text = try help[command.joined()] ?? SimulatorProcess.run(command + ["--help"]).output
            help[command.joined()] = text
            for option in words.prefix(while: { $0 != "--" }) where option.hasPrefix("--") {
                #expect(text.contains(option), "\(option) of \(line)")
            }
        }
    }
}
