import Foundation
import GRDB
import Testing

@testable import Cassettes

@Suite("What is said about cassettes that cannot be used")
struct CassetteErrorTests {
    static let messages: [(CassetteError, String)] = [
        (
            .missing(path: "a.db", similar: nil),
            "a.db: no such cassette. Record one with 'openrouter-sim record --cassette a.db'."
        ),
        (
            .missing(path: "a.db", similar: "b.db"),
            "a.db: no such cassette. Did you mean 'b.db'? Record one with 'openrouter-sim record --cassette a.db'."
        ),
        (
            .missingFolder(path: "x/a.db", folder: "x"),
            "x/a.db: cannot create the cassette, the folder 'x' does not exist. Create it first."
        ),
        (.isDirectory(path: "x"), "x: is a folder, expected a cassette file. Name the file in it."),
        (.notAFile(path: "/dev/null"), "/dev/null: is not a regular file, expected a cassette. Name a file."),
        (
            .notPermitted(path: "a.db", action: .read, reason: "Permission denied"),
            "a.db: not permitted to read the cassette (Permission denied). Check owner and mode of the file and its folder."
        ),
        (
            .notACassette(path: "a.db", found: "an empty file"),
            "a.db: is not a cassette but an empty file. Name a file made by 'openrouter-sim record'; the file was not changed. "
                + "If it was one, 'openrouter-sim cassette recover a.db NEW' saves what is intact."
        ),
        (
            .newerVersion(path: "a.db", version: 3),
            "a.db: has format version 3, this build reads up to 2. Update openrouter-sim."
        ),
        (
            .damaged(path: "a.db", place: "interaction 7", check: RecordDamage.checksum.check),
            "a.db: interaction 7 is damaged: the checksum does not match. 'openrouter-sim cassette verify a.db' lists all damage; "
                + "restore the file from version control, record it again, "
                + "or save what is intact with 'openrouter-sim cassette recover a.db NEW'."
        ),
        (
            .exists(path: "a.db"),
            "a.db: exists already; expected a new file. Name another one, or merge with 'openrouter-sim cassette merge'."
        ),
        (
            .nothingIntact(path: "a.db"),
            "a.db: holds no intact recording. Restore the file from version control or record it again."
        ),
        (
            .locked(path: "a.db", process: 12),
            "a.db: another recorder (process 12) is writing to this cassette. Stop it, or record to another file."
        ),
        (
            .locked(path: "a.db", process: nil),
            "a.db: another recorder is writing to this cassette. Stop it, or record to another file."
        ),
        (
            .busy(path: "a.db"),
            "a.db: another program has the cassette open and keeps it locked. Close it and try again."
        ),
        (.diskFull(path: "a.db"), "a.db: no space left on the device. Free some; everything committed before is safe."),
        (
            .writeFailed(path: "a.db", reason: "disk I/O error"),
            "a.db: cannot write the cassette: disk I/O error. Check the disk and the limit on the size of files "
                + "('ulimit -f'); everything committed before is safe."
        ),
        (
            .bodyTooLarge(path: "a.db", byteCount: 600_000_000, limit: 536_870_912),
            "a.db: a body of 600000000 bytes is too large for a cassette, which takes 536870912."
        ),
        (
            .noSuchInteraction(path: "a.db", id: 7),
            "a.db: has no interaction 7. 'openrouter-sim cassette ls a.db' lists them."
        ),
        (.closed(path: "a.db"), "a.db: the cassette was closed before; open it again to read or record."),
        (
            .failed(path: "a.db", action: .write, reason: "no such device"),
            "a.db: cannot write the cassette: no such device."
        ),
    ]

    @Test("Each error says what, where and what to do", arguments: messages)
    func wording(_ error: CassetteError, _ text: String) {
        #expect(error.description == text)
    }

    @Test(
        "SQLite's errors become ours",
        arguments: [
            (ResultCode.SQLITE_NOTADB, CassetteError.notACassette(path: "a", found: "no SQLite database")),
            (.SQLITE_CORRUPT, .damaged(path: "a", place: "the file", check: "why")),
            (.SQLITE_FULL, .diskFull(path: "a")),
            (.SQLITE_BUSY, .busy(path: "a")),
            (.SQLITE_READONLY, .notPermitted(path: "a", action: .write, reason: "why")),
            (.SQLITE_IOERR, .writeFailed(path: "a", reason: "why")),
        ]
    )
    func mapping(_ code: ResultCode, _ expected: CassetteError) {
        #expect(CassetteError(DatabaseError(resultCode: code, message: "why"), path: "a", action: .write) == expected)
    }

    @Test("A cassette that is not there is named with the one that may be meant")
    func missing() throws {
        let folder = try TemporaryFolder()
        try folder.write([1], to: "sessions.db")
        try folder.write([1], to: "unrelated-thing.yaml")
        for (name, similar) in [("session.db", "sessions.db"), ("sessions.sqlite", "sessions.db"), ("other.db", nil)] {
            #expect(throws: CassetteError.missing(path: folder.file(name), similar: similar)) {
                try Cassette(path: folder.file(name))
            }
        }
        #expect(throws: CassetteError.missing(path: "/no/such/folder/a.db", similar: nil)) {
            try Cassette(path: "/no/such/folder/a.db")
        }
        let path = folder.file("no/a.db")
        #expect(throws: CassetteError.missingFolder(path: path, folder: folder.file("no"))) {
            try CassetteWriter(path: path)
        }
    }

    @Test("Folders, devices, empty files, foreign files and later versions are told apart")
    func others() async throws {
        let folder = try TemporaryFolder()
        #expect(throws: CassetteError.isDirectory(path: folder.path)) { try Cassette(path: folder.path) }
        // In an empty one a recorder begins a cassette in text form.
        try folder.write([], to: "other")
        #expect(throws: CassetteError.isDirectory(path: folder.path)) { try CassetteWriter(path: folder.path) }
        #expect(throws: CassetteError.notAFile(path: "/dev/null")) { try Cassette(path: "/dev/null") }
        let path = folder.file("a.db")
        try folder.write([], to: "a.db")
        #expect(throws: CassetteError.notACassette(path: path, found: "an empty file")) { try Cassette(path: path) }
        try folder.write(Array("interactions:\n- request:\n".utf8), to: "a.db")
        #expect(throws: CassetteError.notACassette(path: path, found: "no SQLite database")) {
            try Cassette(path: path)
        }
        try FileManager.default.removeItem(atPath: path)
        try await CassetteWriter(path: path).close()
        let later = try DatabaseQueue(path: path)
        try await later.writeWithoutTransaction { try $0.execute(sql: "PRAGMA user_version = 7") }
        try later.close()
        #expect(throws: CassetteError.newerVersion(path: path, version: 7)) { try Cassette(path: path) }
        #expect(throws: CassetteError.newerVersion(path: path, version: 7)) { try CassetteWriter(path: path) }
    }

    @Test(
        "A file whose schema was changed is not read",
        arguments: [
            "CREATE TRIGGER t AFTER INSERT ON body BEGIN DELETE FROM interaction; END",
            "CREATE VIEW v AS SELECT 1",
            "ALTER TABLE body ADD COLUMN evil TEXT AS (hex(hash))",
            "DROP INDEX interaction_by_fingerprint",
        ]
    )
    func schema(_ sql: String) async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("a.db")
        try await CassetteWriter(path: path).close()
        let other = try DatabaseQueue(path: path)
        try await other.writeWithoutTransaction { try $0.execute(sql: sql) }
        try other.close()
        let error = CassetteError.damaged(
            path: path,
            place: "the file",
            check: "its tables are not those of a cassette"
        )
        #expect(throws: error) { try Cassette(path: path) }
    }
}
