import Foundation
import GRDB
import NIOCore
import OpenRouterAPI
import Tapes
import TestSupport
import Testing

@testable import Cassettes

@Suite("Recovering damaged cassettes")
struct RecoveryTests {
    static let pageByteCount = CassetteFormat.pageByteCount
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Rows on several pages, sequences of one request, bodies that overflow, rules.
    func makeCassette() async throws -> [StoredInteraction] {
        let rules = try MatchingRules(normalize: ["timestamps"])
        let writer = try CassetteWriter(path: folder.file("a.db"), rules: rules)
        for number in 0..<12 {
            let answer = String(repeating: "answer \(number) ", count: number == 5 ? 900 : 70)
            let completion: Interaction.Completion = number == 7 ? .clientLeft : .finished
            var interaction = Interaction.chat("question \(number % 5)", answer: answer, completion: completion)
            // A list of a kilobyte or so makes rows large, and pages of them many.
            let frame = Frame(gap: .microseconds(number), "chunk")
            interaction.tape.frames += Array(repeating: frame, count: 300)
            _ = try await writer.append(Redactor().redact(interaction))
        }
        try await writer.close()
        let cassette = try Cassette(path: folder.file("a.db"))
        return try cassette.index().map { try cassette.interaction($0) }
    }

    enum Corruption: String, CaseIterable {
        case zeros, ones, noise, flips, cut

        func apply(to bytes: inout [UInt8], page: Int) {
            let start = page * RecoveryTests.pageByteCount
            let range = start..<start + RecoveryTests.pageByteCount
            var random = SplitMix(seed: UInt64(page))
            switch self {
            case .zeros: for index in range { bytes[index] = 0 }
            case .ones: for index in range { bytes[index] = 0xFF }
            case .noise: for index in range { bytes[index] = UInt8(truncatingIfNeeded: random.next()) }
            case .flips:
                for _ in 0..<16 { bytes[range.lowerBound + Int(random.next() % 4096)] ^= 1 << UInt8(random.next() % 8) }
            case .cut: bytes.removeLast(bytes.count - start)
            }
        }
    }

    /// What every error of a damaged file tells the reader to do.
    static let advice = ["recover", "Update openrouter-sim", "Record one", "record it again", "Check owner"]

    static func expectAdvice(_ error: CassetteError, _ place: String) {
        #expect(advice.contains { error.description.contains($0) }, "\(place): \(error)")
    }

    /// Everything that replay does: never a recording that is not the original's, never one too early.
    func expectNoWrongAnswer(_ path: String, _ original: [StoredInteraction], _ place: String) {
        do throws(CassetteError) {
            let cassette = try Cassette(path: path)
            do throws(CassetteError) {
                let rules = try cassette.matchingRules()
                #expect(rules.options == "--normalize timestamps", "\(place)")
                let index = try cassette.index()
                for request in Set(original.map(\.fingerprint)) {
                    let wanted = original.filter { $0.fingerprint == request }
                    let entries = index.filter { $0.fingerprint == request }
                    for (entry, expected) in zip(entries, wanted) {
                        do throws(CassetteError) {
                            let found = try cassette.interaction(entry)
                            #expect(found.id == expected.id, "\(place)")
                            #expect(found.interaction.request == expected.interaction.request, "\(place)")
                            #expect(found.interaction.tape.frames == expected.interaction.tape.frames, "\(place)")
                        } catch {
                            Self.expectAdvice(error, place)
                        }
                    }
                }
            } catch {
                Self.expectAdvice(error, place)
            }
            _ = try cassette.verify()
        } catch {
            Self.expectAdvice(error, place)
        }
    }

    @Test(
        "Whichever page is destroyed, answers are right or refused, and the rest is saved",
        arguments: Corruption.allCases
    )
    func pages(_ corruption: Corruption) async throws {
        let original = try await makeCassette()
        let bytes = try folder.bytes("a.db")
        let pageCount = bytes.count / Self.pageByteCount
        #expect(pageCount > 12)
        var savedCounts: [Int] = []
        for page in 0..<pageCount {
            let place = "page \(page + 1) of \(pageCount), \(corruption.rawValue)"
            var damaged = bytes
            corruption.apply(to: &damaged, page: page)
            try folder.write(damaged, to: "b.db")
            let path = folder.file("b.db")
            expectNoWrongAnswer(path, original, place)
            let output = folder.file("c.db")
            do throws(CassetteError) {
                let recovery = try CassetteRecovery(of: path, into: output)
                let saved = try Cassette(path: output)
                #expect(try saved.verify().isIntact, "\(place)")
                let all = try saved.index().map { (entry) throws(CassetteError) in try saved.interaction(entry) }
                #expect(all.count == recovery.recoveredCount, "\(place)")
                #expect(recovery.isComplete == (all.count == original.count && recovery.losses.isEmpty), "\(place)")
                for found in all {
                    let expected = original.first { $0.id == found.id }
                    #expect(found.interaction.request == expected?.interaction.request, "\(place)")
                    #expect(found.interaction.tape.frames == expected?.interaction.tape.frames, "\(place)")
                }
                let isRulesLost = recovery.losses.contains { $0.place == "the list of matching rules" }
                #expect(try saved.matchingRules().isEmpty == isRulesLost, "\(place)")
                // What is not named as lost is there.
                if !recovery.losses.contains(where: { $0.place == "the file" }) {
                    let lost = recovery.losses.count { $0.place.hasPrefix("interaction") }
                    #expect(all.count + lost == original.count, "\(place)")
                }
                savedCounts.append(all.count)
            } catch {
                Self.expectAdvice(error, place)
                savedCounts.append(0)
            }
            try folder.remove("b.db", "c.db")
            #expect(try folder.names() == ["a.db"], "\(place)")
        }
        if corruption == .cut {
            #expect(savedCounts == savedCounts.sorted(), "a longer rest holds no less")
        } else {
            #expect(savedCounts[0] == original.count, "the first page is known")
            #expect(savedCounts.count { $0 == original.count } >= 4, "rules, indexes and the first page cost nothing")
            // Nothing hangs on a page that only leads to others.
            #expect(savedCounts.allSatisfy { $0 >= original.count / 2 }, "\(savedCounts)")
        }
    }

    @Test("What a killed recorder left in its log is saved too, whatever happened to the file")
    func log() async throws {
        let writer = try CassetteWriter(path: folder.file("a.db"))
        for text in ["a", "b"] { _ = try await writer.append(Redactor().redact(.chat(text))) }
        for name in ["a.db", "a.db-wal"] { try folder.copy(name, to: name.replacing("a.db", with: "b.db")) }
        try await writer.close()
        var bytes = try folder.bytes("b.db")
        for index in bytes.indices.prefix(Self.pageByteCount) { bytes[index] = 0 }
        try folder.write(bytes, to: "b.db")
        let recovery = try CassetteRecovery(of: folder.file("b.db"), into: folder.file("c.db"))
        #expect(recovery.recoveredCount == 2)
        #expect(recovery.isComplete)
    }

    @Test("The new file is private, says what was lost, and is never written over another")
    func output() async throws {
        let original = try await makeCassette()
        let other = try DatabaseQueue(path: folder.file("a.db"))
        try await other.writeWithoutTransaction {
            try $0.execute(sql: "UPDATE interaction SET status = 500 WHERE id = 2")
        }
        try other.close()
        let recovery = try CassetteRecovery(of: folder.file("a.db"), into: folder.file("b.db"))
        #expect(try folder.mode("b.db") == 0o600)
        #expect(
            recovery.text.replacing(folder.path + "/", with: "") == """
                a.db: interaction 2: the checksum does not match
                b.db: \(original.count - 1) recordings recovered, the above is lost
                """
        )
        #expect(recovery.json.description.contains(#""losses":[{"place":"interaction 2","problem":"the checksum"#))
        let path = folder.file("b.db")
        #expect(throws: CassetteError.exists(path: path)) { try CassetteRecovery(of: folder.file("a.db"), into: path) }
        #expect(try folder.names() == ["a.db", "b.db"])
    }

    @Test("A file that never was a cassette gives none")
    func foreign() throws {
        try folder.write(Array("a long text file\n".utf8), to: "a.txt")
        #expect(throws: CassetteError.nothingIntact(path: folder.file("a.txt"))) {
            try CassetteRecovery(of: folder.file("a.txt"), into: folder.file("b.db"))
        }
        #expect(try folder.names() == ["a.txt"])
    }
}
