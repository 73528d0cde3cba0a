internal import Foundation
internal import GRDB
internal import Tapes

/// What is asked of cassettes that are too large to hold their index in memory: the work does not grow with the file.
extension Cassette {
    /// The highest number of a recording, 0 without any; later recordings have higher ones.
    package func lastID() throws(CassetteError) -> Int64 {
        try read { try Int64.fetchOne($0, sql: "SELECT max(id) FROM interaction") ?? 0 }
    }

    /// The numbers of the next recordings after one, in their order.
    package func ids(after id: Int64 = 0, limit: Int) throws(CassetteError) -> [Int64] {
        let sql = "SELECT id FROM interaction WHERE id > ? ORDER BY id LIMIT ?"
        return try read { try Int64.fetchAll($0, sql: sql, arguments: [id, limit]) }
    }

    /// Whether there are more recordings than so many.
    package func hasMoreRecordings(than count: Int) throws(CassetteError) -> Bool {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM interaction LIMIT ?)"
        return try read { try Int.fetchOne($0, sql: sql, arguments: [count + 1]) ?? 0 } > count
    }

    /// The recordings of one request, in the order they were made, up to a number.
    ///
    /// What a recording holds is checked when it is read.
    package func index(of fingerprint: Fingerprint, through lastID: Int64 = .max) throws(CassetteError) -> [IndexEntry]
    {
        let sql = """
            SELECT id, completion FROM interaction INDEXED BY interaction_by_fingerprint
            WHERE fingerprint = ? AND id <= ?
            """
        return try read { db in
            var entries: [IndexEntry] = []
            let statement = try db.cachedStatement(sql: sql)
            let rows = try Row.fetchCursor(statement, arguments: [Data(fingerprint.hash.bytes), lastID])
            while let row = try rows.next() {
                guard let id = Int64.fromDatabaseValue(row[0]),
                    let completion = String.fromDatabaseValue(row[1]).flatMap(Interaction.Completion.init(rawValue:))
                else { throw damaged("the index", .column("completion")) }
                entries.append(IndexEntry(id: id, fingerprint: fingerprint, completion: completion))
            }
            return entries.sorted { $0.id < $1.id }
        }
    }

    /// The next different fingerprints after one, by their bytes; nil for the first ones.
    package func fingerprints(after fingerprint: Fingerprint?, limit: Int) throws(CassetteError) -> [Fingerprint] {
        let sql = """
            SELECT DISTINCT fingerprint FROM interaction INDEXED BY interaction_by_fingerprint
            WHERE fingerprint > ? ORDER BY fingerprint LIMIT ?
            """
        let start = fingerprint.map { Data($0.hash.bytes) } ?? Data()
        return try read { db in
            try Row.fetchAll(db, sql: sql, arguments: [start, limit]).map { row in
                guard let hash = FingerprintColumn.hash(row[0]) else {
                    throw damaged("the index", .column("fingerprint"))
                }
                return Fingerprint(hash: hash)
            }
        }
    }
}
