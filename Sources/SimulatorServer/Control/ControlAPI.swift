internal import Cassettes
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore
internal import OpenRouterAPI
internal import Simulation
internal import Tapes

/// The control API below `/_sim`: Hummingbird's router without a socket; its answers are tapes like all others.
struct ControlAPI: Sendable {
    private let responder: RouterResponder<ControlContext>
    private let logger: Logger

    /// - Parameters:
    ///   - world: what it shows.
    ///   - metrics: what it counts.
    ///   - status: what the server says of itself.
    ///   - redactor: takes secrets out of what the journal shows.
    ///   - logger: of its router.
    init(
        world: World,
        metrics: Metrics,
        status: ServerStatus,
        redactor: Redactor = Redactor(),
        logger: Logger
    ) {
        let router = Router(context: ControlContext.self)
        let routes = ControlRoutes(world: world, metrics: metrics, status: status, redactor: redactor)
        routes.add(to: router.group("_sim"))
        responder = router.buildResponder()
        self.logger = logger
    }

    func answer(_ request: Tapes.Request) async -> Answer {
        let routed = Hummingbird.Request(
            head: HTTPRequest(
                method: request.method,
                scheme: "http",
                authority: request.fields.first { $0.name.canonicalName == "host" }?.value,
                path: request.target.raw,
                headerFields: request.fields
            ),
            body: RequestBody(buffer: request.body)
        )
        do {
            let response = try await responder.respond(
                to: routed,
                context: ControlContext(source: ControlContext.Source(logger: logger))
            )
            let collector = BodyCollector()
            try await response.body.write(collector)
            return .tape(tape(response.status.code, response.headers, collector.body))
        } catch let error as any HTTPResponseError {
            return .tape(failure(error.status.code, "\(error)", request))
        } catch {
            logger.error("control API: \(error)")
            return .tape(failure(500, "\(error)", request))
        }
    }

    private func failure(_ status: Int, _ detail: String, _ request: Tapes.Request) -> Tape {
        let message =
            status == 404
            ? "No control endpoint \(request.method.rawValue) \(request.target.path); see GET /_sim/ready for a list"
            : detail
        let body = APIError(status: status, message: message).envelope(.openRouter).serialized()
        return tape(status, [.contentType: "application/json"], ByteBuffer(bytes: body))
    }

    private func tape(_ status: Int, _ fields: HTTPFields, _ body: ByteBuffer) -> Tape {
        var fields = fields
        fields[.contentLength] = String(body.readableBytes)
        fields[.cacheControl] = "no-store"
        return Tape(
            head: ResponseHead(status: HTTPResponse.Status(registered: status), fields: fields),
            frames: body.readableBytes > 0 ? [Frame(bytes: body)] : [],
            origin: .control
        )
    }
}
