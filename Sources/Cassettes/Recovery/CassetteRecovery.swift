internal import GRDB
package import OpenRouterAPI

/// What was saved of a damaged cassette, and what was not.
package struct CassetteRecovery: Sendable, Hashable {
    /// Something that is not in the new file.
    package struct Loss: Sendable, Hashable {
        /// An interaction, the rules or the file; in a folder the name of a file.
        package var place: String
        package var problem: String
    }

    package var path: String
    package var output: String
    package var recoveredCount: Int
    package var losses: [Loss]

    /// Whether everything was saved.
    package var isComplete: Bool { losses.isEmpty }

    /// How many losses the text writes out.
    private static let textLimit = 100
}

extension CassetteRecovery {
    /// Copies every intact recording of a file, or of a folder in text form, into a new file, under its number.
    ///
    /// The damaged file is only read. What is copied has passed every checksum: nothing is guessed. Blocks on the disk.
    ///
    /// - Throws: ``CassetteError/exists(path:)`` if there is something at `output`,
    ///   ``CassetteError/nothingIntact(path:)`` if there is nothing to copy, ``CassetteError/newerVersion(path:version:)``,
    ///   and what reading and writing files can end with; then there is no new file.
    package init(of path: String, into output: String) throws(CassetteError) {
        if TextFolder.exists(at: path) {
            try self.init(ofFolder: TextFolder(path: path), into: output)
            return
        }
        try CassetteFile.requireReadable(path)
        guard try CassetteFile.status(of: output) == .missing else { throw .exists(path: output) }
        let (salvage, contents) = try Self.best(of: path, workingCopy: output + "-recovering")
        defer { salvage.close() }
        guard !contents.ids.isEmpty else { throw .nothingIntact(path: path) }
        try CassetteFile.create(output)
        do {
            let queue = try DatabaseQueue(
                path: output,
                configuration: CassetteConnection.configuration(readonly: false)
            )
            defer { try? queue.close() }
            try queue.writeWithoutTransaction { db in
                try CassetteConnection.createSchema(db)
                try db.inTransaction(.immediate) {
                    try (contents.rules ?? .none).store(in: db)
                    for id in contents.ids {
                        // Without their rules fingerprints would lead nowhere.
                        try salvage.copy(id, to: db, rules: contents.rules == nil ? MatchingRules.none : nil)
                    }
                    return .commit
                }
            }
        } catch {
            CassetteSalvage.remove(output)
            throw CassetteError(error, path: output, action: .write)
        }
        self.init(path: path, output: output, recoveredCount: contents.ids.count, losses: contents.losses)
    }
}

extension CassetteRecovery {
    /// The file as it is where that is whole, else with tables made of the pages that are left, where that gives more.
    private static func best(
        of path: String,
        workingCopy: String
    ) throws(CassetteError) -> (CassetteSalvage, CassetteSalvage.Contents) {
        let salvage = try CassetteSalvage(of: path, workingCopy: workingCopy, relinks: false)
        let contents = salvage.contents()
        if contents.losses.isEmpty { return (salvage, contents) }
        salvage.close()
        let relinked = try CassetteSalvage(of: path, workingCopy: workingCopy, relinks: true)
        let more = relinked.contents()
        if more.ids.count > contents.ids.count { return (relinked, more) }
        relinked.close()
        return (try CassetteSalvage(of: path, workingCopy: workingCopy, relinks: false), contents)
    }
}

extension CassetteRecovery {
    package var json: JSON {
        [
            "path": .string(path),
            "output": .string(output),
            "recovered": .integer(recoveredCount),
            "losses": .array(losses.map { ["place": .string($0.place), "problem": .string($0.problem)] }),
        ]
    }

    /// A line for each loss and one for the whole.
    package var text: String {
        var lines = losses.prefix(Self.textLimit).map {
            "\(path): \($0.place): \(TextTable.printable($0.problem))"
        }
        let rest = losses.count - Self.textLimit
        if rest > 0 { lines.append("\(path): and \(rest) more; --json lists all") }
        let recordings = recoveredCount == 1 ? "1 recording" : "\(recoveredCount) recordings"
        lines.append("\(output): \(recordings) recovered, " + (isComplete ? "nothing is lost" : "the above is lost"))
        return lines.joined(separator: "\n")
    }
}
