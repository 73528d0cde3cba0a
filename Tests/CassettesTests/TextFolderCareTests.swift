import Foundation
import Tapes
import TestSupport
import Testing

@testable import Cassettes

@Suite("Folders of texts: rematch, recover, scan")
struct TextFolderCareTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private var path: String { folder.file("text") }

    private func record(_ interactions: [Interaction]) async throws {
        let writer = try CassetteWriter(path: path + "/")
        for interaction in interactions { _ = try await writer.append(Redactor().redact(interaction)) }
        try await writer.close()
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }

    private func all() throws -> [Interaction] {
        let cassette = try Cassette(path: path)
        return try cassette.index().map { try cassette.interaction($0.id).interaction }
    }

    @Test("Rematching names files by new fingerprints, keeps their order, and replay goes by the new rules")
    func rematch() async throws {
        try await record([.chat("at 2026-11-29"), .chat("other"), .chat("at 2026-11-30")])
        let (before, oldNames) = (try all(), try names())
        let rules = try MatchingRules(normalize: ["timestamps"])
        let result = try CassetteRematch(of: path) { $0.adding(rules) }
        #expect(
            result.text.replacing(folder.path + "/", with: "") == """
                text: 2 of 3 recordings have another fingerprint now (--normalize timestamps)
                  #1, #3 are one request now, and replay in this order
                """
        )
        #expect(try all() == before)
        let cassette = try Cassette(path: path)
        #expect(try cassette.matchingRules() == rules)
        let index = try cassette.index()
        #expect(index[0].fingerprint == index[2].fingerprint)
        let expected = index.enumerated().map { TextFileName(number: $0 + 1, fingerprint: $1.fingerprint).text }
        #expect(try names() == expected + ["cassette.yaml"])
        #expect(try names()[1] == oldNames[1])
        _ = try CassetteRematch(of: path + "/") { _ in .none }
        #expect(try names() == oldNames)
        #expect(try folder.names() == ["text"])
    }

    @Test("A folder that is being recorded into is not rematched")
    func locked() async throws {
        let writer = try CassetteWriter(path: path + "/")
        _ = try await writer.append(Redactor().redact(.chat("a")))
        #expect(throws: CassetteError.self) { try CassetteRematch(of: path) { $0 } }
        try await writer.close()
    }

    @Test("What can be read of a folder is saved in a new file, the rest is named")
    func recover() async throws {
        try await record([.chat("one"), .chat("two"), .chat("three")])
        let name = try names()[1]
        try folder.write(Array("format: 1\nrequest: [\n".utf8), to: "text/" + name)
        let recovery = try CassetteRecovery(of: path, into: folder.file("saved.cassette"))
        #expect(
            recovery.text.replacing(folder.path + "/", with: "") == """
                text: \(name): text/\(name):3:1: did not find expected node content while parsing a flow node
                saved.cassette: 2 recordings recovered, the above is lost
                """
        )
        let saved = try Cassette(path: folder.file("saved.cassette"))
        #expect(try saved.verify().isIntact)
        #expect(try saved.index().map(\.id) == [1, 3])
        #expect(try folder.mode("saved.cassette") == 0o600)
        let path = folder.file("saved.cassette")
        #expect(throws: CassetteError.exists(path: path)) { try CassetteRecovery(of: self.path, into: path) }
    }

    @Test("A folder of which nothing can be read gives no file")
    func nothing() async throws {
        try await record([.chat("one")])
        try folder.write(Array("[".utf8), to: "text/" + names()[0])
        #expect(throws: CassetteError.nothingIntact(path: path)) {
            try CassetteRecovery(of: path, into: folder.file("saved.cassette"))
        }
        #expect(try folder.names() == ["text"])
    }

    @Test("Fixing secrets in a folder names the files by the requests' new fingerprints")
    func fix() async throws {
        try await record([.chat("key {}"), .chat("two")])
        let name = try names()[0]
        let secret = "sk-or-v1-" + "0e6f44a47a05f1dad2ad7e88c4c1d6b77688157716fb1a5271146f7464951c96"
        let text = String(decoding: try folder.bytes("text/" + name), as: UTF8.self)
        try folder.write(Array(text.replacing("key {}", with: "key \(secret)").utf8), to: "text/" + name)
        var scan = SecretScan()
        await scan.scan([path], isFixing: true)
        #expect(scan.findings.count == 1)
        #expect(scan.unreadable.isEmpty)
        #expect(scan.text.hasSuffix("1 secrets in 1 of 3 files; 1 renamed by new fingerprints"))
        let entry = try #require(try Cassette(path: path).index().first)
        #expect(try names()[0] == TextFileName(number: 1, fingerprint: entry.fingerprint).text)
        let asked = Interaction.chat("key \(secret)").request
        #expect(entry.fingerprint == Fingerprinter(redactor: Redactor()).fingerprint(of: asked))
    }

    @Test("An empty file holds no secret")
    func empty() async throws {
        try folder.write([], to: "a.cassette")
        var scan = SecretScan()
        await scan.scan([folder.file("a.cassette")])
        #expect(scan.text == "0 secrets in 0 of 1 files")
    }
}
