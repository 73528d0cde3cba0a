import Foundation
import GRDB
import NIOCore
import Tapes
import Testing

@testable import Cassettes

@Suite("Older versions of the format")
struct MigrationTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// The fixture of a version as a file of the folder.
    func cassette(ofVersion version: Int32) throws -> String {
        let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
        let file = folder.file("\(version).cassette")
        try FileManager.default.copyItem(
            atPath: fixtures.appending(path: "version-\(version).cassette").path,
            toPath: file
        )
        return file
    }

    func version(_ path: String) throws -> Int32? {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { try Int32.fetchOne($0, sql: "PRAGMA user_version") }
    }

    /// Replays both recordings of every fixture: a chat of one answer, and one that is streamed.
    func expectRecordings(_ path: String) throws {
        let cassette = try Cassette(path: path)
        let index = try cassette.index()
        let fingerprinter = Fingerprinter(redactor: Redactor(), rules: try cassette.matchingRules())
        for (place, text) in ["Hello", "Bye"].enumerated() {
            #expect(index[place].fingerprint == fingerprinter.fingerprint(of: Interaction.chat(text).request))
        }
        #expect(try cassette.interaction(index[0]).interaction.body == #"{"choices":[{"message":{"content":"Hi"}}]}"#)
        let streamed = try cassette.interaction(index[1]).interaction.tape
        #expect(streamed.frames.map { String(buffer: $0.bytes) } == ["data: {}\n\n", "data: [DONE]\n\n"])
        #expect(streamed.frames.map(\.gap) == [.zero, .milliseconds(5)])
    }

    static let versions = CassetteFormat.firstVersion...CassetteFormat.version

    @Test("There is a step to every version, in order, each with a name of its own")
    func steps() {
        #expect(CassetteMigration.all.map(\.version) == Array(Self.versions.dropFirst()))
        #expect(CassetteMigration.all.map(\.name) == ["matching rules", "index for near misses"])
    }

    @Test("A file of any version replays as it is, and is not written to", arguments: versions)
    func reading(_ version: Int32) throws {
        let path = try cassette(ofVersion: version)
        let before = try folder.bytes("\(version).cassette")
        #expect(try self.version(path) == version)
        try expectRecordings(path)
        #expect(try Cassette(path: path).matchingRules() == .none)
        #expect(try Cassette(path: path).verify().text == "\(path): intact, 2 interactions, 4 bodies")
        #expect(try folder.bytes("\(version).cassette") == before)
    }

    @Test("A recorder brings a file of any version up to date and goes on in it", arguments: versions)
    func writing(_ version: Int32) async throws {
        let path = try cassette(ofVersion: version)
        let writer = try CassetteWriter(path: path)
        #expect(try await writer.append(Redactor().redact(.chat("new"))) == 3)
        try await writer.close()
        #expect(try self.version(path) == CassetteFormat.version)
        try expectRecordings(path)
        #expect(try Cassette(path: path).verify().text == "\(path): intact, 3 interactions, 5 bodies")
    }

    @Test("Rematching and recovering bring a file of any version up to date", arguments: versions)
    func care(_ version: Int32) throws {
        let path = try cassette(ofVersion: version)
        let output = folder.file("recovered.cassette")
        #expect(try CassetteRecovery(of: path, into: output).isComplete)
        try expectRecordings(output)
        #expect(try self.version(output) == CassetteFormat.version)
        let rules = try MatchingRules(ignore: ["/messages/*/content"])
        #expect(try CassetteRematch(of: path) { $0.adding(rules) }.collisions.map(\.ids) == [[1, 2]])
        #expect(try self.version(path) == CassetteFormat.version)
    }

    @Test("A migration that cannot be finished leaves the older version")
    func failing() throws {
        let path = try cassette(ofVersion: 1)
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA query_only = ON")
            #expect(throws: DatabaseError.self) { try CassetteMigration.migrate(db) }
        }
        try queue.close()
        #expect(try version(path) == 1)
        try expectRecordings(path)
    }

    @Test("A newer file is refused by everything, and not changed")
    func newer() throws {
        let path = try cassette(ofVersion: 1)
        let queue = try DatabaseQueue(path: path)
        let newer = CassetteFormat.version + 1
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = \(newer)") }
        try queue.close()
        let before = try folder.bytes("1.cassette")
        let error = CassetteError.newerVersion(path: path, version: Int(newer))
        #expect(throws: error) { try Cassette(path: path) }
        #expect(throws: error) { try CassetteWriter(path: path) }
        #expect(throws: error) { try CassetteRematch(of: path) { $0 } }
        #expect(throws: error) { try CassetteRecovery(of: path, into: folder.file("new.cassette")) }
        #expect(try folder.bytes("1.cassette") == before)
        #expect(try folder.names() == ["1.cassette"])
    }
}
