import Foundation
import TestSupport
import Testing

/// The page on cassettes, held against the real program.
@Suite("Documentation of cassettes")
struct CassetteDocumentationTests {
    private static func page() throws -> String {
        let url = SimulatorProcess.packageFolder.appendingPathComponent("docs/cassettes.md")
        return try String(contentsOf: url, encoding: .utf8)
    }

    private static func blocks(_ language: String, in page: some StringProtocol) -> [String] {
        page.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
    }

    @Test("has a session from the recording to the mended miss that works as written")
    func session() throws {
        let page = try Self.page()
        let start = try #require(page.range(of: "## A session"))
        let end = try #require(page.range(of: "## What is kept"))
        let section = page[start.lowerBound..<end.lowerBound]
        let upstream = try SimulatorProcess(["serve"])
        defer { upstream.stop() }
        let folder = try TemporaryFolder()
        let blocks = Self.blocks("sh", in: section)
        #expect(blocks.count == 5)
        // Free a moment ago; the page needs a port that is known before the recorder starts.
        let occupant = try RawServer { _ in }
        let port = occupant.port
        occupant.stop()
        let script = "cd '\(folder.url.path)'\n" + blocks.joined().replacingOccurrences(of: "6464", with: String(port))
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let outcome = try SimulatorProcess.run(
            "/bin/sh",
            ["-ec", script],
            environment: [
                "PATH": SimulatorProcess.binary.deletingLastPathComponent().path + ":" + path,
                "OPENROUTER_API_KEY": "sk-or-v1-test",
                "OPENROUTER_SIM_UPSTREAM": upstream.baseURL,
                // `run` takes a free port all the same.
                "OPENROUTER_SIM_PORT": String(port),
            ]
        )
        #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
        let miss = try #require(
            section.components(separatedBy: "```\nmiss: ").last?.components(separatedBy: "```").first
        )
        #expect(outcome.errors.contains("miss: " + miss), "\(outcome.errors)")
        for text in [
            "exit status 22\n", "0 secrets in 0 of 1 files\n", "recordings/: 1 files written",
            "session.cassette: 1 of 1 recording has another fingerprint now (--ignore /user)\n",
            "session.cassette: intact, 1 interactions, 2 bodies\n",
        ] {
            #expect(outcome.output.contains(text), "\(text) in \(outcome.output)")
        }
        #expect(outcome.output.components(separatedBy: "\"chat.completion\"").count >= 3)
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
