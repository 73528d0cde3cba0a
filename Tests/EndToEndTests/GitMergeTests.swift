import Foundation
import TestSupport
import Testing

/// Cassettes under version control, with the drivers that `cassette git-setup` sets, run by git itself.
@Suite("Cassettes in git")
struct GitMergeTests {
    let folder: TemporaryFolder
    private var repository: String { folder.path("repository") }

    init() throws {
        folder = try TemporaryFolder()
        try FileManager.default.createDirectory(atPath: repository, withIntermediateDirectories: true)
    }

    /// Runs git in the repository, with nobody's settings but the repository's.
    @discardableResult
    private func git(_ arguments: String...) throws -> SimulatorProcess.Outcome {
        try SimulatorProcess.run(
            "/usr/bin/env",
            ["git", "-C", repository] + arguments,
            environment: [
                "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null", "HOME": folder.url.path,
                "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com", "GIT_COMMITTER_NAME": "a",
                "GIT_COMMITTER_EMAIL": "a@example.com", "GIT_PAGER": "cat",
            ]
        )
    }

    /// Makes `session.cassette` of chats, question and answer.
    private func record(_ chats: [(String, String)]) throws {
        let interactions = chats.map { question, answer in
            """
            - request: {method: POST, uri: 'https://openrouter.ai/api/v1/chat/completions', headers: {},
                body: '{"messages":[{"role":"user","content":"\(question)"}]}'}
              response: {status: {code: 200, message: OK}, headers: {content-type: [application/json]},
                body: {string: '{"choices":[{"message":{"content":"\(answer)"}}]}'}}
            """
        }
        let file = folder.path("vcr.yaml")
        try Data(("interactions:\n" + interactions.joined(separator: "\n")).utf8).write(to: URL(filePath: file))
        let cassette = repository + "/session.cassette"
        try? FileManager.default.removeItem(atPath: cassette)
        let outcome = try SimulatorProcess.run(["cassette", "import", file, cassette])
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    /// The answers in their order, out of the exported text.
    private func answers() throws -> [String] {
        let outcome = try SimulatorProcess.run(["cassette", "git-textconv", repository + "/session.cassette"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        return outcome.output.matches(of: /"content": "(answer [^"]*)"/).map { String($0.1) }
    }

    private func commitRecording(of chats: [(String, String)], _ message: String) throws {
        try record(chats)
        try commit(message)
    }

    private func commit(_ message: String) throws {
        try git("add", "-A")
        #expect(try git("commit", "-qm", message).status == 0)
    }

    @Test("Two branches that recorded different things merge; the same request recorded twice is a conflict")
    func merge() throws {
        #expect(try git("init", "-qb", "main").status == 0)
        for _ in 0..<2 {
            let setup = try SimulatorProcess.run(["cassette", "git-setup", "--folder", repository])
            #expect(setup.status == 0, "\(setup.errors)")
            #expect(setup.output.contains("merge.openrouter-sim.driver"))
        }
        let attributes = try String(contentsOfFile: repository + "/.gitattributes", encoding: .utf8)
        #expect(
            attributes == "*.cassette -text diff=openrouter-sim merge=openrouter-sim\n",
            "once, however often set up"
        )

        try record([("one", "answer 1")])
        try commit("base")
        try git("checkout", "-qb", "branch")
        try commitRecording(of: [("one", "answer 1"), ("two", "answer 2")], "branch records")
        let shown = try git("show", "HEAD")
        #expect(shown.output.contains("+") && shown.output.contains("answer 2"), "\(shown.output)\(shown.errors)")
        try git("checkout", "-q", "main")
        try commitRecording(of: [("one", "answer 1"), ("three", "answer 3")], "main records")
        let merged = try git("merge", "-q", "--no-edit", "branch")
        #expect(merged.status == 0, "\(merged.output)\(merged.errors)")
        #expect(try answers() == ["answer 1", "answer 3", "answer 2"])
        #expect(try SimulatorProcess.run(["cassette", "verify", repository + "/session.cassette"]).status == 0)

        try git("checkout", "-qb", "other")
        try commitRecording(of: [("one", "answer 1"), ("four", "answer 4 there")], "other")
        try git("checkout", "-q", "main")
        try commitRecording(of: [("one", "answer 1"), ("four", "answer 4 here")], "main")
        let conflict = try git("merge", "-q", "--no-edit", "other")
        #expect(conflict.status == 1)
        let said = conflict.output + conflict.errors
        #expect(
            said.contains("session.cassette (ours) #2, session.cassette (theirs) #2: kept all, in sequence"),
            "\(said)"
        )
        #expect(try answers() == ["answer 1", "answer 4 here", "answer 4 there"], "a good cassette all the same")
    }
}
