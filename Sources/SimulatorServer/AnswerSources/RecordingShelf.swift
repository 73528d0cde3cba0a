internal import Cassettes
internal import Simulation
internal import Tapes

/// Where a recording is.
struct RecordingPlace: Sendable {
    var id: Int64
    /// In the order in which cassettes are asked.
    var cassette: Int32
    var completion: Interaction.Completion
}

/// The recordings of all cassettes that have the same rules for matching.
///
/// Of cassettes of usual size all places are in memory. Of larger ones it holds those of requests that came, within a
/// bound, and looks for others in the file: then neither opening nor memory grows with the file.
final class RecordingShelf: Sendable {
    /// A cassette on the shelf.
    struct Member: Sendable {
        var number: Int32
        var cassette: Cassette
        /// The last recording when it was opened; what is recorded since is not played.
        var lastID: Int64
    }

    /// Places in memory otherwise, a request without a recording counting for one: some 25 MB.
    private static let placeLimit = 1 << 18

    let fingerprinter: Fingerprinter
    let members: [Member]
    private let includesIncomplete: Bool
    /// Nil if places are looked for in the files.
    private let loaded: [Hash128: [RecordingPlace]]?
    private let found = BoundedCache<Hash128, [RecordingPlace]>(limit: RecordingShelf.placeLimit)

    /// Reads the index of each cassette if they are to be in memory.
    init(
        _ members: [Member],
        _ fingerprinter: Fingerprinter,
        includesIncomplete: Bool,
        isLoaded: Bool
    ) throws(CassetteError) {
        self.members = members
        self.fingerprinter = fingerprinter
        self.includesIncomplete = includesIncomplete
        guard isLoaded else {
            loaded = nil
            return
        }
        var places: [Hash128: [RecordingPlace]] = [:]
        for member in members {
            for entry in try member.cassette.index() where includesIncomplete || entry.completion == .finished {
                places[entry.fingerprint.hash, default: []].append(member.place(of: entry))
            }
        }
        loaded = places
    }

    /// How many recordings can be played; of large cassettes how many were ever made, since counting them takes a look
    /// at all of the index, seconds where that is not in memory.
    var recordingCount: Int {
        loaded.map { $0.values.reduce(0) { $0 + $1.count } } ?? members.reduce(0) { $0 + Int($1.lastID) }
    }

    /// The recordings of a request in their order, from memory; nil if they have to be looked for.
    func knownPlaces(of fingerprint: Hash128) -> [RecordingPlace]? {
        if let loaded { return loaded[fingerprint] ?? [] }
        return found[fingerprint]
    }

    /// The same, looked for where that has to be; blocks on the disk.
    func places(of fingerprint: Hash128) throws(CassetteError) -> [RecordingPlace] {
        if let known = knownPlaces(of: fingerprint) { return known }
        var places: [RecordingPlace] = []
        for member in members { places += try self.places(of: Fingerprint(hash: fingerprint), in: member) }
        found.insert(places, for: fingerprint, cost: max(1, places.count))
        return places
    }

    /// Places that a world has not come to yet; of large cassettes about `limit` of them.
    func unplayed(in world: World, limit: Int) throws(CassetteError) -> [RecordingPlace] {
        if let loaded {
            return loaded.flatMap { $1.dropFirst(world.cursor(UInt128($0))) }
        }
        var unplayed: [RecordingPlace] = []
        for member in members {
            var last: Fingerprint?
            while unplayed.count < limit {
                let fingerprints = try member.cassette.fingerprints(after: last, limit: min(limit, 1_000))
                last = fingerprints.last
                if fingerprints.isEmpty { break }
                for fingerprint in fingerprints {
                    var places: [RecordingPlace] = []
                    for member in members { places += try self.places(of: fingerprint, in: member) }
                    unplayed += places.dropFirst(world.cursor(UInt128(fingerprint.hash)))
                        .filter { $0.cassette == member.number }
                }
            }
        }
        return unplayed
    }

    private func places(of fingerprint: Fingerprint, in member: Member) throws(CassetteError) -> [RecordingPlace] {
        try member.cassette.index(of: fingerprint, through: member.lastID)
            .filter { includesIncomplete || $0.completion == .finished }
            .map(member.place)
    }
}

extension RecordingShelf.Member {
    fileprivate func place(of entry: Cassette.IndexEntry) -> RecordingPlace {
        RecordingPlace(id: entry.id, cassette: number, completion: entry.completion)
    }
}

extension UInt128 {
    /// A fingerprint as worlds keep their cursors under.
    init(_ hash: Hash128) {
        self = UInt128(hash.high) << 64 | UInt128(hash.low)
    }
}
