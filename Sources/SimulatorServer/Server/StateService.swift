internal import Cassettes
internal import Foundation
internal import Logging
internal import ServiceLifecycle
internal import Simulation

/// Keeps the worlds in a file for as long as the server runs, so that the next one goes on with them.
///
/// Changes are written shortly after they are made, all of one moment together; what was written before a kill is
/// there.
struct StateService: Service {
    /// What a kill may cost.
    private static let interval = Duration.milliseconds(200)

    private let worlds: WorldRegistry
    private let file: WorldFile
    private let logger: Logger

    /// Opens the file, and puts into the worlds what it keeps of them; blocks on the disk.
    ///
    /// - Throws: ``WorldFileError``.
    init(path: String, worlds: WorldRegistry, logger: Logger) throws(WorldFileError) {
        file = try WorldFile(path: path)
        self.worlds = worlds
        self.logger = logger
        for name in try file.worldNames() {
            guard let saved = try file.saved(world: name) else { continue }
            do {
                let decoder = JSONDecoder()
                worlds.world(name).world.restore(
                    try decoder.decode(World.Snapshot.self, from: Data(saved.state.utf8)),
                    generations: try saved.generations.map {
                        try decoder.decode(GenerationRecord.self, from: Data($0.utf8))
                    }
                )
            } catch {
                throw .damaged(path: path, reason: "\(error)")
            }
        }
        worlds.trackChanges()
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // A save that is cancelled would be none, so the last one comes below.
            while (try? await Task.sleep(for: Self.interval)) != nil { await save() }
        }
        // Answers that were still playing when the server was told to stop.
        await save()
        try file.close()
    }

    private func save() async {
        for served in worlds.all { await save(served.world) }
        for name in worlds.takeGoneNames() {
            do {
                try await file.remove(world: name)
            } catch {
                logger.error("world '\(name)' was not removed from the state: \(error)")
            }
        }
    }

    private func save(_ world: World) async {
        guard let changes = world.takeChanges() else { return }
        do {
            let encoder = JSONEncoder()
            let written = WorldFile.Changes(
                state: try encoder.text(of: changes.snapshot),
                generations: try changes.generations.map { ($0.id, try $0.record.map { try encoder.text(of: $0) }) }
            )
            try await file.save(written, world: world.name)
        } catch {
            world.restoreChanges(changes)
            logger.error("the state was not saved: \(error)")
        }
    }
}

extension JSONEncoder {
    fileprivate func text(of value: some Encodable) throws -> String {
        String(decoding: try encode(value), as: UTF8.self)
    }
}
