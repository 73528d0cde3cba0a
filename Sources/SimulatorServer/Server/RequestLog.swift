internal import ServiceLifecycle
internal import Simulation
internal import Synchronization

/// Tells of requests once they are over.
///
/// On an event loop it only notes which they are; what is said of them is looked up and written by a task of its own.
final class RequestLog: Service {
    private enum Event: Sendable {
        /// An entry of a world's journal.
        case exchange(World, entry: Int)
        /// A request that no journal has, since its path is nobody's.
        case lost(LoggedRequest)
    }

    /// Events that wait; of more the oldest are lost, and counted.
    private static let backlog = 10_000

    private let write: @Sendable (LoggedRequest) -> Void
    private let events: AsyncStream<Event>
    private let input: AsyncStream<Event>.Continuation
    private let dropped = Atomic<Int>(0)

    /// - Parameter write: called for one request after another, off event loops.
    init(write: @escaping @Sendable (LoggedRequest) -> Void) {
        self.write = write
        (events, input) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.backlog))
    }

    /// How many requests came too fast to be told of.
    var droppedCount: Int { dropped.load(ordering: .relaxed) }

    func note(_ entry: Int, in world: World) {
        add(.exchange(world, entry: entry))
    }

    func note(_ request: LoggedRequest) {
        add(.lost(request))
    }

    private func add(_ event: Event) {
        guard case .dropped = input.yield(event) else { return }
        dropped.add(1, ordering: .relaxed)
    }

    /// Ends after the server, like whatever is listed before it, so that the last requests are told of too.
    func run() async throws {
        await withGracefulShutdownHandler {
            for await event in events {
                switch event {
                case .exchange(let world, let id):
                    guard let entry = world.journal.entry(id) else { continue }
                    write(LoggedRequest(entry, in: world))
                case .lost(let request):
                    write(request)
                }
            }
        } onGracefulShutdown: {
            self.input.finish()
        }
    }
}
