internal import HTTPTypes
internal import NIOCore
package import OpenRouterAPI
package import Tapes

/// The simulated OpenRouter: answers any request from a world's state.
///
/// No I/O, no waiting.
///
/// Order of checks (reference: platform §6.1): path and method, key, body, credits, model, route.
package struct Simulator: Sendable {
    package let catalog: Catalog
    package let settings: SimulationSettings
    private let operations = OperationTable()
    private let besideV1 = OperationTable(OperationTable.besideV1)

    package init(catalog: Catalog = .embedded, settings: SimulationSettings = SimulationSettings()) {
        self.catalog = catalog
        self.settings = settings
    }

    /// A simulated answer with what the journal wants to know of it.
    package struct Answered: Sendable {
        package var tape: Tape
        package var generationID: String?
        package var model: String?
    }

    /// - Parameters:
    ///   - request: its path starts with `/api/`, or is a page's.
    ///   - world: the world whose state the answer reads and changes.
    ///   - attempts: what each provider attempt does.
    /// - Returns: an answer to whatever was asked; errors are answers too.
    package func answer(
        _ request: Request,
        in world: World,
        attempts: any ProviderAttempts = SyntheticAttempts()
    ) -> Answered {
        let (table, path) = place(of: request)
        let skin = table.errorSkin(ofPath: path)
        var caller: Caller?
        let fields = request.knownFields
        do throws(APIError) {
            if request.method == .options { return Answered(tape: preflight(in: world)) }
            let (operation, parameters) = try Self.operation(request.method, path, in: table)
            if operation.access.needsKey {
                let identified = try authenticate(fields, path: path, in: world)
                caller = identified
                try operation.access.check(identified.key.kind)
            }
            guard fields.contentEncoding.map({ $0.lowercased() == "identity" }) ?? true else {
                throw APIError(
                    status: 415,
                    message: "Unsupported Content-Encoding; send gzip, deflate or none",
                    metadata: ["error_type": "invalid_request"]
                )
            }
            let call = call(request, parameters, skin, by: caller, attempts, in: world)
            let query = call.query
            for parameter in operation.query { try parameter.check(query) }
            return answered(try operation.respond(call), of: operation, in: world)
        } catch {
            let context = EnvelopeContext(
                userID: caller?.account.userID,
                generationID: error.generationID,
                wantsRouterMetadata: fields.wantsRouterMetadata
            )
            var tape = tape(of: error, skin, context, in: world)
            tape.headGap = error.delay
            return Answered(tape: tape, generationID: error.generationID)
        }
    }

    /// The shape in which errors answer a request.
    package func errorSkin(of request: Request) -> ErrorSkin {
        let (table, path) = place(of: request)
        return table.errorSkin(ofPath: path)
    }

    func call(
        _ request: Request,
        _ pathParameters: [String: String],
        _ errorSkin: ErrorSkin,
        by caller: Caller?,
        _ attempts: any ProviderAttempts,
        in world: World
    ) -> Call {
        Call(
            request: request,
            pathParameters: pathParameters,
            world: world,
            catalog: catalog,
            settings: settings,
            identified: caller,
            attempts: attempts,
            errorSkin: errorSkin
        )
    }

    /// The table that a request's operation is in, and its path there.
    func place(of request: Request) -> (OperationTable, path: String) {
        let path = request.target.path
        return path.hasPrefix("/api/v1") ? (operations, String(path.dropFirst("/api/v1".count))) : (besideV1, path)
    }

    /// An error as a tape: the one place where errors become answers.
    package func tape(
        of error: APIError,
        _ skin: ErrorSkin = .openRouter,
        _ context: EnvelopeContext = EnvelopeContext(),
        in world: World,
        origin: Origin? = nil
    ) -> Tape {
        var fields: HTTPFields = [.contentType: "application/json"]
        for field in error.fields {
            guard let name = HTTPField.Name(field.name) else { continue }
            fields.append(HTTPField(name: name, value: field.value))
        }
        if let id = context.generationID { fields[.xGenerationID] = id }
        return tape(error.status, fields, [Frame(json: error.envelope(skin, context))], in: world, origin: origin)
    }

    static func operation(
        _ method: HTTPRequest.Method,
        _ path: String,
        in table: OperationTable
    ) throws(APIError) -> (Operation, [String: String]) {
        switch table.match(method, path) {
        case .operation(let operation, let parameters): return (operation, parameters)
        case .otherMethods(let methods): throw .methodNotAllowed(allowed: methods)
        case .unknownPath: throw .notFound
        }
    }

    /// - Returns: who calls with the request's key.
    func authenticate(_ fields: KnownFields, path: String, in world: World) throws(APIError) -> Caller {
        guard let token = Self.credentials(of: fields, path: path) else { throw settings.era.missingCredentials }
        guard let caller = world.caller(token: token, unregistered: settings.kind(ofUnregistered: token)) else {
            throw .unknownKey
        }
        try caller.key.checkUsable(at: world.now)
        return caller
    }

    /// The bearer token, or `x-api-key` on `/messages`; nil when missing or empty.
    private static func credentials(of fields: KnownFields, path: String) -> String? {
        if fields.authorization != nil { return fields.bearerToken }
        guard path.hasPrefix("/messages") else { return nil }
        return fields.apiKey.flatMap { $0.isEmpty ? nil : $0 }
    }
}

// MARK: - Heads

extension Simulator {
    func answered(_ answer: OperationAnswer, of operation: Operation, in world: World) -> Answered {
        Answered(
            tape: tape(
                answer.status ?? operation.status,
                answer.fields,
                answer.frames,
                isForAllOrigins: answer.isForAllOrigins,
                in: world
            ).timed(as: answer),
            generationID: answer.generationID,
            model: answer.model
        )
    }

    private func tape(
        _ status: Int,
        _ fields: HTTPFields,
        _ frames: [Frame],
        isForAllOrigins: Bool = true,
        in world: World,
        origin: Origin? = nil
    ) -> Tape {
        let head = ResponseHead(
            status: HTTPResponse.Status(registered: status),
            fields: AnswerFields.fields(around: fields, now: world.now, isForAllOrigins: isForAllOrigins)
        )
        return Tape(head: head, frames: frames, origin: origin ?? Origin(.synthetic(seed: world.seed)))
    }

    /// Browsers ask first (reference: platform §6.4).
    private func preflight(in world: World) -> Tape {
        Tape(
            head: ResponseHead(
                status: HTTPResponse.Status(registered: 204),
                fields: AnswerFields.preflight(now: world.now)
            ),
            origin: Origin(.synthetic(seed: world.seed))
        )
    }
}

extension Tape {
    fileprivate func timed(as answer: OperationAnswer) -> Tape {
        var tape = self
        tape.headGap = answer.delay
        tape.endingGap = answer.endingGap
        tape.ending = answer.ending
        return tape
    }
}
