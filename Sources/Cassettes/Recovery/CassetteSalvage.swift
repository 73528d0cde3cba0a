internal import Foundation
internal import GRDB
internal import Tapes

/// Reads what can be read of a damaged cassette, from a copy of it.
struct CassetteSalvage {
    /// What the file holds as far as it can be read.
    struct Contents {
        /// Of the intact recordings, in order.
        var ids: [Int64] = []
        /// Nil if they are lost.
        var rules: MatchingRules?
        var losses: [CassetteRecovery.Loss] = []
    }

    /// How many numbers are tried where no list of them can be read to its end.
    private static let probeLimit: Int64 = 1_000_000

    private let workingCopy: String
    private let queue: DatabaseQueue
    private let cassette: Cassette
    /// Whether the rows are those that pages were found of, so that there may be more.
    private let isRelinked: Bool

    /// Copies the file with what a killed recorder left beside it.
    ///
    /// A first page that SQLite does not take is replaced by that of a new cassette: it holds only what is the same in
    /// all of them. `relinks` does so anyway and has the tables hold every page that looks like theirs.
    ///
    /// - Throws: ``CassetteError``; then the copy is gone.
    init(of path: String, workingCopy: String, relinks: Bool) throws(CassetteError) {
        self.workingCopy = workingCopy
        isRelinked = relinks
        do {
            try Self.copy(path, to: workingCopy)
            if !relinks, let queue = try Self.open(workingCopy, path: path) {
                self.queue = queue
            } else {
                // SQLite may have changed what it could not open.
                Self.remove(workingCopy)
                try Self.copy(path, to: workingCopy)
                if relinks { try LeafPages.relink(in: workingCopy) }
                try FirstPage.replace(in: workingCopy)
                guard let queue = try Self.open(workingCopy, path: path) else {
                    throw CassetteError.nothingIntact(path: path)
                }
                self.queue = queue
            }
        } catch {
            Self.remove(workingCopy)
            throw CassetteError(error, path: path, action: .read)
        }
        cassette = Cassette(path: path, queue: queue)
    }

    func close() {
        cassette.close()
        try? queue.close()
        Self.remove(workingCopy)
    }

    /// Removes a database with all that SQLite keeps beside it.
    static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
    }

    private static func copy(_ path: String, to workingCopy: String) throws {
        for suffix in ["", "-wal"] where try CassetteFile.status(of: path + suffix) == .present {
            guard try CassetteFile.status(of: workingCopy + suffix) == .missing else {
                throw CassetteError.exists(path: workingCopy + suffix)
            }
            // Before there is a byte in it, so that nobody else ever reads it.
            try CassetteFile.create(workingCopy + suffix)
            try FileCopy.copy(path + suffix, to: workingCopy + suffix)
        }
    }

    /// Nil if SQLite finds no cassette in it.
    private static func open(_ workingCopy: String, path: String) throws -> DatabaseQueue? {
        let configuration = CassetteConnection.configuration(readonly: false)
        guard let queue = try? DatabaseQueue(path: workingCopy, configuration: configuration) else { return nil }
        do {
            try queue.read { try CassetteConnection.requireCassette($0, path: path) }
            return queue
        } catch let error as CassetteError {
            try? queue.close()
            if case .newerVersion = error { throw error }
            return nil
        } catch {
            try? queue.close()
            return nil
        }
    }
}

extension CassetteSalvage {
    func contents() -> Contents {
        var contents = Contents()
        do {
            try queue.read { db in
                var numbers = Numbers(db, trustsRows: !isRelinked)
                if !numbers.isComplete { numbers.probe(limit: Self.probeLimit, db) }
                for id in numbers.sorted {
                    do {
                        _ = try cassette.contents(of: id, in: db)
                        contents.ids.append(id)
                    } catch {
                        contents.losses.append(Self.loss("interaction \(id)", error))
                    }
                }
                if !numbers.isComplete {
                    let problem =
                        "the list of recordings is damaged: those of which no trace is left are not named here"
                    contents.losses.append(CassetteRecovery.Loss(place: "the file", problem: problem))
                }
                do {
                    contents.rules = try MatchingRules(storedIn: db, path: cassette.path)
                } catch {
                    var loss = Self.loss("the list of matching rules", error)
                    loss.problem += "; the recordings match without rules now, 'cassette rematch' gives them new ones"
                    contents.losses.append(loss)
                }
            }
        } catch {
            contents.losses.append(Self.loss("the file", error))
        }
        return contents
    }

    /// Copies one intact recording.
    ///
    /// `rules` are what to make its fingerprint by; nil keeps the one it has.
    func copy(_ id: Int64, to output: Database, rules: MatchingRules?) throws {
        var (stored, record) = try queue.read { try cassette.contents(of: id, in: $0) }
        let (request, tape) = (stored.interaction.request, stored.interaction.tape)
        if let rules { record.fingerprint = Fingerprint(redacted: request, rules: rules).hash }
        let bodies = BodyTable(path: cassette.path, db: output)
        let arguments = record.arguments(
            id: id,
            requestBodyID: try bodies.id(of: BodyParts([request.body])),
            responseBodyID: try bodies.id(of: BodyParts(tape))
        )
        try output.cachedStatement(sql: InteractionRecord.insertSQL).execute(arguments: arguments)
    }

    private static func loss(_ place: String, _ error: any Error) -> CassetteRecovery.Loss {
        let problem =
            switch error {
            case CassetteError.damaged(_, _, let check): check
            case CassetteError.noSuchInteraction: "its row is not there"
            case let error as DatabaseError: error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
            default: "\(error)"
            }
        return CassetteRecovery.Loss(place: place, problem: problem)
    }

    /// The numbers of the recordings, from everything that lists them.
    private struct Numbers {
        private var found: Set<Int64> = []
        /// Whether one of the lists could be read to its end.
        private(set) var isComplete = false

        init(_ db: Database, trustsRows: Bool) {
            isComplete = read("INDEXED BY interaction_by_fingerprint", db)
            for order in ["ASC", "DESC"] {
                let isRead = read("NOT INDEXED ORDER BY id \(order)", db)
                if isRead, trustsRows { isComplete = true }
            }
        }

        var sorted: [Int64] { found.sorted() }

        /// Whether there was no damage; what was read before it counts.
        private mutating func read(_ source: String, _ db: Database) -> Bool {
            do {
                let rows = try Int64.fetchCursor(db, sql: "SELECT id FROM interaction \(source)")
                while let id = try rows.next() { found.insert(id) }
                return true
            } catch {
                return false
            }
        }

        /// Asks for single rows, which lie on pages that no list led to; recordings are numbered from 1.
        mutating func probe(limit: Int64, _ db: Database) {
            let last = min(limit, (found.max() ?? 0) + 1_000)
            for id in 1...max(1, last) where !found.contains(id) {
                let statement = try? db.cachedStatement(sql: "SELECT id FROM interaction WHERE id = ?")
                guard let statement, (try? Int64.fetchOne(statement, arguments: [id])) == id else { continue }
                found.insert(id)
            }
        }
    }
}
