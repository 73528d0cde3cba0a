internal import OpenRouterAPI
internal import Simulation
internal import Synchronization

/// All worlds: born on first use, at most so many, the one unused for longest goes first.
final class WorldRegistry: Sendable {
    /// What a world is born with, where it differs from the server's.
    struct Birth: Sendable {
        var seed: UInt64?
        var clock: WorldClock?
        var scenario: String?
        /// As of ``World``; nil for the world's name.
        var stream: String?
    }

    private struct Place {
        var world: ServedWorld
        var lastUse: UInt64
    }

    private struct State {
        var places: [String: Place] = [:]
        var uses: UInt64 = 0
        var forgotten = 0
        /// Whether worlds note their changes, for a file that keeps them.
        var tracksChanges = false
        /// Worlds that were removed or forgotten, while changes are tracked.
        var gone: Set<String> = []
    }

    /// The world of requests that name none; never forgotten.
    let main: ServedWorld
    private let limit: Int
    private let journalLimit: Int
    private let seed: UInt64
    private let clock: WorldClock
    private let scenario: String?
    private let systemTime: @Sendable () -> Int64
    private let state = Mutex(State())

    /// - Parameters:
    ///   - seed: of worlds that are born with none of their own.
    ///   - clock: likewise.
    ///   - scenario: likewise, and of `main`; nil for the rules of files.
    ///   - systemTime: microseconds since 1970.
    ///   - limit: worlds beside `main`; at least 1.
    ///   - journalLimit: entries that the journal of a world beside `main` keeps.
    init(
        seed: UInt64,
        clock: WorldClock,
        scenario: String? = nil,
        systemTime: @escaping @Sendable () -> Int64,
        limit: Int = 10_000,
        journalLimit: Int = 200
    ) {
        self.seed = seed
        self.clock = clock
        self.scenario = scenario
        self.systemTime = systemTime
        self.limit = max(1, limit)
        self.journalLimit = journalLimit
        main = ServedWorld(World(seed: seed, clock: clock, systemTime: systemTime), scenario: scenario)
    }

    /// The world of this name, born now if there is none; nil means `main`.
    func world(_ name: String?) -> ServedWorld {
        guard let name, name != main.world.name else { return main }
        return state.withLock { state in
            state.uses += 1
            if let known = state.places[name]?.world {
                state.places[name]?.lastUse = state.uses
                return known
            }
            return insert(name, Birth(), into: &state)
        }
    }

    /// Nil where there is no such world.
    func existing(_ name: String?) -> ServedWorld? {
        guard let name, name != main.world.name else { return main }
        return state.withLock { $0.places[name]?.world }
    }

    /// Makes a world, in the place of one that has its name.
    func create(_ name: String, _ birth: Birth) -> ServedWorld {
        state.withLock { state in
            state.uses += 1
            state.places[name] = nil
            return insert(name, birth, into: &state)
        }
    }

    /// - Returns: whether there was one.
    func remove(_ name: String) -> Bool {
        state.withLock { state in
            guard state.places.removeValue(forKey: name) != nil else { return false }
            if state.tracksChanges { state.gone.insert(name) }
            return true
        }
    }

    /// Has all worlds note their changes, those to be born included.
    func trackChanges() {
        main.world.trackChanges()
        state.withLock { state in
            state.tracksChanges = true
            for place in state.places.values { place.world.world.trackChanges() }
        }
    }

    /// Worlds that there are no longer, each told once.
    func takeGoneNames() -> Set<String> {
        state.withLock { state in
            defer { state.gone = [] }
            return state.gone.filter { state.places[$0] == nil }
        }
    }

    /// All worlds, `main` first and then by name.
    var all: [ServedWorld] {
        let others = state.withLock { $0.places.values.map(\.world) }
        return [main] + others.sorted { $0.world.name < $1.world.name }
    }

    /// How many worlds were forgotten to make room.
    var forgottenCount: Int {
        state.withLock { $0.forgotten }
    }

    private func insert(_ name: String, _ birth: Birth, into state: inout State) -> ServedWorld {
        if state.places.count >= limit { forgetOldest(in: &state) }
        let world = World(
            name: name,
            stream: birth.stream,
            seed: birth.seed ?? seed,
            clock: birth.clock ?? clock,
            systemTime: systemTime,
            journalLimit: journalLimit
        )
        if state.tracksChanges { world.trackChanges() }
        let served = ServedWorld(world, scenario: birth.scenario ?? scenario)
        state.places[name] = Place(world: served, lastUse: state.uses)
        return served
    }

    /// Makes room for a sixteenth at once, so that looking for the oldest costs little for each that is born.
    private func forgetOldest(in state: inout State) {
        let count = max(1, limit / 16)
        let oldest = state.places.map { ($0.value.lastUse, $0.key) }.sorted { $0.0 < $1.0 }.prefix(count)
        for (_, name) in oldest { state.places[name] = nil }
        if state.tracksChanges { state.gone.formUnion(oldest.map(\.1)) }
        state.forgotten += oldest.count
    }
}
