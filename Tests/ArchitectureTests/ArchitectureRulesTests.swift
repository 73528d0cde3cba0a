internal import Testing

/// Shows that each rule fails when it is broken.
@Suite("Architecture rules")
struct ArchitectureRulesTests {
    struct Broken: CustomTestStringConvertible {
        let path: String
        let text: String
        let expected: [String]

        /// Makes an example that breaks rules; `expected` holds the beginnings of the violations' descriptions.
        init(_ path: String, _ text: String, _ expected: String...) {
            self.path = path
            self.text = text
            self.expected = expected
        }

        var testDescription: String { "\(path): \(summary(of: text))" }
    }

    struct Kept: CustomTestStringConvertible {
        let path: String
        let text: String

        init(_ path: String, _ text: String) {
            self.path = path
            self.text = text
        }

        var testDescription: String { "\(path): \(summary(of: text))" }
    }

    @Test(
        "A broken rule is found, with its place and what to do",
        arguments: [
            // Third-party modules.
            Broken(
                "Sources/Simulation/A.swift",
                "internal import Tapes\ninternal import GRDB\n",
                "Sources/Simulation/A.swift:2: Only Cassettes may import GRDB. Put what Simulation needs of it"
            ),
            Broken(
                "Sources/SimulatorServer/A.swift",
                "internal import NIOHTTP1",
                "Sources/SimulatorServer/A.swift:1: Only Playback and Recording may import NIOHTTP1."
            ),
            Broken(
                "Sources/Tapes/A.swift",
                "package import SwiftSyntax",
                "Sources/Tapes/A.swift:1: The module SwiftSyntax is not in the table. Give it one owner"
            ),
            Broken(
                "Sources/ServerSentEvents/A.swift",
                "internal import NIOCore",
                "Sources/ServerSentEvents/A.swift:1: NIOCore is for Tapes and the targets after it."
            ),
            Broken(
                "Sources/OpenRouterAPI/JSON/A.swift",
                "internal import Foundation",
                "Sources/OpenRouterAPI/JSON/A.swift:1: OpenRouterAPI works without Foundation."
            ),
            Broken(
                "Sources/Simulation/A.swift",
                "@preconcurrency package import struct ArgumentParser.Flag",
                "Sources/Simulation/A.swift:1: Only SimulatorCommands may import ArgumentParser."
            ),
            // Own targets.
            Broken(
                "Sources/Tapes/A.swift",
                "internal import Playback",
                "Sources/Tapes/A.swift:1: Tapes comes before Playback in the table, so it must not know it."
            ),
            Broken(
                "Sources/Simulation/A.swift",
                "internal import Cassettes",
                "Sources/Simulation/A.swift:1: Simulation must not import Cassettes. Pass in what it needs"
            ),
            Broken(
                "Sources/SimulatorServer/A.swift",
                "internal import ChildProcesses",
                "Sources/SimulatorServer/A.swift:1: SimulatorServer must not import ChildProcesses."
            ),
            Broken(
                "Sources/openrouter-sim/main.swift",
                "internal import Tapes",
                "Sources/openrouter-sim/main.swift:1: openrouter-sim must not import Tapes."
            ),
            Broken("Sources/Tapes/A.swift", "internal import Tapes", "Sources/Tapes/A.swift:1: Tapes imports itself."),
            Broken(
                "Sources/Helpers/A.swift",
                "let a = 1",
                "Sources/Helpers/A.swift:1: The target Helpers is not in the table. Add a row"
            ),
            Broken("Sources/A.swift", "let a = 1", "Sources/A.swift:1: This file is in no target."),
            // Access levels.
            Broken(
                "Sources/Tapes/A.swift",
                "// A file.\n\nimport NIOCore",
                "Sources/Tapes/A.swift:3: The import of NIOCore has no access level. Write 'internal import NIOCore'."
            ),
            Broken(
                "Sources/Tapes/A.swift",
                "#if canImport(Glibc)\n    import Glibc\n#endif",
                "Sources/Tapes/A.swift:2: The import of Glibc has no access level."
            ),
            Broken(
                "Sources/Tapes/A.swift",
                "import GRDB",
                "Sources/Tapes/A.swift:1: The import of GRDB has no access level.",
                "Sources/Tapes/A.swift:1: Only Cassettes may import GRDB."
            ),
            // Words.
            Broken("Sources/Tapes/A.swift", "let a = try! f()", "Sources/Tapes/A.swift:1: 'try!' crashes"),
            Broken("Sources/Tapes/A.swift", "\nlet a = b as! C", "Sources/Tapes/A.swift:2: 'as!' crashes"),
            Broken("Sources/Tapes/A.swift", "fatalError(\"no\")", "Sources/Tapes/A.swift:1: Throw an error"),
            Broken("Sources/Tapes/A.swift", "a(\"\\(b(\"c\"))\")\ntry! d()", "Sources/Tapes/A.swift:2: 'try!' crashes"),
            Broken("Sources/Tapes/A.swift", "let a = \".build/debug\"", "Sources/Tapes/A.swift:1: The build folder"),
            Broken("Sources/Tapes/A.swift", "let a = \"a/.build\"", "Sources/Tapes/A.swift:1: The build folder"),
            // Length.
            Broken(
                "Sources/Tapes/A.swift",
                String(repeating: "// A line.\n", count: 501),
                "Sources/Tapes/A.swift:501: The file has 501 lines, over 500. Look for the second idea in it."
            ),
        ]
    )
    func broken(_ example: Broken) {
        let file = SourceFile(path: example.path, text: example.text)
        let found = ArchitectureRules.current.violations(in: [file]).map(\.description)
        #expect(found.count == example.expected.count, "\(found)")
        for (description, expected) in zip(found, example.expected) {
            #expect(description.hasPrefix(expected), "\(description)")
        }
    }

    @Test(
        "What keeps to the rules is not complained about",
        arguments: [
            Kept(
                "Sources/Cassettes/A.swift",
                "internal import CXXHash\ninternal import GRDB\npackage import NIOCore\n"
            ),
            Kept("Sources/Recording/A.swift", "internal import AsyncHTTPClient\ninternal import NIOHTTP1\n"),
            Kept("Sources/SimulatorServer/A.swift", "@preconcurrency internal import Hummingbird\n"),
            Kept("Sources/openrouter-sim/main.swift", "internal import SimulatorCommands\n"),
            Kept(
                "Sources/Tapes/A.swift",
                "internal import struct NIOCore.ByteBuffer\ninternal import Synchronization\n"
            ),
            Kept("Sources/Tapes/A.swift", "// import GRDB\n/* import GRDB /* try! */ as! */\nlet a = 1\n"),
            Kept("Sources/Tapes/A.swift", "let help = \"\"\"\n    import GRDB\n    try! it \\(a(\")\"))\n    \"\"\"\n"),
            Kept("Sources/Tapes/A.swift", "let a = #\"a \" try! \\(\"#\nlet b = \"\\\" as! fatalError(\"\n"),
            Kept(
                "Sources/Tapes/A.swift",
                "let important = importer.import(b)\nlet c = canTry != d, has = alias != e\n"
            ),
            Kept("Sources/Tapes/A.swift", "router.buildResponder()\nrouter.build()\n// See .build/debug.\n"),
            Kept("Sources/Tapes/A.swift", String(repeating: "// A line.\n", count: 500)),
        ]
    )
    func kept(_ example: Kept) {
        let file = SourceFile(path: example.path, text: example.text)
        #expect(ArchitectureRules.current.violations(in: [file]) == [])
    }

    @Test("Violations of several files come in the order of files and lines")
    func order() {
        let files = [
            SourceFile(path: "Sources/Tapes/A.swift", text: "let a = try! b()\nimport NIOCore\n"),
            SourceFile(path: "Sources/Tapes/B.swift", text: "import NIOCore\n"),
        ]
        let places = ArchitectureRules.current.violations(in: files).map { "\($0.path):\($0.line)" }
        #expect(places == ["Sources/Tapes/A.swift:1", "Sources/Tapes/A.swift:2", "Sources/Tapes/B.swift:1"])
    }
}

/// The beginning of a text on one line, for the names of test cases.
private func summary(of text: String) -> String {
    String(text.prefix(60)).split(separator: "\n").joined(separator: " / ")
}
