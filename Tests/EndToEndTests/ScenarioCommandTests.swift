import Foundation
import OpenRouterAPI
import TestSupport
import Testing

/// The commands `scenario …`: what they print where, and their exit status.
@Suite("Scenario commands")
struct ScenarioCommandTests {
    private static let good = "name: good\ndescription: Fine.\nrules:\n  - respond: { text: Hello. }\n"
    private static let bad = "name: bad\nruls: []\nrules:\n  - match: { endpoint: chatt }\n    respond: { txt: hi }\n"
    private static let shadowed = "name: shadowed\nrules:\n  - respond: { text: A }\n  - respond: { text: B }\n"

    /// A folder with a file of each kind.
    private static func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (name, text) in [("good.yaml", good), ("bad.yaml", bad), ("shadowed.yaml", shadowed)] {
            try text.write(toFile: folder.path(name), atomically: true, encoding: .utf8)
        }
        return folder
    }

    @Test("check says what is fine on stdout, and everything that is wrong in all files on stderr, with status 2")
    func check() throws {
        let folder = try Self.folder()
        let good = folder.path("good.yaml")
        let fine = try SimulatorProcess.run(["scenario", "check", good])
        #expect(fine.status == 0 && fine.errors.isEmpty)
        #expect(fine.output == "\(good): good, 1 rule, fine\n")

        let bad = folder.path("bad.yaml")
        let wrong = try SimulatorProcess.run(["scenario", "check", bad, good])
        #expect(wrong.status == 2)
        #expect(wrong.output == "\(good): good, 1 rule, fine\n")
        let lines = wrong.errors.split(separator: "\n").map(String.init)
        try #require(lines.count == 3, "\(wrong.errors)")
        #expect(lines[0].hasPrefix("\(bad):2:1: unknown key 'ruls' in a scenario. Did you mean 'rules'? Valid: name, "))
        #expect(lines[1].hasPrefix("\(bad):4:24: unknown endpoint 'chatt'. Did you mean 'chat'? Valid: chat, "))
        #expect(lines[2].hasPrefix("\(bad):5:16: unknown key 'txt' in a response. Did you mean 'text'? Valid: error, "))

        let shadowed = try SimulatorProcess.run(["scenario", "check", folder.path("shadowed.yaml")])
        #expect(shadowed.status == 0)
        #expect(shadowed.errors.contains("shadowed.yaml:4:5: warning: "), "\(shadowed.errors)")

        let json = try SimulatorProcess.run(["scenario", "check", "--json", bad])
        #expect(json.status == 2 && json.errors.isEmpty, "\(json.errors)")
        let root = try JSONDocument(parsing: json.output.utf8).root
        #expect(root["errors"]?.count == 3)
    }

    @Test("serve refuses a file with the same errors")
    func serve() throws {
        let folder = try Self.folder()
        let checked = try SimulatorProcess.run(["scenario", "check", folder.path("bad.yaml")])
        let served = try SimulatorProcess.run(["serve", "--port", "0", folder.path("bad.yaml")])
        #expect(served.status == 2)
        #expect(served.errors == "Error: " + checked.errors)
    }

    @Test("list shows names and descriptions, of the library and of folders")
    func list() throws {
        let folder = try TemporaryFolder()
        try Self.good.write(toFile: folder.path("good.yaml"), atomically: true, encoding: .utf8)
        let own = try SimulatorProcess.run(["scenario", "list", folder.url.path])
        #expect(own.status == 0 && own.output == "good  Fine.\n", "\(own.output)\(own.errors)")
        let builtIn = try SimulatorProcess.run(["scenario", "list"])
        #expect(builtIn.output.contains("\nprovider-fallback            The first provider is overloaded, and "))
        let empty = try TemporaryFolder()
        let none = try SimulatorProcess.run(["scenario", "list", empty.url.path])
        #expect(
            none.status == 2 && none.errors.contains("no scenario in this folder. Expected files such as 'flaky.yaml'.")
        )
    }

    @Test("show prints a file that can be served, and the nearest name for one that there is not")
    func show() throws {
        let folder = try TemporaryFolder()
        let shown = try SimulatorProcess.run(["scenario", "show", "provider-fallback"])
        #expect(shown.status == 0)
        try shown.output.write(toFile: folder.path("mine.yaml"), atomically: true, encoding: .utf8)
        #expect(try SimulatorProcess.run(["scenario", "check", folder.path("mine.yaml")]).status == 0)
        let unknown = try SimulatorProcess.run(["scenario", "show", "provder-fallback"])
        #expect(unknown.status == 2 && unknown.output.isEmpty)
        #expect(
            unknown.errors.contains(
                "'provder-fallback' is neither a built-in scenario nor a file. Did you mean 'provider-fallback'?"
            ),
            "\(unknown.errors)"
        )
    }

    @Test("schema prints a JSON Schema")
    func schema() throws {
        let schema = try SimulatorProcess.run(["scenario", "schema"])
        #expect(schema.status == 0)
        let root = try JSONDocument(parsing: schema.output.utf8).root
        #expect(root["$schema"]?.string == "https://json-schema.org/draft/2020-12/schema")
        #expect(root["$defs"]?["scenario"]?["required"]?.elements.compactMap(\.string).contains("rules") == true)
    }

    @Test("a wrong --scenario names the nearest one", arguments: [["serve"], ["run"]])
    func wrongName(command: [String]) throws {
        let rest = command == ["run"] ? ["--", "true"] : []
        let outcome = try SimulatorProcess.run(command + ["--port", "0", "--scenario", "provider-falback"] + rest)
        #expect(outcome.status == 2)
        #expect(
            outcome.errors.contains(
                "'provider-falback' is invalid for '--scenario <name|file>': There is no scenario of this name. "
                    + "Did you mean 'provider-fallback'? Valid: ok, "
            ),
            "\(outcome.errors)"
        )
    }
}
