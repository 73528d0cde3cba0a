import Foundation
import GRDB
import NIOCore
import Tapes
import Testing

@testable import Cassettes

@Suite("Recording")
struct CassetteWriterTests {
    let folder: TemporaryFolder
    let redactor = Redactor()

    init() throws {
        folder = try TemporaryFolder()
    }

    func contents(_ name: String = "a.db") throws -> [String] {
        let cassette = try Cassette(path: folder.file(name))
        return try cassette.index().map { entry in
            let stored = try cassette.interaction(entry.id).interaction
            let request = String(buffer: stored.request.body).split(separator: "\"")
            let answer = stored.body.split(separator: "\"")
            return "\(entry.id) \(request[request.count - 2]) \(answer[answer.count - 2]) \(stored.completion.rawValue)"
        }
    }

    @Test("Concurrent recordings all arrive, each under the number it was given")
    func concurrency() async throws {
        let writer = try CassetteWriter(path: folder.file("a.db"))
        let ids = try await withThrowingTaskGroup(of: (Int64, String).self) { group in
            for number in 0..<200 {
                group.addTask {
                    let redacted = Redactor().redact(.chat("q\(number)", answer: "a\(number)"))
                    return (try await writer.append(redacted), "q\(number) a\(number) finished")
                }
            }
            return try await group.reduce(into: [Int64: String]()) { $0[$1.0] = $1.1 }
        }
        #expect(ids.keys.sorted() == Array(1...200))
        try await writer.close()
        #expect(try contents() == ids.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
    }

    @Test("One task's recordings keep their order")
    func order() async throws {
        let writer = try CassetteWriter(path: folder.file("a.db"))
        for number in 1...20 {
            #expect(try await writer.append(redactor.redact(.chat("q", answer: "a\(number)"))) == Int64(number))
        }
        try await writer.close()
        #expect(try contents().map { $0.split(separator: " ")[2] } == (1...20).map { "a\($0)" })
    }

    @Test("A recording is replaced in its place, and what it left is removed")
    func replace() async throws {
        let writer = try CassetteWriter(path: folder.file("a.db"))
        let id = try await writer.append(redactor.redact(.chat("q", answer: "half", completion: .interrupted)))
        _ = try await writer.append(redactor.redact(.chat("r", answer: "b")))
        try await writer.replace(id, with: redactor.redact(.chat("q", answer: "whole")))
        await #expect(throws: CassetteError.noSuchInteraction(path: folder.file("a.db"), id: 9)) {
            try await writer.replace(9, with: redactor.redact(.chat("q")))
        }
        try await writer.close()
        #expect(try contents() == ["1 q whole finished", "2 r b finished"])
        #expect(try Cassette(path: folder.file("a.db")).statistics().bodyCount == 4)
    }

    @Test("A new recording replaces those of earlier sessions, not its own, and only once it is finished")
    func supersede() async throws {
        let first = try CassetteWriter(path: folder.file("a.db"))
        for (question, answer) in [("q", "old1"), ("other", "old"), ("q", "old2")] {
            _ = try await first.append(redactor.redact(.chat(question, answer: answer)))
        }
        try await first.close()
        let second = try CassetteWriter(path: folder.file("a.db"), older: .replaced)
        let id = try await second.append(redactor.redact(.chat("q", answer: "cut", completion: .clientLeft)))
        #expect(
            try contents() == ["1 q old1 finished", "2 other old finished", "3 q old2 finished", "4 q cut client-left"]
        )
        try await second.replace(id, with: redactor.redact(.chat("q", answer: "new1")))
        #expect(try contents() == ["2 other old finished", "4 q new1 finished"])
        _ = try await second.append(redactor.redact(.chat("q", answer: "new2")))
        try await second.close()
        #expect(try contents() == ["2 other old finished", "4 q new1 finished", "5 q new2 finished"])
    }

    @Test("Recordings are deleted by their fingerprint")
    func delete() async throws {
        let writer = try CassetteWriter(path: folder.file("a.db"))
        for question in ["q", "r", "q"] {
            _ = try await writer.append(redactor.redact(.chat(question, answer: "a")))
        }
        #expect(try await writer.delete(redactor.redact(.chat("q")).fingerprint) == 2)
        #expect(try await writer.delete(redactor.redact(.chat("q")).fingerprint) == 0)
        try await writer.close()
        #expect(try contents() == ["2 r a finished"])
    }

    @Test("A second recorder is refused; readers are not; the lock ends with its owner")
    func locking() async throws {
        let path = folder.file("a.db")
        let writer = try CassetteWriter(path: path)
        _ = try await writer.append(redactor.redact(.chat("q", answer: "a")))
        let process = Int(ProcessInfo.processInfo.processIdentifier)
        #expect(throws: CassetteError.locked(path: path, process: process)) { try CassetteWriter(path: path) }
        try FileManager.default.createSymbolicLink(atPath: folder.file("link.db"), withDestinationPath: path)
        #expect(throws: CassetteError.locked(path: folder.file("link.db"), process: process)) {
            try CassetteWriter(path: folder.file("link.db"))
        }
        try FileManager.default.removeItem(atPath: folder.file("link.db"))
        #expect(try contents() == ["1 q a finished"])
        _ = try await writer.append(redactor.redact(.chat("r", answer: "b")))
        try await writer.close()
        await #expect(throws: CassetteError.closed(path: path)) { try await writer.append(redactor.redact(.chat("q"))) }
        // What a killed recorder leaves: a lock file that nobody holds.
        try folder.write(Array("1\n".utf8), to: "a.db-lock")
        let next = try CassetteWriter(path: path)
        try await next.close()
        #expect(try contents() == ["1 q a finished", "2 r b finished"])
        #expect(try folder.names() == ["a.db"])
    }

    @Test("What was committed is there after a crash, to readers and to the next recorder")
    func crash() async throws {
        let writer = try CassetteWriter(path: folder.file("a.db"))
        for number in 1...50 {
            _ = try await writer.append(redactor.redact(.chat("q\(number)", answer: "a")))
        }
        // A copy of what is on the disk now is what a SIGKILL would have left.
        try folder.copy("a.db", to: "b.db")
        try folder.copy("a.db-wal", to: "b.db-wal")
        #expect(try contents("b.db").count == 50)
        let next = try CassetteWriter(path: folder.file("b.db"))
        #expect(try await next.append(redactor.redact(.chat("q51", answer: "a"))) == 51)
        try await next.close()
        #expect(try contents("b.db").count == 51)
        #expect(try Cassette(path: folder.file("b.db")).verify().isIntact)
        #expect(try folder.names().filter { $0.hasPrefix("b.") } == ["b.db"])
        try await writer.close()
    }

    @Test("Somebody who reads while we close is told to; nothing is lost")
    func closingBesideReader() async throws {
        let writer = try CassetteWriter(path: folder.file("a.db"))
        _ = try await writer.append(redactor.redact(.chat("q", answer: "a")))
        let reader = try Cassette(path: folder.file("a.db"))
        #expect(try reader.count() == 1)
        await #expect(throws: CassetteError.busy(path: folder.file("a.db"))) { try await writer.close() }
        #expect(try reader.count() == 1)
        reader.close()
        #expect(throws: CassetteError.closed(path: folder.file("a.db"))) { try reader.count() }
        let next = try CassetteWriter(path: folder.file("a.db"))
        try await next.close()
        #expect(try contents() == ["1 q a finished"])
        #expect(try folder.names() == ["a.db"])
    }

    @Test("Other people's files are refused and not touched")
    func foreign() async throws {
        let path = folder.file("a.db")
        let other = try DatabaseQueue(path: path)
        try await other.write { try $0.execute(sql: "CREATE TABLE mine (x)") }
        try other.close()
        let before = try folder.bytes("a.db")
        #expect(throws: CassetteError.notACassette(path: path, found: "an SQLite database of another application")) {
            try CassetteWriter(path: path)
        }
        #expect(try folder.bytes("a.db") == before)
        #expect(try folder.names() == ["a.db"])
    }

    @Test("An empty file that a killed recorder left is taken over")
    func emptyFile() async throws {
        try folder.write([], to: "a.db")
        let writer = try CassetteWriter(path: folder.file("a.db"))
        _ = try await writer.append(redactor.redact(.chat("q", answer: "a")))
        try await writer.close()
        #expect(try contents() == ["1 q a finished"])
    }
}
