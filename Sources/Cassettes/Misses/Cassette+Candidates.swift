internal import GRDB
internal import Tapes

/// The recordings that come nearest to a request, by their columns.
struct MissCandidates {
    /// Nearest first; of each request only the first recording.
    var nearest: [MissCandidate]
    /// How many recordings were looked at.
    var lookedAtCount: Int
    var recordingCount: Int
}

extension Cassette {
    /// How many rows are looked at where the place of a request among the others is known: those that are as far away
    /// as each other.
    private static let tieLimit = 10_000

    private static let columns = """
        interaction.id AS id, fingerprint, method, target, path, model, message_count, request_body,
            ifnull(byte_count, 0) AS byte_count
        """

    /// The recordings nearest to a request, at most `limit`.
    ///
    /// All are looked at, unless there are many: then those of the same path, model and number of messages, and so many
    /// others as are needed, by an index. Files of versions without that index are looked at from their end.
    ///
    /// `scanLimit` is how many recordings are looked at one by one.
    func candidates(
        for subject: MissSubject,
        limit: Int,
        scanLimit: Int = Cassette.indexCheckLimit
    ) throws(CassetteError) -> MissCandidates {
        try read { db in
            let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM interaction") ?? 0
            var search = CandidateSearch(limit: limit)
            if count <= scanLimit {
                try look(at: "ORDER BY interaction.id", for: subject, in: db, &search)
            } else if try CassetteFormat.hasOutlineIndex(db) {
                try lookByOutline(for: subject, in: db, &search)
            } else {
                let sql = "WHERE interaction.id > (SELECT max(id) FROM interaction) - ? ORDER BY interaction.id"
                try look(at: sql, [scanLimit], for: subject, in: db, &search)
            }
            return MissCandidates(
                nearest: search.nearest(),
                lookedAtCount: min(search.rowCount, count),
                recordingCount: count
            )
        }
    }

    /// Nearest first, until there are enough.
    private func lookByOutline(for subject: MissSubject, in db: Database, _ search: inout CandidateSearch) throws {
        let path = subject.request.target.path
        let model = subject.outline.model
        let count = subject.outline.messageCount
        let some = 5 * search.limit
        var steps: [(sql: String, arguments: StatementArguments)] = [
            (
                "path = ? AND model IS ? AND message_count IS ? ORDER BY id LIMIT \(Self.tieLimit)",
                [path, model, count]
            ),
            (
                "path = ? AND model IS ? AND message_count > ? ORDER BY message_count LIMIT \(some)",
                [path, model, count ?? 0]
            ),
            (
                "path = ? AND model IS ? AND message_count < ? ORDER BY message_count DESC LIMIT \(some)",
                [path, model, count ?? 0]
            ),
            ("path = ? AND model IS ? ORDER BY message_count LIMIT \(some)", [path, model]),
        ]
        // Ranges, since what is not equal would be looked for in all of the index.
        if let model {
            for range in ["model < ?", "model > ?"] {
                steps.append(("path = ? AND \(range) LIMIT \(some)", [path, model]))
            }
            steps.append(("path = ? AND model IS NULL LIMIT \(some)", [path]))
        } else {
            steps.append(("path = ? AND model IS NOT NULL LIMIT \(some)", [path]))
        }
        for (index, step) in steps.enumerated() {
            // More messages and fewer are equally near.
            if search.isFull, index != 2 { return }
            try look(at: Self.byOutline(step.sql), step.arguments, for: subject, in: db, &search)
        }
        guard model != nil else { return }
        for other in try paths(in: db) where other != path {
            if search.isFull { return }
            let sql = Self.byOutline("path = ? AND model IS ? LIMIT \(some)")
            try look(at: sql, [other, model], for: subject, in: db, &search)
        }
    }

    private static func byOutline(_ condition: String) -> String {
        "WHERE interaction.id IN (SELECT id FROM interaction INDEXED BY interaction_by_outline WHERE \(condition))"
    }

    /// Some of the paths that were recorded, each found by a look into the index.
    private func paths(in db: Database) throws -> [String] {
        var paths: [String] = []
        let statement = try db.cachedStatement(
            sql: "SELECT min(path) FROM interaction INDEXED BY interaction_by_outline WHERE path > ?"
        )
        while paths.count < 50, let next = try String.fetchOne(statement, arguments: [paths.last ?? ""]) {
            paths.append(next)
        }
        return paths
    }

    private func look(
        at condition: String,
        _ arguments: StatementArguments = [],
        for subject: MissSubject,
        in db: Database,
        _ search: inout CandidateSearch
    ) throws {
        let sql = """
            SELECT \(Self.columns) FROM interaction LEFT JOIN body ON body.id = request_body \(condition)
            """
        let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
        while let row = try rows.next() {
            search.add(candidate(row, for: subject))
        }
    }

    private func candidate(_ row: Row, for subject: MissSubject) -> MissCandidate? {
        guard let id = Int64.fromDatabaseValue(row["id"]),
            let fingerprint = FingerprintColumn.hash(row["fingerprint"]),
            let method = String.fromDatabaseValue(row["method"]),
            let target = String.fromDatabaseValue(row["target"]),
            let path = String.fromDatabaseValue(row["path"]),
            let bodyID = Int64.fromDatabaseValue(row["request_body"]),
            let byteCount = Int.fromDatabaseValue(row["byte_count"])
        else { return nil }
        let distance = subject.distance(
            method: method,
            path: path,
            model: String.fromDatabaseValue(row["model"]),
            messageCount: Int.fromDatabaseValue(row["message_count"]),
            byteCount: byteCount
        )
        return MissCandidate(
            cassette: self,
            id: id,
            fingerprint: fingerprint,
            method: method,
            target: target,
            path: path,
            bodyID: bodyID,
            byteCount: byteCount,
            distance: distance
        )
    }
}

/// Keeps the nearest of many.
private struct CandidateSearch {
    let limit: Int
    private(set) var rowCount = 0
    private var kept: [MissCandidate] = []
    private var requests: Set<Hash128> = []

    init(limit: Int) {
        self.limit = limit
    }

    /// Whether what is as far away as what was found, or farther, is not needed.
    var isFull: Bool { requests.count >= limit }

    /// Nil for a row that cannot be read.
    mutating func add(_ candidate: MissCandidate?) {
        rowCount += 1
        guard let candidate, candidate.isSimilar, requests.insert(candidate.fingerprint).inserted else { return }
        kept.append(candidate)
        if kept.count >= 4 * limit { keepNearest() }
    }

    mutating func nearest() -> [MissCandidate] {
        keepNearest()
        return kept
    }

    private mutating func keepNearest() {
        kept.sort { ($0.distance, $0.id) < ($1.distance, $1.id) }
        kept.removeLast(max(0, kept.count - limit))
    }
}
