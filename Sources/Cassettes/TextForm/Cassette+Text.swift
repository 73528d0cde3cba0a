/// What an export to text did to the files of a folder.
package struct TextExportCounts: Sendable, Hashable {
    package var written = 0
    /// They already said what they were to say.
    package var unchanged = 0
    package var removed = 0
}

extension Cassette {
    /// Writes the cassette as a folder with a text for each recording, which may be there from an earlier export.
    ///
    /// A recording keeps the file that an earlier one of the same request had, so that recording one request again
    /// changes one file. Files of recordings that are gone are removed, other files left alone.
    package func exportText(
        to folder: String,
        progress: WorkProgress = { _, _ in }
    ) throws(CassetteError) -> TextExportCounts {
        let folder = TextFolder(path: folder)
        try CassetteFile.createFolder(folder.path)
        var names = TextFileNames(vacant: try folder.names().compactMap { TextFileName($0) })
        var counts = TextExportCounts()
        try folder.write(metadata: try metadata())
        let entries = try index()
        for (index, entry) in entries.enumerated() {
            let stored = try interaction(entry.id)
            let isNew = try folder.write(stored, to: names.name(for: stored.id, stored.fingerprint))
            counts.written += isNew ? 1 : 0
            counts.unchanged += isNew ? 0 : 1
            progress(index + 1, entries.count)
        }
        for name in names.vacantNames {
            try CassetteFile.remove(folder.file(name.text))
            counts.removed += 1
        }
        return counts
    }
}

extension StoredInteraction {
    /// The recording as the file of an export says it.
    package var exportText: String { InteractionText.text(of: self) }
}
