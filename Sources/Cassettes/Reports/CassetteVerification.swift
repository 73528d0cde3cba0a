internal import GRDB
internal import NIOCore
package import OpenRouterAPI
internal import Tapes

/// What a check of everything in a cassette found.
package struct CassetteVerification: Sendable, Hashable {
    /// One thing that is wrong.
    package struct Finding: Sendable, Hashable {
        /// An interaction, a body or the file.
        package var place: String
        /// What it failed.
        package var problem: String
    }

    package var path: String
    package var interactionCount: Int
    package var bodyCount: Int
    /// At most ``findingLimit``.
    package var findings: [Finding]

    package static let findingLimit = 1_000

    package var isIntact: Bool { findings.isEmpty }
}

extension Cassette {
    /// Checks SQLite's structures, every reference, every body against its hash, and every interaction as replay would
    /// read it.
    ///
    /// Never stops at the first damage. `progress` is told of bodies and interactions together.
    package func verify(
        progress: @escaping WorkProgress = { _, _ in }
    ) throws(CassetteError) -> CassetteVerification {
        try read { db in
            var check = VerificationRun(cassette: self, db: db, progress: progress)
            check.run()
            return check.result
        }
    }
}

/// The checks, each of which may fail without keeping the others from running.
private struct VerificationRun {
    let cassette: Cassette
    let db: Database
    let progress: WorkProgress
    var result: CassetteVerification
    /// Bodies and interactions that were looked at.
    private var doneCount = 0

    init(cassette: Cassette, db: Database, progress: @escaping WorkProgress) {
        self.cassette = cassette
        self.db = db
        self.progress = progress
        result = CassetteVerification(path: cassette.path, interactionCount: 0, bodyCount: 0, findings: [])
    }

    mutating func run() {
        attempt("the file") { run in
            for line in try String.fetchAll(run.db, sql: "PRAGMA integrity_check(100)") where line != "ok" {
                run.add("the file", line)
            }
        }
        attempt("the file") { run in
            for row in try Row.fetchAll(run.db, sql: "PRAGMA foreign_key_check") {
                let id = Int64.fromDatabaseValue(row["rowid"]).map { " \($0)" } ?? ""
                run.add("interaction" + id, RecordDamage.missingBody.check)
            }
        }
        attempt("the file") { run in try run.checkBodies() }
        attempt("the file") { run in try run.checkInteractions() }
    }

    private mutating func checkBodies() throws {
        // Without the index on hashes, which integrity_check compares with the table.
        let ids = try Int64.fetchAll(db, sql: "SELECT id FROM body NOT INDEXED ORDER BY id")
        result.bodyCount = ids.count
        let total = ids.count + ((try? Int.fetchOne(db, sql: "SELECT count(*) FROM interaction")) ?? 0)
        for id in ids {
            step(of: total)
            attempt("body \(id)") { run in
                let row = try Row.fetchOne(
                    run.db,
                    sql: "SELECT hash, byte_count FROM body WHERE id = ?",
                    arguments: [id]
                )
                guard let row, let hash = FingerprintColumn.hash(row["hash"]) else { throw RecordDamage.column("hash") }
                let body = try run.cassette.body(id, hash: hash, in: run.db)
                if Int.fromDatabaseValue(row["byte_count"]) != body.readableBytes {
                    throw RecordDamage.column("byte_count")
                }
            }
        }
    }

    private mutating func checkInteractions() throws {
        var rules: MatchingRules?
        attempt("the list of matching rules") { rules = try MatchingRules(storedIn: $0.db, path: $0.cassette.path) }
        let ids = try Int64.fetchAll(db, sql: "SELECT id FROM interaction NOT INDEXED ORDER BY id")
        result.interactionCount = ids.count
        for id in ids {
            step(of: result.bodyCount + ids.count)
            attempt("interaction \(id)") { run in
                let stored = try run.cassette.interaction(id, in: run.db)
                // By rules that cannot be read nothing can be said.
                guard let rules else { return }
                let fingerprint = Fingerprint(redacted: stored.interaction.request, rules: rules)
                if stored.fingerprint != fingerprint, try run.isCurrentFingerprintVersion() {
                    run.add("interaction \(id)", "the fingerprint is not that of its request, which is \(fingerprint)")
                }
            }
        }
    }

    private mutating func step(of total: Int) {
        doneCount += 1
        progress(doneCount, total)
    }

    private func isCurrentFingerprintVersion() throws -> Bool {
        let sql = "SELECT value FROM metadata WHERE key = 'fingerprint_version'"
        return try String.fetchOne(db, sql: sql) == String(Fingerprint.version)
    }

    private mutating func attempt(_ place: String, _ check: (inout VerificationRun) throws -> Void) {
        guard result.findings.count < CassetteVerification.findingLimit else { return }
        do {
            try check(&self)
        } catch let damage as RecordDamage {
            add(place, damage.check)
        } catch CassetteError.damaged(_, let place, let check) {
            add(place, check)
        } catch let error as DatabaseError {
            add(place, error.message ?? "SQLite error \(error.extendedResultCode.rawValue)")
        } catch {
            add(place, "\(error)")
        }
    }

    private mutating func add(_ place: String, _ problem: String) {
        result.findings.append(CassetteVerification.Finding(place: place, problem: problem))
    }
}

extension CassetteVerification {
    package var json: JSON {
        [
            "path": .string(path),
            "intact": .bool(isIntact),
            "interactions": .integer(interactionCount),
            "bodies": .integer(bodyCount),
            "findings": .array(
                findings.map { ["place": .string($0.place), "problem": .string($0.problem)] }
            ),
        ]
    }

    /// One line for each finding, or one that says there is none.
    package var text: String {
        if isIntact {
            return "\(path): intact, \(interactionCount) interactions, \(bodyCount) bodies"
        }
        let lines = findings.map { "\(path): \($0.place): \(TextTable.printable($0.problem))" }
        let count = "\(findings.count) \(findings.count == 1 ? "finding" : "findings")"
        return (lines + ["\(path): \(count) in \(interactionCount) interactions and \(bodyCount) bodies"])
            .joined(separator: "\n")
    }
}
