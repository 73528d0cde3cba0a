internal import OpenRouterAPI
package import Tapes
internal import YAMLDocuments

extension ImportedRecordings {
    /// What an importer has to be told because some files do not say it.
    package struct Defaults: Sendable {
        /// Microseconds since 1970-01-01T00:00:00Z.
        package var recordedAt: Int64
        package var model: String

        package init(recordedAt: Int64, model: String) {
            self.recordedAt = recordedAt
            self.model = model
        }
    }

    /// Reads a file of another tool, or a single text of this one.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - format: of the file; nil to tell by what is in it.
    ///   - defaults: for what the file does not say.
    /// - Returns: What the file holds, and the format it was read as.
    /// - Throws: ``CassetteError/malformed(_:)`` where the file is not what its format asks for.
    package static func read(
        _ path: String,
        format: ImportFormat?,
        defaults: Defaults
    ) throws(CassetteError) -> (format: ImportFormat, recordings: ImportedRecordings) {
        let bytes = try CassetteFile.contents(of: path)
        do throws(YAMLDocumentError) {
            let file = try TextFile(parsing: bytes, name: path, allowsBinary: true)
            guard let format = format ?? ImportFormat(of: file.document.root) else {
                throw file.error(
                    file.document.root,
                    "this is none of the formats that can be imported: a recording's text, HAR ('log'), "
                        + "vcrpy ('interactions'), aimock ('fixtures')"
                )
            }
            switch format {
            case .yaml:
                return (format, ImportedRecordings(interactions: [try InteractionTextReader.interaction(in: file)]))
            case .har: return (format, try HARImporter.recordings(in: file))
            case .vcrpy:
                return (format, try VCRImporter.recordings(in: file, recordedAt: defaults.recordedAt))
            case .aimock:
                return (
                    format,
                    try AimockImporter.recordings(in: file, recordedAt: defaults.recordedAt, model: defaults.model)
                )
            }
        } catch {
            throw .malformed(error)
        }
    }
}

extension ImportFormat {
    /// Nil if the file is of none.
    init?(of root: YAMLNode) {
        let named: [(String, ImportFormat)] = [
            ("log", .har), ("fixtures", .aimock), ("interactions", .vcrpy), ("request", .yaml),
        ]
        guard let match = named.first(where: { root[$0.0] != nil }) else { return nil }
        self = match.1
    }
}

extension CassetteWriter {
    /// Adds recordings that came from outside, without their secrets.
    ///
    /// - Parameters:
    ///   - imported: the recordings.
    ///   - redactor: what looks for their secrets.
    ///   - progress: told after each recording.
    ///   - target: the place that a request's target stands for, as the recorder would note it.
    /// - Throws: ``CassetteError`` where one cannot be written.
    package func append(
        _ imported: ImportedRecordings,
        redactor: Redactor = Redactor(),
        progress: WorkProgress = { _, _ in },
        target: @Sendable (RequestTarget) -> RequestTarget
    ) async throws(CassetteError) {
        var batch = WriteBatch(self)
        for (index, recording) in imported.interactions.enumerated() {
            var interaction = recording.interaction
            interaction.request.target = target(interaction.request.target)
            try await batch.add(redactor.redact(interaction, upstream: recording.upstream))
            progress(index + 1, imported.interactions.count)
        }
        try await batch.finish()
    }
}
