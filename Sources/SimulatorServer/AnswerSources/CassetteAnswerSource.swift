package import Cassettes
internal import Dispatch
internal import OpenRouterAPI
package import Simulation
internal import Synchronization
package import Tapes

/// Answers from recordings: fingerprint → recordings in their order → tape, from memory once it was read.
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

    /// Where a recording is.
    private struct Place: Sendable {
        var id: Int64
        var cassette: Int32
        var completion: Interaction.Completion
    }

    /// The recordings of all cassettes that have the same rules for matching.
    private struct Shelf: Sendable {
        let fingerprinter: Fingerprinter
        let places: [Hash128: [Place]]
    }

    /// In the order in which they are asked.
    let cassettes: [Cassette]
    /// Not empty: without cassettes there is one without recordings.
    private let shelves: [Shelf]
    /// For each cassette, the shelf of its recordings.
    private let shelfOfCassette: [Int]
    private let exhausted: Exhausted
    private let timing: Timing
    private let finder: NearMissFinder
    private let cache: RecordingCache
    private let reading = DispatchQueue(label: "cassette-reading")

    /// Reads the index of each cassette; blocks on the disk.
    ///
    /// - Parameters:
    ///   - cassettes: in order; recordings of the first come first.
    ///   - redactor: as used for recording, so that fingerprints agree.
    ///   - exhausted: what to play when all recordings of a request have been played.
    ///   - timing: how fast recordings are played.
    ///   - includesIncomplete: whether recordings are played that end where a client left or a recorder died.
    ///   - cacheByteLimit: bytes of recordings kept in memory.
    /// - Throws: ``CassetteError``.
    package init(
        _ cassettes: [Cassette],
        redactor: Redactor,
        exhausted: Exhausted = .repeat,
        timing: Timing = .instant,
        includesIncomplete: Bool = false,
        cacheByteLimit: Int = 256 * 1024 * 1024
    ) throws(CassetteError) {
        var shelfOfRules: [MatchingRules: Int] = [:]
        var placesOfShelf: [[Hash128: [Place]]] = []
        var shelfOfCassette: [Int] = []
        for (index, cassette) in cassettes.enumerated() {
            let rules = try cassette.matchingRules()
            let shelf = shelfOfRules[rules] ?? placesOfShelf.count
            if shelf == placesOfShelf.count {
                shelfOfRules[rules] = shelf
                placesOfShelf.append([:])
            }
            shelfOfCassette.append(shelf)
            for entry in try cassette.index() where includesIncomplete || entry.completion == .finished {
                let place = Place(id: entry.id, cassette: Int32(index), completion: entry.completion)
                placesOfShelf[shelf][entry.fingerprint.hash, default: []].append(place)
            }
        }
        self.cassettes = cassettes
        self.exhausted = exhausted
        self.timing = timing
        self.shelfOfCassette = shelfOfCassette
        if shelfOfRules.isEmpty {
            shelfOfRules[.none] = 0
            placesOfShelf = [[:]]
        }
        shelves = shelfOfRules.sorted { $0.value < $1.value }.map { rules, shelf in
            let places = placesOfShelf[shelf]
            // Twice the recordings, so that a client that asks for all of them in turn never finds its request forgotten.
            let recordingCount = places.reduce(0) { $0 + $1.value.count }
            let capacity = min(max(4096, 2 * recordingCount), 1 << 20)
            return Shelf(
                fingerprinter: Fingerprinter(redactor: redactor, rules: rules, cacheCapacity: capacity),
                places: places
            )
        }
        finder = NearMissFinder(cassettes: cassettes, redactor: redactor)
        cache = RecordingCache(byteLimit: cacheByteLimit)
    }

    /// Lets go of the files; what was read before can still be played.
    package func close() {
        for cassette in cassettes { cassette.close() }
    }

    /// How many recordings can be played.
    package var recordingCount: Int {
        shelves.reduce(0) { sum, shelf in shelf.places.reduce(sum) { $0 + $1.value.count } }
    }

    package func answer(to request: Request, in world: World) -> Sourcing {
        guard let (fingerprint, places) = places(for: request) else { return missed(request, in: world) }
        let position = world.advanceCursor(UInt128(fingerprint))
        let index: Int
        switch exhausted {
        case _ where position < places.count: index = position
        case .repeat: index = places.count - 1
        case .cycle: index = position % places.count
        case .fail: return missed(request, in: world)
        }
        let place = places[index]
        let key = RecordingCache.Key(cassette: Int(place.cassette), id: place.id)
        if let recording = cache[key] { return .answered(recording) }
        // What the index has it under.
        let own =
            shelves.count == 1
            ? Fingerprint(hash: fingerprint)
            : shelves[shelfOfCassette[key.cassette]].fingerprinter.fingerprint(of: request)
        let entry = Cassette.IndexEntry(id: place.id, fingerprint: own, completion: place.completion)
        return .later { await self.load(entry, from: self.cassettes[key.cassette], key) }
    }

    /// Recordings that nothing in a world has played, as `file #interaction`.
    func unusedRecordings(in world: World) -> [String] {
        shelves.flatMap { shelf in
            shelf.places.flatMap { $1.dropFirst(world.cursor(UInt128($0))) }
        }
        .sorted { ($0.cassette, $0.id) < ($1.cassette, $1.id) }
        .map { "\(cassettes[Int($0.cassette)].path) #\($0.id)" }
    }

    /// The recordings of a request in all cassettes, and what their cursor is kept under; nil if there are none.
    private func places(for request: Request) -> (Hash128, [Place])? {
        if shelves.count == 1 {
            let fingerprint = shelves[0].fingerprinter.fingerprint(of: request).hash
            return shelves[0].places[fingerprint].map { (fingerprint, $0) }
        }
        // Under other rules the same request has another fingerprint.
        var found: (fingerprint: Hash128, places: [Place])?
        for shelf in shelves {
            let fingerprint = shelf.fingerprinter.fingerprint(of: request).hash
            guard let places = shelf.places[fingerprint] else { continue }
            found = (found?.fingerprint ?? fingerprint, (found?.places ?? []) + places)
        }
        found?.places.sort { ($0.cassette, $0.id) < ($1.cassette, $1.id) }
        return found
    }

    private func load(
        _ entry: Cassette.IndexEntry,
        from cassette: Cassette,
        _ key: RecordingCache.Key
    ) async -> Sourcing {
        await withCheckedContinuation { continuation in
            reading.async { [timing, cache] in
                do throws(CassetteError) {
                    let tape = try cassette.interaction(entry).interaction.tape
                    let lowered = LoweredTape(timing.apply(to: tape))
                    let recording = SourcedAnswer(answer: .lowered(lowered), booking: RecordedBooking(tape))
                    cache.insert(recording, for: key, byteCount: lowered.wire.byteCount + tape.bodyByteCount)
                    continuation.resume(returning: .answered(recording))
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

extension UInt128 {
    fileprivate init(_ hash: Hash128) {
        self = UInt128(hash.high) << 64 | UInt128(hash.low)
    }
}
