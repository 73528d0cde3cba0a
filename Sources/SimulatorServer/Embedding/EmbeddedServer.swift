internal import Cassettes
internal import HTTPTypes
internal import Logging
internal import NIOCore
internal import OpenRouterAPI
internal import Simulation
internal import Tapes

/// A server inside somebody else's process, on a free port of this machine: for tests.
///
/// It says nothing on stderr, takes no signals, and its control API answers without a socket.
package final class EmbeddedServer: Sendable {
    /// What all worlds of a server share.
    package struct Settings: Sendable, Hashable {
        /// Files, or folders with recordings as text.
        package var cassettes: [String] = []
        /// What a request gets that has been answered with all its recordings.
        package var exhausted = CassetteAnswerSource.Exhausted.repeat
        /// Whether a request that no recording answers gets the explained error, or else the simulation's answer.
        package var failsOnMiss = false
        /// As in `--timing`: `instant`, `recorded`, `2x`, `max:200ms`.
        package var timing = "instant"

        package init() {}
    }

    /// What the control API says.
    package struct ControlReply: Sendable {
        package var status: Int
        package var body: [UInt8]
    }

    /// Streams that still play when a test is over have nobody to read them.
    private static let drainLimit = Duration.milliseconds(100)

    private let application: ServerApplication
    private let stopped: AsyncStream<Never>
    private let stopping: AsyncStream<Never>.Continuation

    /// Opens the cassettes; blocks on the disk.
    ///
    /// - Throws: ``CassetteError``, or ``ServerError`` for a timing that is none.
    package init(_ settings: Settings) throws {
        guard let timing = Timing(settings.timing) else { throw ServerError.unknownTiming(settings.timing) }
        var configuration = ServerConfiguration()
        configuration.port = 0
        configuration.mode = .serve(onMiss: settings.failsOnMiss ? .fail : .synthesize)
        configuration.cassettes = settings.cassettes
        configuration.exhausted = settings.exhausted
        configuration.timing = timing
        configuration.drainLimit = Self.drainLimit
        application = try ServerApplication(
            configuration,
            logger: Logger(label: "openrouter-sim") { _ in SwiftLogNoOpLogHandler() }
        )
        (stopped, stopping) = AsyncStream.makeStream()
    }

    /// Serves until ``stop()``, or until its task is cancelled.
    ///
    /// - Parameter onReady: called once the port is bound.
    /// - Throws: ``ServerError`` when no port can be bound.
    package func run(onReady: @escaping @Sendable (ServerApplication.Binding) -> Void) async throws {
        let companion = Companion { [stopped] _ in
            for await _ in stopped {}
        } stop: { [stopping] in
            stopping.finish()
        }
        _ = try await application.run(companions: [companion], stopsOnSignals: false) { onReady($0) }
    }

    /// Tells it to stop; again does nothing.
    package func stop() {
        stopping.finish()
    }

    /// Asks the control API.
    ///
    /// - Parameters:
    ///   - method: such as `GET`.
    ///   - target: path below `/_sim` with query, such as `/clock?world=a`.
    ///   - body: JSON, or a scenario's YAML.
    /// - Returns: status and body, whatever they are.
    package func control(_ method: String, _ target: String, body: [UInt8] = []) async -> ControlReply {
        let request = Request(
            method: HTTPRequest.Method(rawValue: method) ?? .get,
            target: RequestTarget("/_sim" + target),
            fields: [.contentType: "application/json"],
            body: ByteBuffer(bytes: body)
        )
        do throws(APIError) {
            let address = try RequestAddress(request)
            guard case .tape(let tape) = await application.responder.control.answer(request, address) else {
                preconditionFailure("only a journal that is followed is live, and it has a function of its own")
            }
            return ControlReply(
                status: tape.head?.status.code ?? 0,
                body: Array(tape.body.readableBytesView)
            )
        } catch {
            return ControlReply(status: error.status, body: error.envelope(.openRouter).serialized())
        }
    }

    /// A world's journal as JSON: the entries kept, and those to come, each once it is received and again once it is
    /// played; they end when the server stops.
    package func journal(
        ofWorld name: String
    ) -> (earlier: [[UInt8]], changes: some AsyncSequence<[UInt8], Never> & Sendable) {
        let world = application.responder.worlds.world(name).world
        let redactor = application.responder.control.services.redactor
        let (earlier, changes) = world.journal.follow()
        let isFixed = world.clock.isFixed
        let json: @Sendable (Journal.Entry) -> [UInt8] = {
            $0.json(redactor, .usual, retry: nil, isPlanned: isFixed).serialized()
        }
        return (earlier.map(json), changes.map(json))
    }
}
