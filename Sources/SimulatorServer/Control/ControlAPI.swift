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
    let services: ControlServices
    private let guardian: ControlGuard
    private let logger: Logger

    init(_ services: ControlServices, guardian: ControlGuard, logger: Logger) {
        let router = Router(context: ControlContext.self)
        for operation in ControlTable.all {
            router.on(RouterPath("/_sim" + operation.path), method: operation.method) { _, context in
                let call = ControlCall(
                    services: services,
                    request: context.asked.request,
                    address: context.asked.address,
                    parameters: Dictionary(
                        context.parameters.map { (String($0.key), String($0.value)) },
                        uniquingKeysWith: { first, _ in first }
                    )
                )
                // Where nothing can be chosen, a probe may add what it likes.
                if !operation.query.isEmpty || operation.method != .get { try call.checkQuery(of: operation) }
                return Response(try operation.respond(call))
            }
        }
        responder = router.buildResponder()
        self.services = services
        self.guardian = guardian
        self.logger = logger
    }

    /// - Parameters:
    ///   - request: as it came.
    ///   - address: its target is below `/_sim`.
    /// - Returns: an answer to whatever was asked; errors are answers too.
    func answer(_ request: Tapes.Request, _ address: RequestAddress) async -> Answer {
        if let refusal = guardian.refusal(of: request, address.target.path) { return .tape(tape(of: refusal)) }
        let call = ControlCall(services: services, request: request, address: address, parameters: [:])
        if request.method == .get, address.target.path == "/_sim/journal", call.queryFlag("follow") {
            do throws(APIError) {
                try call.checkQuery(of: JournalControl.listOperation)
                return JournalFollower(
                    world: try call.world().world,
                    filter: try JournalFilter(call),
                    redactor: services.redactor,
                    detail: call.queryFlag("brief") ? .brief : .usual
                ).answer
            } catch {
                return .tape(tape(of: error))
            }
        }
        return .tape(await routed(request, address))
    }

    private func routed(_ request: Tapes.Request, _ address: RequestAddress) async -> Tape {
        let routed = Hummingbird.Request(
            head: HTTPRequest(
                // RFC 9110 §9.3.2: what GET answers; the player leaves the body out.
                method: request.method == .head ? .get : request.method,
                scheme: "http",
                authority: request.fields.first { $0.name.canonicalName == "host" }?.value,
                path: address.target.raw,
                headerFields: request.fields
            ),
            body: RequestBody(buffer: request.body)
        )
        let asked = ControlContext.Asked(request: request, address: address)
        do {
            let response = try await responder.respond(
                to: routed,
                context: ControlContext(source: ControlContext.Source(asked: asked, logger: logger))
            )
            let collector = BodyCollector()
            try await response.body.write(collector)
            // What the router has no route for.
            if response.status == .notFound { return tape(of: unrouted(404, "", request, address)) }
            return tape(response.status.code, response.headers, collector.body)
        } catch let error as APIError {
            return tape(of: error)
        } catch let error as any HTTPResponseError {
            return tape(of: unrouted(error.status.code, "\(error)", request, address))
        } catch {
            logger.error("control API: \(error)")
            return tape(of: APIError(status: 500, message: "\(error)"))
        }
    }

    /// A path that there is not, or one that takes other methods.
    private func unrouted(
        _ status: Int,
        _ detail: String,
        _ request: Tapes.Request,
        _ address: RequestAddress
    ) -> APIError {
        guard status == 404 else { return APIError(status: status, message: detail) }
        let path = address.target.path
        let siblings = ControlTable.all.filter { $0.matches("/_sim", path) }
        guard siblings.isEmpty else { return .methodNotAllowed(allowed: siblings.map(\.method.rawValue)) }
        let hint =
            NearestWord.to(path, among: ControlTable.all.map { "/_sim" + $0.path }).map { " Did you mean \($0)?" } ?? ""
        return APIError(
            status: 404,
            message: "No control endpoint \(request.method.rawValue) \(path).\(hint) See GET /_sim/ready for a list"
        )
    }

    private func tape(of error: APIError) -> Tape {
        var fields: HTTPFields = [.contentType: "application/json"]
        for field in error.fields {
            if let name = HTTPField.Name(field.name) { fields.append(HTTPField(name: name, value: field.value)) }
        }
        return tape(error.status, fields, ByteBuffer(bytes: error.envelope(.openRouter).serialized()))
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

extension ControlOperation {
    fileprivate func matches(_ prefix: String, _ path: String) -> Bool {
        let own = (prefix + self.path).split(separator: "/")
        let asked = path.split(separator: "/")
        return own.count == asked.count && zip(own, asked).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
    }
}

extension Response {
    fileprivate init(_ answer: ControlAnswer) {
        var fields = answer.fields
        fields[.contentType] = answer.contentType
        self.init(
            status: HTTPResponse.Status(registered: answer.status),
            headers: fields,
            body: ResponseBody(byteBuffer: answer.body)
        )
    }
}
