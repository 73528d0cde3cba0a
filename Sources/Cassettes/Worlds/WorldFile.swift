internal import GRDB

/// Worlds in an SQLite file, for servers that go on where they have stopped.
///
/// What a world is made of is not this file's business: it keeps texts by name, and of each world its generations one
/// by one, so that saving costs what has changed. One process at a time has it open.
package final class WorldFile: Sendable {
    /// What is kept of one world.
    package struct Saved: Sendable {
        package var state: String
        /// From the oldest to the newest.
        package var generations: [String]
    }

    /// What has changed in one world.
    package struct Changes: Sendable {
        package var state: String
        /// By id; nil for those that are kept no longer.
        package var generations: [(id: String, record: String?)]

        package init(state: String, generations: [(id: String, record: String?)]) {
            self.state = state
            self.generations = generations
        }
    }

    /// `ORSW` in ASCII (sqlite.org/fileformat2.html#application_id).
    private static let applicationID: Int32 = 0x4F52_5357
    private static let version: Int32 = 1

    private let path: String
    private let queue: DatabaseQueue

    /// Opens a file, or makes it.
    ///
    /// - Throws: ``WorldFileError`` for other people's files, later versions, and a file that another server has open.
    package init(path: String) throws(WorldFileError) {
        self.path = path
        do {
            var configuration = Configuration()
            configuration.label = "worlds"
            configuration.prepareDatabase { db in
                try db.execute(sql: "PRAGMA trusted_schema = OFF")
                // Nobody else may read or write it while we have it.
                try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE")
            }
            if try CassetteFile.status(of: path) == .missing { try CassetteFile.create(path) }
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.write { db in try Self.prepare(db, path: path) }
        } catch {
            throw WorldFileError(error, path: path)
        }
    }

    private static func prepare(_ db: Database, path: String) throws {
        let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
        if isEmpty {
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: "PRAGMA user_version = \(version)")
            try db.execute(sql: "CREATE TABLE world (name TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT")
            try db.execute(
                sql: """
                    CREATE TABLE generation (
                        position INTEGER PRIMARY KEY,
                        world TEXT NOT NULL,
                        id TEXT NOT NULL,
                        record TEXT NOT NULL,
                        UNIQUE (world, id)
                    ) STRICT
                    """
            )
            return
        }
        guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == applicationID else {
            throw WorldFileError.notOurs(path: path)
        }
        let found = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        guard found <= version else { throw WorldFileError.newerVersion(path: path, version: Int(found)) }
    }

    /// The worlds that were saved, by name.
    package func worldNames() throws(WorldFileError) -> [String] {
        do {
            return try queue.read { db in try String.fetchAll(db, sql: "SELECT name FROM world ORDER BY name") }
        } catch {
            throw WorldFileError(error, path: path)
        }
    }

    /// Removes a world; does nothing when there is none.
    package func remove(world name: String) async throws(WorldFileError) {
        do {
            try await queue.write { db in
                try db.execute(sql: "DELETE FROM world WHERE name = ?", arguments: [name])
                try db.execute(sql: "DELETE FROM generation WHERE world = ?", arguments: [name])
            }
        } catch {
            throw WorldFileError(error, path: path)
        }
    }

    /// Nil for a world that was never saved.
    package func saved(world name: String) throws(WorldFileError) -> Saved? {
        do {
            return try queue.read { db -> Saved? in
                let state = try String.fetchOne(db, sql: "SELECT state FROM world WHERE name = ?", arguments: [name])
                guard let state else { return nil }
                let generations = try String.fetchAll(
                    db,
                    sql: "SELECT record FROM generation WHERE world = ? ORDER BY position",
                    arguments: [name]
                )
                return Saved(state: state, generations: generations)
            }
        } catch {
            throw WorldFileError(error, path: path)
        }
    }

    /// Writes changes, all or none.
    package func save(_ changes: Changes, world name: String) async throws(WorldFileError) {
        do {
            try await queue.write { db in
                try db.execute(
                    sql: "INSERT INTO world VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET state = excluded.state",
                    arguments: [name, changes.state]
                )
                for (id, record) in changes.generations {
                    guard let record else {
                        try db.execute(
                            sql: "DELETE FROM generation WHERE world = ? AND id = ?",
                            arguments: [name, id]
                        )
                        continue
                    }
                    try db.execute(
                        sql: """
                            INSERT INTO generation (world, id, record) VALUES (?, ?, ?)
                            ON CONFLICT (world, id) DO UPDATE SET record = excluded.record
                            """,
                        arguments: [name, id, record]
                    )
                }
            }
        } catch {
            throw WorldFileError(error, path: path)
        }
    }

    package func close() throws(WorldFileError) {
        do {
            try queue.close()
        } catch {
            throw WorldFileError(error, path: path)
        }
    }
}
