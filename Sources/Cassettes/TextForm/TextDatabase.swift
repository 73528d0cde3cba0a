internal import GRDB
internal import Tapes

/// A cassette in text form, read into a database in memory, so that everything that works on files works on it.
struct TextDatabase {
    let queue: DatabaseQueue
    /// The file of each recording.
    var names: TextFileNames

    /// Reads all files.
    ///
    /// Everything is looked through for secrets again, since people edit files; a request that was edited gets the
    /// fingerprint of what it now is.
    ///
    /// - Throws: ``CassetteError/malformed(_:)`` at the first file that says what cannot be.
    init(reading folder: TextFolder) throws {
        queue = try DatabaseQueue(configuration: CassetteConnection.configuration(readonly: false))
        names = TextFileNames()
        let redactor = Redactor()
        let metadata = try folder.metadata()
        let files = try folder.names()
        var taken: [(TextFileName, Int64)] = []
        try queue.writeWithoutTransaction { db in
            try CassetteConnection.createSchema(db)
            try db.inTransaction {
                try MetadataTable(db: db).write(metadata)
                let table = InteractionTable(path: folder.path, db: db)
                for (index, name) in files.enumerated() {
                    let imported = try folder.interaction(name)
                    let redacted = redactor.redact(imported.interaction, upstream: imported.upstream)
                    let id = Int64(index + 1)
                    try table.insert(redacted, id: id)
                    if let name = TextFileName(name) { taken.append((name, id)) }
                }
                return .commit
            }
        }
        for (name, id) in taken { names.take(name, for: id) }
    }
}
