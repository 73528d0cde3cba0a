import Foundation
import TestSupport
import Testing

/// Worlds that outlive their server.
@Suite("State file")
struct StateTests {
    private static let chat =
        #"{"model":"openai/gpt-4o-mini","messages":[{"role":"user","content":"Hi"}],"stream":false}"#

    /// An answer to a key, with `sk-or-v1-test` for the one who manages.
    private static func ask(
        _ method: String,
        _ path: String,
        body: String = "",
        key: String = "sk-or-v1-test",
        of server: SimulatorProcess
    ) throws -> HTTPExchange {
        try HTTPExchange(
            method,
            "/api/v1" + path,
            body: body,
            fields: ["Authorization: Bearer \(key)"],
            port: server.port
        )
    }

    /// `/key`, `/credits`, the keys, the last generation, and the presets, as a client sees them.
    private static func views(_ server: SimulatorProcess, key: String, generation: String) throws -> [String] {
        let own = ["/key", "/generation?id=\(generation)", "/generation/content?id=\(generation)"]
        return try own.map { try ask("GET", $0, key: key, of: server).body }
            + ["/credits", "/keys", "/presets"].map { try ask("GET", $0, of: server).body }
    }

    private static func member(_ name: String, of body: String) throws -> String {
        let pattern = try Regex("\"\(name)\":\"([^\"]*)\"")
        let match = try #require(try pattern.firstMatch(in: body))
        return String(try #require(match.output[1].substring))
    }

    @Test("A server goes on with the keys, ledgers, generations and presets of the one before it")
    func restart() throws {
        let folder = try TemporaryFolder()
        let file = folder.path("worlds.sqlite")
        let first = try SimulatorProcess(["serve", "--state", file])
        defer { first.stop() }
        let created = try Self.ask("POST", "/keys", body: #"{"name":"ci"}"#, of: first)
        let key = try Self.member("key", of: created.body)
        let answer = try Self.ask("POST", "/chat/completions", body: Self.chat, key: key, of: first)
        let generation = try Self.member("id", of: answer.body)
        #expect(try Self.ask("POST", "/presets/brief/chat/completions", body: Self.chat, of: first).status == 200)
        let before = try Self.views(first, key: key, generation: generation)
        #expect(before.allSatisfy { !$0.hasPrefix(#"{"error""#) }, "\(before)")
        #expect(first.stop().status == 0)

        let second = try SimulatorProcess(["serve", "--state", file])
        defer { second.stop() }
        #expect(try Self.views(second, key: key, generation: generation) == before)
        let again = try Self.ask("POST", "/chat/completions", body: Self.chat, key: key, of: second)
        #expect(try Self.member("id", of: again.body).suffix(20) != generation.suffix(20))
        // No key is in the file.
        second.stop()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        #expect(bytes.range(of: Data(key.utf8)) == nil)
        #expect(bytes.range(of: Data("sk-or-v1-test".utf8)) == nil)
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("What was saved before a kill is there")
    func kill() throws {
        let folder = try TemporaryFolder()
        let file = folder.path("worlds.sqlite")
        let first = try SimulatorProcess(["serve", "--state", file])
        defer { first.stop() }
        let hash = try Self.createSavedKey(by: first, in: file)
        // Its bytes may be there before they count; once those of a later save are, it has been saved.
        _ = try Self.createSavedKey(by: first, in: file)
        first.kill(SIGKILL)
        _ = first.wait()
        let second = try SimulatorProcess(["serve", "--state", file])
        defer { second.stop() }
        #expect(try Self.ask("GET", "/keys/\(hash)", of: second).status == 200)
    }

    /// Creates a key, and waits until the file holds its hash.
    private static func createSavedKey(by server: SimulatorProcess, in file: String) throws -> String {
        let created = try ask("POST", "/keys", body: #"{"name":"ci"}"#, of: server)
        let hash = try member("hash", of: created.body)
        let deadline = ContinuousClock.now + .seconds(120)
        while try Data(contentsOf: URL(fileURLWithPath: file)).range(of: Data(hash.utf8)) == nil {
            try #require(ContinuousClock.now < deadline, "the key is not saved")
            #expect(try ask("GET", "/models/count", of: server).status == 200)
        }
        return hash
    }

    @Test("Two servers do not share a file, and other people's files are not taken")
    func refusals() throws {
        let folder = try TemporaryFolder()
        let file = folder.path("worlds.sqlite")
        let first = try SimulatorProcess(["serve", "--state", file])
        defer { first.stop() }
        let second = try SimulatorProcess.run(["serve", "--port", "0", "--state", file])
        #expect(second.status == 2)
        #expect(second.errors.contains("another server keeps its worlds in this file. Stop it, or name another file."))

        let text = folder.path("notes.txt")
        try String(repeating: "not a database ", count: 100).write(toFile: text, atomically: true, encoding: .utf8)
        let refused = try SimulatorProcess.run(["serve", "--port", "0", "--state", text])
        #expect(refused.status == 2)
        #expect(refused.errors.contains("notes.txt: is not a file of worlds."))
        let missing = try SimulatorProcess.run(["serve", "--port", "0", "--state", folder.path("no/such/file")])
        #expect(missing.status == 2)
        #expect(missing.errors.contains("does not exist. Create it first."))
    }
}
