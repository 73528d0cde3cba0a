internal import GRDB
internal import Tapes

extension Cassette {
    /// The most recordings whose index is compared with their rows when it is read.
    ///
    /// Comparing reads every page that rows begin on, some 5 µs a recording.
    package static let indexCheckLimit = 20_000

    /// Makes sure that the index leads to every recording, since one that is left out would shift those after it.
    ///
    /// A row that is damaged itself proves nothing: it is found when it is read. The index of more than
    /// ``indexCheckLimit`` recordings is left to `cassette verify`.
    ///
    /// - Throws: ``CassetteError/damaged(path:place:check:)`` if the rows are right and the index is not.
    func checkIndex(_ entries: [IndexEntry], in db: Database) throws {
        guard entries.count <= Self.indexCheckLimit else { return }
        var expected: [Int64: IndexEntry] = [:]
        for entry in entries {
            guard expected.updateValue(entry, forKey: entry.id) == nil else {
                throw damaged("the index", .indexMismatch)
            }
        }
        for row in rows(in: db) {
            if let entry = expected[row.id], entry == row { continue }
            // Whichever of the two is intact says the truth.
            guard (try? contents(of: row.id, in: db)) == nil else { throw damaged("the index", .indexMismatch) }
        }
    }

    /// The rows as far as they can be read.
    private func rows(in db: Database) -> [IndexEntry] {
        var entries: [IndexEntry] = []
        let sql = "SELECT id, fingerprint, completion FROM interaction NOT INDEXED ORDER BY id"
        guard let rows = try? Row.fetchCursor(db, sql: sql) else { return [] }
        while let row = try? rows.next() {
            guard let id = Int64.fromDatabaseValue(row[0]), let hash = FingerprintColumn.hash(row[1]),
                let completion = String.fromDatabaseValue(row[2]).flatMap(Interaction.Completion.init(rawValue:))
            else { continue }
            entries.append(IndexEntry(id: id, fingerprint: Fingerprint(hash: hash), completion: completion))
        }
        return entries
    }

    /// One recording, all checks done, that the index gave for a fingerprint.
    ///
    /// - Throws: as ``interaction(_:)``, and ``CassetteError/damaged(path:place:check:)`` if it is another request's.
    package func interaction(_ entry: IndexEntry) throws(CassetteError) -> StoredInteraction {
        switch try interaction(entry, wholeUpTo: .max) {
        case .whole(let stored): stored
        case .large: preconditionFailure("no body is larger than that")
        }
    }

    /// A recording, or where to read it.
    package enum Found: Sendable {
        case whole(StoredInteraction)
        case large(LargeInteraction)
    }

    /// The same, but for an answer whose body has more than so many bytes: of that all is checked but the body.
    package func interaction(_ entry: IndexEntry, wholeUpTo byteLimit: Int) throws(CassetteError) -> Found {
        let contents: Contents
        do throws(CassetteError) {
            contents = try read { try self.contents(of: entry.id, wholeUpTo: byteLimit, in: $0) }
        } catch .noSuchInteraction {
            throw damaged("the index", .indexMismatch)
        }
        let found: Found
        let stored: StoredInteraction
        switch contents {
        case .whole(let whole, _):
            found = .whole(whole)
            stored = whole
        case .large(let large):
            found = .large(large)
            stored = large.outline
        }
        guard stored.fingerprint == entry.fingerprint, stored.interaction.completion == entry.completion else {
            throw damaged("the index", .indexMismatch)
        }
        return found
    }
}
