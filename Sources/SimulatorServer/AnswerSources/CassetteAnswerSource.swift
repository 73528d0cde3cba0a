package import Cassettes
internal import Dispatch
internal import OpenRouterAPI
package import Simulation
internal import Synchronization
package import Tapes

/// Answers from recordings: fingerprint → recordings in their order → tape, from memory once it was read.
///
/// Memory is bounded whatever the size of the files.
package final class CassetteAnswerSource: AnswerSource {
    /// What a request gets that has been answered with all its recordings.
    package enum Exhausted: String, Sendable, CaseIterable {
        /// The last one again.
        case `repeat`
        /// A miss.
        case fail
        /// The first one again, and so on.
        case cycle
    }

    /// In the order in which they are asked.
    let cassettes: [Cassette]
    /// Not empty: without cassettes there is one without recordings.
    private let shelves: [RecordingShelf]
    /// How many recordings can be played; of large cassettes how many were ever made.
    package let recordingCount: Int
    /// For each cassette, the shelf of its recordings.
    private let shelfOfCassette: [Int]
    private let exhausted: Exhausted
    private let timing: Timing
    private let finder: NearMissFinder
    private let cache: BoundedCache<RecordingKey, SourcedAnswer>
    private let reading = DispatchQueue(label: "cassette-reading")
    /// Large recordings are read through on this one, so that nobody else waits for that.
    private let checking = DispatchQueue(label: "cassette-checking")

    /// Reads the index of each cassette, unless they are large together; blocks on the disk.
    ///
    /// - Parameters:
    ///   - cassettes: in order; recordings of the first come first.
    ///   - redactor: as used for recording, so that fingerprints agree.
    ///   - exhausted: what to play when all recordings of a request have been played.
    ///   - timing: how fast recordings are played.
    ///   - includesIncomplete: whether recordings are played that end where a client left or a recorder died.
    ///   - cacheByteLimit: bytes of recordings kept in memory.
    ///   - loadLimit: of how many recordings, in all cassettes together, the places are kept in memory.
    /// - Throws: ``CassetteError``.
    package init(
        _ cassettes: [Cassette],
        redactor: Redactor,
        exhausted: Exhausted = .repeat,
        timing: Timing = .instant,
        includesIncomplete: Bool = false,
        cacheByteLimit: Int = 256 * 1024 * 1024,
        loadLimit: Int = Cassette.indexCheckLimit
    ) throws(CassetteError) {
        self.cassettes = cassettes
        self.exhausted = exhausted
        self.timing = timing
        var membersOfShelf: [(rules: MatchingRules, members: [RecordingShelf.Member])] = []
        var shelfOfCassette: [Int] = []
        var isLarge = false
        var seats = loadLimit
        for (index, cassette) in cassettes.enumerated() {
            let rules = try cassette.matchingRules()
            let shelf = membersOfShelf.firstIndex { $0.rules == rules } ?? membersOfShelf.count
            if shelf == membersOfShelf.count { membersOfShelf.append((rules, [])) }
            shelfOfCassette.append(shelf)
            let member = RecordingShelf.Member(number: Int32(index), cassette: cassette, lastID: try cassette.lastID())
            membersOfShelf[shelf].members.append(member)
            if !isLarge {
                isLarge = try cassette.hasMoreRecordings(than: seats)
                if !isLarge { seats -= try cassette.count() }
            }
        }
        if membersOfShelf.isEmpty { membersOfShelf = [(.none, [])] }
        // Twice the recordings, so that a client that asks for all of them in turn never finds its request forgotten.
        let capacity = isLarge ? Self.largeFingerprintCapacity : max(4096, 2 * (loadLimit - seats))
        var shelves: [RecordingShelf] = []
        for (rules, members) in membersOfShelf {
            let fingerprinter = Fingerprinter(redactor: redactor, rules: rules, cacheCapacity: capacity)
            shelves.append(
                try RecordingShelf(members, fingerprinter, includesIncomplete: includesIncomplete, isLoaded: !isLarge)
            )
        }
        recordingCount = shelves.reduce(0) { $0 + $1.recordingCount }
        self.shelves = shelves
        self.shelfOfCassette = shelfOfCassette
        finder = NearMissFinder(cassettes: cassettes, redactor: redactor)
        cache = BoundedCache(limit: cacheByteLimit)
    }

    /// Some 25 MB: what is forgotten is made again, which takes less time than reading a recording.
    private static let largeFingerprintCapacity = 1 << 18

    /// Lets go of the files; what was read before can still be played.
    package func close() {
        for cassette in cassettes { cassette.close() }
    }

    /// How many recordings are in memory, and about how many bytes they take.
    var load: (count: Int, byteCount: Int) {
        let load = cache.load
        return (load.count, load.cost)
    }

    package func answer(to request: Request, in world: World) -> Sourcing {
        if shelves.count == 1 {
            let fingerprint = shelves[0].fingerprinter.fingerprint(of: request).hash
            guard let places = shelves[0].knownPlaces(of: fingerprint) else { return later(request, world) }
            return play(fingerprint, places, request, world)
        }
        // Under other rules the same request has another fingerprint.
        var found: (fingerprint: Hash128, places: [RecordingPlace])?
        for shelf in shelves {
            let fingerprint = shelf.fingerprinter.fingerprint(of: request).hash
            guard let places = shelf.knownPlaces(of: fingerprint) else { return later(request, world) }
            if !places.isEmpty { found = (found?.fingerprint ?? fingerprint, (found?.places ?? []) + places) }
        }
        found?.places.sort { ($0.cassette, $0.id) < ($1.cassette, $1.id) }
        return play(found?.fingerprint, found?.places ?? [], request, world)
    }

    /// Looks for the recordings of a request in large files, then goes on as ``answer(to:in:)``.
    private func later(_ request: Request, _ world: World) -> Sourcing {
        .later {
            let sourcing = await self.on(self.reading) { () throws(CassetteError) in
                for shelf in self.shelves {
                    _ = try shelf.places(of: shelf.fingerprinter.fingerprint(of: request).hash)
                }
                return self.answer(to: request, in: world)
            }
            if case .later(let look) = sourcing { return await look() }
            return sourcing
        }
    }

    /// `fingerprint` is what the cursor of the request is kept under; without places it does not matter.
    private func play(
        _ fingerprint: Hash128?,
        _ places: [RecordingPlace],
        _ request: Request,
        _ world: World
    ) -> Sourcing {
        guard let fingerprint, !places.isEmpty else { return missed(request, in: world) }
        let position = world.advanceCursor(UInt128(fingerprint))
        let index: Int
        switch exhausted {
        case _ where position < places.count: index = position
        case .repeat: index = places.count - 1
        case .cycle: index = position % places.count
        case .fail: return missed(request, in: world)
        }
        let place = places[index]
        let key = RecordingKey(cassette: place.cassette, id: place.id)
        if let recording = cache[key] { return .answered(recording) }
        // What the index has it under.
        let own =
            shelves.count == 1
            ? Fingerprint(hash: fingerprint)
            : shelves[shelfOfCassette[Int(place.cassette)]].fingerprinter.fingerprint(of: request)
        let entry = Cassette.IndexEntry(id: place.id, fingerprint: own, completion: place.completion)
        return .later {
            let sourcing = await self.on(self.reading) { () throws(CassetteError) in
                try self.load(entry, from: self.cassettes[Int(place.cassette)], key)
            }
            if case .later(let look) = sourcing { return await look() }
            return sourcing
        }
    }

    /// Recordings that nothing in a world has played, as `file #interaction`; of large cassettes not all.
    func unusedRecordings(in world: World) -> [String] {
        shelves.flatMap { (try? $0.unplayed(in: world, limit: Self.unusedLimit)) ?? [] }
            .sorted { ($0.cassette, $0.id) < ($1.cassette, $1.id) }
            .map { "\(cassettes[Int($0.cassette)].path) #\($0.id)" }
    }

    /// More would drown whoever reads the list.
    private static let unusedLimit = 1_000

    private func load(
        _ entry: Cassette.IndexEntry,
        from cassette: Cassette,
        _ key: RecordingKey
    ) throws(CassetteError) -> Sourcing {
        switch try cassette.interaction(entry, wholeUpTo: LoadedRecording.heldBodyByteLimit) {
        case .whole(let stored):
            return keep(LoadedRecording(stored.interaction.tape, timing: timing), key)
        case .large(let large):
            return .later {
                await self.on(self.checking) { () throws(CassetteError) in
                    // Of clients that ask at the same time one has it read through.
                    if let recording = self.cache[key] { return .answered(recording) }
                    return self.keep(try LoadedRecording(large, timing: self.timing), key)
                }
            }
        }
    }

    private func keep(_ recording: LoadedRecording, _ key: RecordingKey) -> Sourcing {
        cache.insert(recording.answer, for: key, cost: recording.memoryByteCount)
        return .answered(recording.answer)
    }

    private func on(
        _ queue: DispatchQueue,
        _ work: @escaping @Sendable () throws(CassetteError) -> Sourcing
    ) async -> Sourcing {
        await withCheckedContinuation { continuation in
            queue.async {
                do throws(CassetteError) {
                    continuation.resume(returning: try work())
                } catch {
                    continuation.resume(returning: .failed(error.description))
                }
            }
        }
    }

    private func missed(_ request: Request, in world: World) -> Sourcing {
        .missed { [reading, finder, name = world.name] in
            await withCheckedContinuation { continuation in
                reading.async {
                    continuation.resume(returning: MissExplanation(of: request, world: name, finder: finder))
                }
            }
        }
    }
}

extension MissExplanation {
    fileprivate init(of request: Request, world: String, finder: NearMissFinder) {
        do throws(CassetteError) {
            let report = try finder.report(for: request, world: world)
            self.init(
                message: "No recording matches: " + report.reason.sentence,
                metadata: report.json.members ?? [:],
                text: report.text
            )
        } catch {
            self.init(message: error.description, metadata: [:], text: error.description)
        }
    }
}
