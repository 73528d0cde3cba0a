import Foundation
import TestSupport
import Testing

/// What the pages tell a reader to do is done, one page after the other as a reader would.
@Suite("The guides")
struct GuideTests {
    /// All pages, by their paths in the package.
    static let pages: [String] = {
        let folder = SimulatorProcess.packageFolder
        let manager = FileManager.default
        let parents = ["", "docs", "deploy"].map { ($0, false) } + ["Clients", "Examples"].map { ($0, true) }
        return parents.flatMap { parent, isOfFolders in
            let names = (try? manager.contentsOfDirectory(atPath: folder.appendingPathComponent(parent).path)) ?? []
            let paths = names.map { parent.isEmpty ? $0 : "\(parent)/\($0)" }
            return isOfFolders ? paths.map { $0 + "/README.md" } : paths.filter { $0.hasSuffix(".md") }
        }
        .filter { manager.fileExists(atPath: folder.appendingPathComponent($0).path) }.sorted()
    }()

    private static func text(of page: String) throws -> String {
        try String(contentsOf: SimulatorProcess.packageFolder.appendingPathComponent(page), encoding: .utf8)
    }

    /// `guide.py` says what is done with each kind of block, and how one that cannot be run says why.
    @Test("run as they are written", arguments: pages)
    func runs(page: String) throws {
        let folder = SimulatorProcess.packageFolder
        let outcome = try SimulatorProcess.run(
            folder.appendingPathComponent(".venv/bin/python").path,
            [
                folder.appendingPathComponent("Tests/EndToEndTests/Clients/guide.py").path,
                folder.appendingPathComponent(page).path,
            ],
            environment: ["OPENROUTER_SIM_BINARY": SimulatorProcess.binary.path]
        )
        #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
    }

    @Test("link to what there is", arguments: pages)
    func links(page: String) throws {
        let text = try Self.text(of: page)
        let folder = SimulatorProcess.packageFolder.appendingPathComponent(page).deletingLastPathComponent()
        for match in text.matches(of: /\]\((?<path>[^)#\s]*)(?:#(?<heading>[^)\s]*))?\)/) {
            let path = String(match.path)
            guard !path.contains(":") else { continue }
            let target =
                path.isEmpty
                ? SimulatorProcess.packageFolder.appendingPathComponent(page) : folder.appendingPathComponent(path)
            #expect(FileManager.default.fileExists(atPath: target.path), "\(page) links to \(path)")
            guard let heading = match.heading, target.pathExtension == "md" else { continue }
            let headings = try String(contentsOf: target, encoding: .utf8).split(separator: "\n")
                .filter { $0.hasPrefix("#") }.map(Self.anchor)
            #expect(headings.contains(String(heading)), "\(page) links to \(path)#\(heading)")
        }
    }

    @Test("of the library names symbols that there are")
    func library() throws {
        let folder = try TemporaryFolder()
        let script = SimulatorProcess.packageFolder.appendingPathComponent("scripts/make-docc").path
        let outcome = try SimulatorProcess.run(script, [folder.path("library.doccarchive")])
        #expect(outcome.status == 0, "\(outcome.errors)\(outcome.output)")
    }

    @Test("are all in the index")
    func index() throws {
        let index = try Self.text(of: "docs/README.md")
        for page in Self.pages where page.hasPrefix("docs/") && page != "docs/README.md" {
            #expect(index.contains("](\(page.dropFirst("docs/".count)))"), "\(page)")
        }
    }

    /// The fragment that GitHub gives a heading.
    private static func anchor(of heading: Substring) -> String {
        String(
            heading.drop { $0 == "#" }.drop { $0 == " " }.lowercased().compactMap { character in
                character == " "
                    ? "-" : character.isLetter || character.isNumber || "-_".contains(character) ? character : nil
            }
        )
    }
}
