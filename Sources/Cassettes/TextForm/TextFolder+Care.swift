internal import GRDB
internal import Tapes

extension TextFolder {
    /// Gives the files of recordings the names of the fingerprints that they have now, each in its place.
    ///
    /// Names that people chose stay.
    ///
    /// - Returns: how many files have another name.
    @discardableResult
    func renameFiles() throws(CassetteError) -> Int {
        let entries = try Cassette(path: path).index()
        var count = 0
        for (name, entry) in zip(try names(), entries) {
            guard let old = TextFileName(name) else { continue }
            let new = TextFileName(number: old.number, fingerprint: entry.fingerprint)
            guard new.text != old.text, try CassetteFile.status(of: file(new.text)) == .missing else { continue }
            try CassetteFile.move(file(old.text), to: file(new.text))
            count += 1
        }
        return count
    }
}

extension CassetteRematch {
    /// The same for a folder in text form: its list says the new rules, and files are named by the new fingerprints.
    init(ofFolder folder: TextFolder, rules: (MatchingRules) -> MatchingRules) throws(CassetteError) {
        let lock = try CassetteLock(cassette: folder.path)
        defer { lock.release() }
        do {
            let queue = try TextDatabase(reading: folder).queue
            let cassette = Cassette(path: folder.path, queue: queue)
            self = try queue.write { db in
                let rules = rules(try MatchingRules(storedIn: db, path: folder.path))
                let result = try Self.rematch(cassette, in: db, rules)
                try rules.store(in: db)
                return result
            }
            try folder.write(metadata: try cassette.metadata())
            try folder.renameFiles()
        } catch {
            throw CassetteError(error, path: folder.path, action: .write)
        }
    }
}

extension CassetteRecovery {
    /// A new cassette of the files of a folder that can be read; the others are losses.
    init(ofFolder folder: TextFolder, into output: String) throws(CassetteError) {
        guard try CassetteFile.status(of: output) == .missing else { throw .exists(path: output) }
        var losses: [Loss] = []
        let count: Int
        do {
            let database = try TextDatabase(reading: folder) { place, error in
                losses.append(Loss(place: place, problem: error.description))
            }
            count = try Cassette(path: folder.path, queue: database.queue).count()
            guard count > 0 else { throw CassetteError.nothingIntact(path: folder.path) }
            try CassetteFile.create(output)
            let queue = try DatabaseQueue(
                path: output,
                configuration: CassetteConnection.configuration(readonly: false)
            )
            defer { try? queue.close() }
            try database.queue.backup(to: queue)
        } catch {
            CassetteSalvage.remove(output)
            throw CassetteError(error, path: output, action: .write)
        }
        self.init(path: folder.path, output: output, recoveredCount: count, losses: losses)
    }
}
