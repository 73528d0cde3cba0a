import Foundation
import GRDB
import NIOCore
import OpenRouterAPI
import Tapes
import Testing

@testable import Cassettes

@Suite("Rules in a cassette")
struct RematchTests {
    let folder: TemporaryFolder
    var path: String { folder.file("a.db") }

    init() throws {
        folder = try TemporaryFolder()
    }

    func record(_ texts: [String], rules: MatchingRules? = nil) async throws {
        let writer = try CassetteWriter(path: path, rules: rules)
        for text in texts { _ = try await writer.append(Redactor().redact(.chat(text))) }
        try await writer.close()
    }

    func all() throws -> [StoredInteraction] {
        let cassette = try Cassette(path: path)
        return try cassette.index().map { try cassette.interaction($0) }
    }

    @Test("What is recorded under rules is found under the rules of the file, by later sessions too")
    func recording() async throws {
        let rules = try MatchingRules(normalize: ["timestamps"])
        try await record(["at 2026-11-29"], rules: rules)
        try await record(["at 2026-11-30"])
        let cassette = try Cassette(path: path)
        #expect(try cassette.matchingRules() == rules)
        let fingerprinter = Fingerprinter(redactor: Redactor(), rules: try cassette.matchingRules())
        let asked = fingerprinter.fingerprint(of: Interaction.chat("at 2027-01-01").request)
        #expect(try cassette.index().map(\.fingerprint) == [asked, asked])
        #expect(try cassette.verify().isIntact)
    }

    @Test("A recorder with other rules is sent to rematch, one with the same or none records")
    func otherRules() async throws {
        let rules = try MatchingRules(ignore: ["/seed"])
        try await record(["a"], rules: rules)
        try await record(["b"], rules: rules)
        let other = try MatchingRules(ignore: ["/messages/*/id"])
        let error = #expect(throws: CassetteError.self) { try CassetteWriter(path: path, rules: other) }
        #expect(error == .otherRules(path: path, stored: rules, asked: other))
        #expect(
            error?.description.replacing(folder.path + "/", with: "")
                == "a.db: the cassette has other rules for matching (--ignore /seed) than were given "
                + "(--ignore '/messages/*/id'). Leave them out to record by those of the cassette, or change those with "
                + "'openrouter-sim cassette rematch a.db --clear --ignore '/messages/*/id''."
        )
        let cleared = #expect(throws: CassetteError.self) { try CassetteWriter(path: path, rules: MatchingRules.none) }
        #expect(cleared?.description.hasSuffix("rematch \(path) --clear'.") == true)
        #expect(try folder.names() == ["a.db"], "no lock and no log are left")
        #expect(try all().count == 2)
    }

    @Test("A cassette without recordings takes new rules")
    func empty() async throws {
        try await record([])
        let rules = try MatchingRules(ignore: ["/seed"])
        try await record(["a"], rules: rules)
        #expect(try Cassette(path: path).matchingRules() == rules)
    }

    @Test("Rematching changes fingerprints and nothing else, and says what falls together")
    func rematch() async throws {
        try await record(["at 2026-11-29", "other", "at 2026-11-30", "other"])
        let before = try all()
        let rules = try MatchingRules(normalize: ["timestamps"])
        let result = try CassetteRematch(of: path) { $0.adding(rules) }
        #expect(
            result.text.replacing(folder.path + "/", with: "") == """
                a.db: 2 of 4 recordings have another fingerprint now (--normalize timestamps)
                  #1, #3 are one request now, and replay in this order
                """
        )
        #expect(result.json.description.contains(#""recordings":4,"changed":2,"collisions":[{"fingerprint":""#))
        let after = try all()
        #expect(after.map(\.interaction) == before.map(\.interaction))
        #expect(after.map(\.upstream) == before.map(\.upstream))
        #expect(after[0].fingerprint == after[2].fingerprint)
        #expect(after[1].fingerprint == before[1].fingerprint)
        #expect(try Cassette(path: path).verify().isIntact)
        #expect(try folder.names() == ["a.db"])

        let cleared = try CassetteRematch(of: path) { _ in .none }
        #expect((cleared.changedCount, cleared.collisions.count) == (2, 0))
        #expect(try all() == before)
    }

    @Test("A damaged recording leaves everything as it was")
    func damaged() async throws {
        try await record(["at 2026-11-29", "b"])
        let other = try DatabaseQueue(path: path)
        try await other.writeWithoutTransaction {
            try $0.execute(sql: "UPDATE interaction SET status = 500 WHERE id = 2")
        }
        try other.close()
        let before = try folder.bytes("a.db")
        let rules = try MatchingRules(normalize: ["timestamps"])
        let damage = CassetteError.damaged(path: path, place: "interaction 2", check: RecordDamage.checksum.check)
        #expect(throws: damage) { try CassetteRematch(of: path) { _ in rules } }
        #expect(try folder.bytes("a.db") == before)
        #expect(try folder.names() == ["a.db"])
    }

    @Test("A cassette that is being recorded is not rematched")
    func locked() async throws {
        let writer = try CassetteWriter(path: path)
        let error = #expect(throws: CassetteError.self) { try CassetteRematch(of: path) { $0 } }
        #expect(error?.description.contains("another recorder") == true)
        try await writer.close()
    }

    @Test(
        "Rules that were tampered with are not used",
        arguments: [
            ("UPDATE metadata SET value = '{}' WHERE key = 'matching_rules'", "their hash does not match"),
            ("DELETE FROM metadata WHERE key = 'matching_rules'", "they are missing"),
            ("DELETE FROM metadata WHERE key LIKE 'matching%'", "they are missing"),
        ]
    )
    func tampered(_ sql: String, _ check: String) async throws {
        try await record(["a"], rules: try MatchingRules(ignore: ["/seed"]))
        let other = try DatabaseQueue(path: path)
        try await other.writeWithoutTransaction { try $0.execute(sql: sql) }
        try other.close()
        let damage = CassetteError.damaged(path: path, place: "the list of matching rules", check: check)
        let cassette = try Cassette(path: path)
        #expect(throws: damage) { try cassette.matchingRules() }
        #expect(throws: damage) { try CassetteWriter(path: path) }
        #expect(try cassette.verify().text.contains("the list of matching rules: \(check)\n"))
        let recovery = try CassetteRecovery(of: path, into: folder.file("b.db"))
        #expect(recovery.recoveredCount == 1)
        #expect(
            recovery.losses.map(\.problem)
                == [check + "; the recordings match without rules now, 'cassette rematch' gives them new ones"]
        )
        #expect(try Cassette(path: folder.file("b.db")).verify().isIntact)
    }
}
