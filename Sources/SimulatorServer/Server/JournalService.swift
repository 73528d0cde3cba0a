internal import ServiceLifecycle
internal import Simulation

/// Ends what follows journals when the server stops; nobody would otherwise.
struct JournalService: Service {
    let worlds: WorldRegistry

    func run() async throws {
        try? await gracefulShutdown()
        for served in worlds.all { served.world.journal.endFollowing() }
    }
}
