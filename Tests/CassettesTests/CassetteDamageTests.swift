import Foundation
import GRDB
import HTTPTypes
import NIOCore
import Tapes
import TestSupport
import Testing

@testable import Cassettes

@Suite("Damaged cassettes")
struct CassetteDamageTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Three pages of overflow, several rows, all kinds of columns.
    func makeCassette() async throws -> [StoredInteraction] {
        let writer = try CassetteWriter(path: folder.file("a.db"))
        for number in 0..<8 {
            var interaction = Interaction.chat(
                "question \(number)",
                answer: String(repeating: "answer \(number) ", count: 80 * number)
            )
            if number == 5 { interaction.tape.head = nil }
            _ = try await writer.append(Redactor().redact(interaction))
        }
        try await writer.close()
        return try all(folder.file("a.db"))
    }

    func all(_ path: String) throws -> [StoredInteraction] {
        let cassette = try Cassette(path: path)
        return try cassette.index().map { try cassette.interaction($0.id) }
    }

    @Test("A flipped bit is found or does no harm, wherever it is", arguments: [1, 2, 3, 4] as [UInt64])
    func flips(_ seed: UInt64) async throws {
        let original = try await makeCassette()
        let bytes = try folder.bytes("a.db")
        var random = SplitMix(seed: seed)
        var found = 0
        for _ in 0..<250 {
            let position = Int(random.next() % UInt64(bytes.count))
            let mask = UInt8(1 << (random.next() % 8))
            var damaged = bytes
            damaged[position] ^= mask
            try folder.write(damaged, to: "b.db")
            let path = folder.file("b.db")
            do {
                let findings = try Cassette(path: path).verify().findings
                if findings.isEmpty {
                    let read = try all(path)
                    #expect(
                        read.map(\.fingerprint) == original.map(\.fingerprint),
                        "byte \(position) ^ \(mask), seed \(seed)"
                    )
                    #expect(read.map(\.interaction.request) == original.map(\.interaction.request))
                    #expect(read.map(\.interaction.body) == original.map(\.interaction.body))
                } else {
                    found += 1
                }
            } catch {
                found += 1
            }
        }
        #expect(found > 100, "most of the file matters")
    }

    @Test("A file cut short is found, wherever it is cut", arguments: [17, 512, 4_096, 5_000, 12_288, 20_000])
    func cuts(_ count: Int) async throws {
        _ = try await makeCassette()
        try folder.write(Array(try folder.bytes("a.db").prefix(count)), to: "b.db")
        let isIntact = try? Cassette(path: folder.file("b.db")).verify().isIntact
        #expect(isIntact != true)
    }

    static let edits: [(String, String)] = [
        ("UPDATE interaction SET status = 500 WHERE id = 2", "interaction 2: the checksum does not match"),
        ("UPDATE interaction SET frames = x'00' WHERE id = 2", "interaction 2: the checksum does not match"),
        (
            "UPDATE interaction SET checksum = x'00' WHERE id = 2",
            "interaction 2: column checksum is missing or of the wrong type"
        ),
        ("UPDATE body SET bytes = x'00' WHERE id = 2", "body 2: the hash of a body does not match its bytes"),
        ("UPDATE body SET byte_count = 1 WHERE id = 2", "body 2: column byte_count is missing or of the wrong type"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM body WHERE id = 2", "interaction 1: a body it refers to is not there"),
    ]

    @Test("Each kind of damage is named", arguments: edits)
    func named(_ sql: String, _ finding: String) async throws {
        _ = try await makeCassette()
        let other = try DatabaseQueue(path: folder.file("a.db"))
        try await other.writeWithoutTransaction { try $0.execute(sql: sql) }
        try other.close()
        let verification = try Cassette(path: folder.file("a.db")).verify()
        #expect(!verification.isIntact)
        #expect(verification.text.contains("a.db: \(finding)\n"), "\(verification.text)")
    }

    @Test(
        "Lists that lie about their lengths give nothing",
        arguments: [
            [0x80], [0x80, 0x00], [0x00], [0x00, 0x05], [0x00, 0x03],
            [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0x04],
            [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02],
            [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01],
        ] as [[UInt8]]
    )
    func lists(_ bytes: [UInt8]) {
        #expect(FrameList.decode(bytes, body: .init(string: "four")) == nil)
        #expect(FieldList.decode(bytes) == nil || bytes == [0x00])
    }

    @Test("Numbers of every length are read as they were written")
    func varints() {
        for shift in 0..<64 {
            for number in [UInt64(1) << UInt64(shift), (UInt64(1) << UInt64(shift)) - 1, .max >> UInt64(shift)] {
                var writer = ByteWriter()
                writer.write(number)
                var reader = ByteReader(writer.bytes)
                #expect(reader.number() == number)
                #expect(reader.isAtEnd)
            }
        }
    }
}
