import Foundation
import GRDB
import HTTPTypes
import NIOCore
import OpenRouterAPI
import Tapes
import TestSupport
import Testing

@testable import Cassettes

@Suite("Scanning files for secrets")
struct SecretScanTests {
    let folder: TemporaryFolder
    let secret = SecretShapes.all[0]

    init() throws {
        folder = try TemporaryFolder()
    }

    func scan(_ names: String..., isFixing: Bool = false) async -> SecretScan {
        var scan = SecretScan()
        await scan.scan(names.map(folder.file), isFixing: isFixing)
        return scan
    }

    /// Findings without the folder's name.
    func lines(_ scan: SecretScan) -> [String] {
        scan.findings.map { $0.description.replacing(folder.path + "/", with: "").replacing("./", with: "") }
    }

    @Test("Each shape is found in a text, by line and column, once, and masked", arguments: SecretShapes.all)
    func texts(_ secret: String) async throws {
        try folder.write(Array("a: b\nüx {\(secret)}\n".utf8), to: "a.yaml")
        let scan = await scan("a.yaml")
        #expect(scan.findings.map(\.place) == [.line(2, column: 5)])
        #expect(scan.findings.allSatisfy { !"\($0)".contains(secret.suffix(12)) && !$0.json.text.contains(secret) })
    }

    @Test("Look-alikes are not found", arguments: LookAlikes.all)
    func lookAlikes(_ text: String) async throws {
        try folder.write(Array("a: b\nx: \(text)\n- \(text)\n".utf8), to: "a.yaml")
        #expect(lines(await scan("a.yaml")) == [])
    }

    @Test("What stands before it tells a secret", arguments: SecretShapes.inContext)
    func contexts(_ context: String, _ secret: String) async throws {
        try folder.write(Array(context.replacing("{}", with: secret).utf8), to: "a.txt")
        #expect(await scan("a.txt").findings.count == 1)
    }

    @Test("Fields of HAR and of vcrpy's YAML are found, and fixed in place with the file's mode")
    func otherTools() async throws {
        let har = #"{"log":{"entries":[{"request":{"headers":[{"name":"X-Api-Key","value":"plain-secret"}]}}]}}"#
        let yaml = """
            interactions:
            - request:
                body: '{"model":"x"}'
                headers:
                  accept:
                  - '*/*'
                  x-api-key:
                  - plain-secret
                  Cookie:
                  - 'session=abc'
                uri: https://api.test/v1/x?api_key=other-secret
            """
        try folder.write(Array(har.utf8), to: "a.har")
        try folder.write(Array(yaml.utf8), to: "b.yaml")
        let found = lines(await scan("."))
        #expect(
            found == [
                "a.har:1:72: credential field, pla… (12 bytes)", "b.yaml:8:9: credential field, pla… (12 bytes)",
                "b.yaml:10:10: credential field, se… (11 bytes)",
                "b.yaml:11:40: value of a telling name, oth… (12 bytes)",
            ]
        )
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: folder.file("a.har"))
        let fixed = await scan("", isFixing: true)
        #expect(fixed.remaining == [])
        #expect(lines(await scan(".")) == [])
        #expect(try folder.mode("a.har") == 0o640)
        #expect(try folder.names() == ["a.har", "b.yaml"])
        let text = String(decoding: try folder.bytes("b.yaml"), as: UTF8.self)
        let placeholders = ["plain-secret", "session=abc", "other-secret"].reduce(yaml) {
            $0.replacing($1, with: Placeholder.text($1))
        }
        #expect(text == placeholders)
    }

    @Test("A cassette's findings name interaction, part and pointer; fixing rewrites and re-fingerprints it")
    func cassettes() async throws {
        let body = #"{"model":"m","messages":[{"role":"user","content":"key \#(secret)"}]}"#
        let stream = #"data: {"choices":[{"delta":{"content":"\#(secret)"}}]}"# + "\n\ndata: [DONE]\n\n"
        let unsafe = Interaction.make(
            request: .make(body, target: "/api/v1/chat/completions?api_key=hunter2-hunter2"),
            frames: [Frame(stream)],
            fields: [.contentType: "text/event-stream"]
        )
        let before = try await old(unsafe)
        let found = lines(await scan("a.cassette"))
        let excerpt = "\(secret.prefix(6))… (\(secret.utf8.count) bytes)"
        #expect(
            found == [
                "a.cassette: interaction 1, target: value of a telling name, hun… (15 bytes)",
                "a.cassette: interaction 1, request body /messages/0/content: Anthropic key, \(excerpt)",
                "a.cassette: interaction 1, answer body event 1 /choices/0/delta/content: Anthropic key, \(excerpt)",
            ]
        )
        let fixed = await scan("a.cassette", isFixing: true)
        #expect(fixed.remaining == [] && fixed.unreadable == [])
        #expect(lines(await scan("a.cassette")) == [])
        #expect(try folder.names() == ["a.cassette"])
        let bytes = try folder.bytes("a.cassette")
        #expect(bytes.withUnsafeBufferPointer { $0.firstRange(of: Array(secret.suffix(20).utf8)) } == nil)
        let cassette = try Cassette(path: folder.file("a.cassette"))
        let entry = try #require(try cassette.index().first)
        #expect(entry.fingerprint == Fingerprinter(redactor: Redactor()).fingerprint(of: unsafe.request))
        #expect(entry.fingerprint != before)
        #expect(try cassette.verify().isIntact)
        #expect(
            try cassette.interaction(entry.id).interaction
                == Redactor().redact(unsafe).interaction
                .at(cassette.path, entry.id)
        )
    }

    @Test("What older versions left in free pages is found and removed")
    func freePages() async throws {
        let filler = String(repeating: "x y ", count: 20_000)
        let interaction = Interaction.make(frames: [Frame(filler + " " + secret + " " + filler)])
        _ = try await old(interaction)
        let queue = try DatabaseQueue(path: folder.file("a.cassette"))
        try await queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA secure_delete = OFF")
            try db.execute(sql: "DELETE FROM interaction")
            try db.execute(sql: "DELETE FROM body")
        }
        try queue.close()
        let found = await scan("a.cassette")
        #expect(
            lines(found).map { $0.replacing(/byte \d+/, with: "byte N") } == [
                "a.cassette: deleted data at byte N: Anthropic key, sk-ant… (\(secret.utf8.count) bytes)"
            ]
        )
        _ = await scan("a.cassette", isFixing: true)
        #expect(lines(await scan("a.cassette")) == [])
    }

    @Test("What cannot be read is said, and does not hide the others")
    func unreadable() async throws {
        try folder.write(Array("SQLite format 3\0 and no more".utf8), to: "a.cassette")
        try folder.write(Array(secret.utf8), to: "b.txt")
        let scan = await scan("a.cassette", "none", "b.txt")
        #expect(scan.unreadable.count == 2)
        #expect(scan.unreadable.last?.contains("no such file, or not permitted") == true)
        #expect(scan.findings.count == 1)
        #expect(scan.fileCount == 3)
    }

    /// Writes an interaction as a version would have that knew no secrets.
    ///
    /// - Returns: Its fingerprint.
    private func old(_ interaction: Interaction) async throws -> Fingerprint {
        let writer = try CassetteWriter(path: folder.file("a.cassette"))
        let unredacted = RedactedInteraction(trusting: interaction)
        _ = try await writer.append(unredacted)
        try await writer.close()
        return unredacted.fingerprint
    }
}

extension Interaction {
    /// As it is read from a cassette.
    fileprivate func at(_ file: String, _ id: Int64) -> Interaction {
        var copy = self
        copy.tape.origin = Origin(.cassette(file: file, interaction: id))
        return copy
    }
}
