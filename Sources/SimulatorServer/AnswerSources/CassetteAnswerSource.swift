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
        var cassette: Int
        var id: Int64
    }

    /// In the order in which they are asked.
    let cassettes: [Cassette]
    private let places: [Hash128: [Place]]
    private let exhausted: Exhausted
    private let timing: Timing
    private let fingerprinter: Fingerprinter
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
        var places: [Hash128: [Place]] = [:]
        for (index, cassette) in cassettes.enumerated() {
            for entry in try cassette.index() where includesIncomplete || entry.completion == .finished {
                places[entry.fingerprint.hash, default: []].append(Place(cassette: index, id: entry.id))
            }
        }
        self.cassettes = cassettes
        self.places = places
        self.exhausted = exhausted
        self.timing = timing
        // Twice the recordings, so that a client that asks for all of them in turn never finds its request forgotten.
        let recordingCount = places.reduce(0) { $0 + $1.value.count }
        fingerprinter = Fingerprinter(redactor: redactor, cacheCapacity: min(max(4096, 2 * recordingCount), 1 << 20))
        finder = NearMissFinder(cassettes: cassettes, redactor: redactor)
        cache = RecordingCache(byteLimit: cacheByteLimit)
    }

    /// Lets go of the files; what was read before can still be played.
    package func close() {
        for cassette in cassettes { cassette.close() }
    }

    /// How many recordings can be played.
    package var recordingCount: Int {
        places.reduce(0) { $0 + $1.value.count }
    }

    package func answer(to request: Request, in world: World) -> Sourcing {
        let fingerprint = fingerprinter.fingerprint(of: request).hash
        guard let places = places[fingerprint] else { return missed(request) }
        let position = world.advanceCursor(UInt128(fingerprint))
        let index: Int
        switch exhausted {
        case _ where position < places.count: index = position
        case .repeat: index = places.count - 1
        case .cycle: index = position % places.count
        case .fail: return missed(request)
        }
        let place = places[index]
        let key = RecordingCache.Key(cassette: place.cassette, id: place.id)
        if let recording = cache[key] { return .answered(recording) }
        return .later { await self.load(place, key) }
    }

    /// Recordings that nothing in a world has played, as `file #interaction`.
    func unusedRecordings(in world: World) -> [String] {
        places.flatMap { fingerprint, places in
            places.dropFirst(world.cursor(UInt128(fingerprint)))
        }
        .sorted { ($0.cassette, $0.id) < ($1.cassette, $1.id) }
        .map { "\(cassettes[$0.cassette].path) #\($0.id)" }
    }

    private func load(_ place: Place, _ key: RecordingCache.Key) async -> Sourcing {
        let cassette = cassettes[place.cassette]
        return await withCheckedContinuation { continuation in
            reading.async { [timing, cache] in
                do throws(CassetteError) {
                    let tape = try cassette.interaction(place.id).interaction.tape
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

    private func missed(_ request: Request) -> Sourcing {
        .missed { [reading, finder] in
            await withCheckedContinuation { continuation in
                reading.async {
                    continuation.resume(returning: MissExplanation(of: request, finder: finder))
                }
            }
        }
    }
}

extension MissExplanation {
    fileprivate init(of request: Request, finder: NearMissFinder) {
        do throws(CassetteError) {
            let report = try finder.report(for: request)
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
