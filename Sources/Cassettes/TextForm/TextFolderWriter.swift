internal import GRDB

/// Keeps the files of a folder as the database in memory is, transaction by transaction.
struct TextFolderWriter {
    let folder: TextFolder
    private var names: TextFileNames
    /// Recordings that the current transaction wrote.
    private var written: [Int64: RedactedInteraction] = [:]

    init(folder: TextFolder, names: TextFileNames) {
        self.folder = folder
        self.names = names
    }

    mutating func store(_ interaction: RedactedInteraction, id: Int64) {
        written[id] = interaction
    }

    mutating func leave(_ ids: [Int64]) {
        for id in ids {
            names.leave(id)
            written[id] = nil
        }
    }

    /// Writes the files of a transaction, then removes those that no recording has any more.
    mutating func commit() throws(CassetteError) {
        for (id, redacted) in written.sorted(by: { $0.key < $1.key }) {
            let stored = StoredInteraction(
                id: id,
                fingerprint: redacted.fingerprint,
                interaction: redacted.interaction,
                upstream: redacted.upstream
            )
            try folder.write(stored, to: names.name(for: id, redacted.fingerprint))
        }
        written = [:]
        for name in names.vacantNames { try CassetteFile.remove(folder.file(name.text)) }
    }
}
