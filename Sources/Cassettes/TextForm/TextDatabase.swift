internal import GRDB
internal import Tapes

/// A cassette in text form, read into a database in memory, so that everything that works on files works on it.
struct TextDatabase {
    let queue: DatabaseQueue
    /// The file of each recording.
    private(set) var names = TextFileNames()
    /// The files that are not named as this tool names them.
    private(set) var otherNames: [Int64: String] = [:]

    /// Reads all files.
    ///
    /// Everything is looked through for secrets again, since people edit files; a request that was edited gets the
    /// fingerprint of what it now is.
    ///
    /// - Parameters:
    ///   - folder: the folder.
    ///   - skip: is told of what cannot be read, by its name, and may throw instead of leaving it out.
    /// - Throws: what `skip` throws, by default ``CassetteError/malformed(_:)`` at the first file that says what cannot
    ///   be.
    init(
        reading folder: TextFolder,
        skip: (String, CassetteError) throws -> Void = { _, error in throw error }
    ) throws {
        queue = try DatabaseQueue(configuration: CassetteConnection.configuration(readonly: false))
        var metadata: [String: String] = [:]
        do throws(CassetteError) {
            metadata = try folder.metadata()
        } catch {
            try skip(TextFolder.listName, error)
        }
        let files = try folder.names()
        try queue.writeWithoutTransaction { db in
            try CassetteConnection.createSchema(db)
            try db.inTransaction {
                try MetadataTable(db: db).write(metadata)
                let rules = try MatchingRules(kept: metadata, in: db, path: folder.path)
                let redactor = Redactor(rules: try RedactionRules(in: db, path: folder.path))
                let table = InteractionTable(path: folder.path, db: db)
                for (index, name) in files.enumerated() {
                    let imported: ImportedInteraction
                    do throws(CassetteError) {
                        imported = try folder.interaction(name)
                    } catch {
                        try skip(name, error)
                        continue
                    }
                    let redacted = redactor.redact(imported.interaction, upstream: imported.upstream)
                    let id = Int64(index + 1)
                    try table.insert(redacted.matched(by: rules), id: id)
                }
                return .commit
            }
        }
        for (index, name) in files.enumerated() {
            let id = Int64(index + 1)
            if let known = TextFileName(name) {
                names.take(known, for: id)
            } else {
                otherNames[id] = name
            }
        }
    }
}
