internal import Foundation

/// Makes a cassette out of recordings that exist.
package enum CassetteCopy {
    /// Makes a cassette that is there as a whole or not at all.
    ///
    /// A folder, for a path that ends with a slash, appears file by file.
    ///
    /// - Parameters:
    ///   - path: where; nothing may be there, unless `replacing`.
    ///   - metadata: what it is to say of itself, see ``Cassette/metadata()``.
    ///   - replacing: whether a file that is there may go.
    ///   - fill: writes the recordings.
    /// - Throws: ``CassetteError``, and what `fill` throws.
    package static func make(
        at path: String,
        metadata: [String: String] = [:],
        replacing: Bool = false,
        _ fill: (CassetteWriter) async throws -> Void
    ) async throws {
        if TextFolder.canBegin(at: path) { return try await write(to: path, metadata, fill) }
        guard replacing || !FileManager.default.fileExists(atPath: path) else {
            throw CassetteError.exists(path: path)
        }
        let folder = CassetteFile.folder(of: path)
        guard CassetteFile.isFolder(folder) else { throw CassetteError.missingFolder(path: path, folder: folder) }
        let temporary = "\(path).\(ProcessInfo.processInfo.processIdentifier).tmp"
        do {
            // One that was killed under the same number may have left it.
            try CassetteFile.remove(temporary)
            try await write(to: temporary, metadata, fill)
            try CassetteFile.move(temporary, to: path)
        } catch {
            for suffix in ["", "-wal", "-shm"] { try? CassetteFile.remove(temporary + suffix) }
            throw error
        }
    }

    private static func write(
        to path: String,
        _ metadata: [String: String],
        _ fill: (CassetteWriter) async throws -> Void
    ) async throws {
        let writer = try CassetteWriter(path: path, metadata: metadata)
        do {
            try await fill(writer)
        } catch {
            try? await writer.close()
            throw error
        }
        try await writer.close()
    }
}

extension CassetteWriter {
    /// Adds recordings of another cassette, looked through for secrets again.
    package func append(
        _ ids: some Collection<Int64>,
        of cassette: Cassette,
        redactor: Redactor = Redactor(),
        progress: WorkProgress = { _, _ in }
    ) async throws(CassetteError) {
        var batch = WriteBatch(self)
        for (index, id) in ids.enumerated() {
            let stored = try cassette.interaction(id)
            try await batch.add(redactor.redact(stored.interaction, upstream: stored.upstream))
            progress(index + 1, ids.count)
        }
        try await batch.finish()
    }
}
