internal import Dispatch
internal import Fuzzing
internal import HTTPTypes
internal import Logging
internal import NIOCore
internal import OpenRouterAPI
internal import Playback
internal import Recording
internal import Scenarios
internal import Simulation
internal import Tapes

/// Decides who answers a request: control API, scenarios, recordings, then what the miss policy says (PRODUCT.md
/// section 2).
struct SimulatorResponder: Responder {
    /// Bodies beyond this are looked at off the event loop.
    private static let loopByteLimit = 256 * 1024

    let simulator: Simulator
    let worlds: WorldRegistry
    let director: ScenarioDirector
    let sources: [any AnswerSource]
    let missPolicy: MissPolicy
    let metrics: Metrics
    let control: ControlAPI
    let logger: Logger
    /// Nil where nobody reads it.
    var log: RequestLog?

    func respond(to request: Request, on eventLoop: any EventLoop) -> Reply {
        let address: RequestAddress
        do throws(APIError) {
            address = try RequestAddress(request)
        } catch {
            return Reply(.now(.tape(tape(of: error, answering: request, in: worlds.main.world))))
        }
        let path = address.target.path
        if path == "/_sim" || path.hasPrefix("/_sim/") {
            return Reply(.later { await control.answer(request, address) })
        }
        let place = place(of: address)
        guard let target = APIPath.canonical(address.target) else {
            log?.note(LoggedRequest(lost: request, in: place.world))
            return Reply(.now(.tape(simulator.tape(of: .notFound, in: place.world, origin: .server))))
        }
        var canonical = request
        canonical.target = target
        guard request.body.readableBytes <= Self.loopByteLimit else {
            return deferred { [canonical] in resolve(canonical, in: place, playing: address.scenario) }
        }
        return resolve(canonical, in: place, playing: address.scenario)
    }

    func refuse(_ refusal: Refusal) -> Tape {
        simulator.tape(of: APIError(refusal), in: worlds.main.world, origin: .server)
    }

    /// A scenario that is played by its path has a world of its own, unless the request names one.
    private func place(of address: RequestAddress) -> ServedWorld {
        guard let scenario = address.scenarioOfPath, address.world == nil else { return worlds.world(address.world) }
        return worlds.world("s." + scenario)
    }
}

// MARK: - Resolving

extension SimulatorResponder {
    /// What a request comes to, with the entry its journal has for it.
    private func resolve(_ request: Request, in place: ServedWorld, playing scenario: String?) -> Reply {
        let world = place.world
        var exchange = PendingExchange(request, in: world)
        do throws(APIError) {
            if let scenario, MutatedStream.isOne(scenario) {
                let altered = try MutatedStream.answer(to: request, playing: scenario)
                return altered.map { reply(.now(.altered($0)), exchange) } ?? synthesized(exchange)
            }
            exchange.direction = try director.direction(of: request, in: place, playing: scenario)
        } catch {
            return reply(.now(.tape(tape(of: error, answering: request, in: world))), exchange)
        }
        if let scripted = scripted(exchange) { return scripted }
        for source in sources {
            switch source.answer(to: request, in: world) {
            case .answered(let sourced):
                return answered(sourced, exchange)
            case .later(let look):
                return later(exchange, look)
            case .failed(let reason):
                return failed(reason, exchange)
            case .missed(let explanation):
                guard source is CassetteAnswerSource else { continue }
                return missed(exchange, explanation)
            }
        }
        return missed(exchange, nil)
    }

    /// The answer of a rule that scripts all of it; nil where somebody else answers first.
    private func scripted(_ exchange: PendingExchange) -> Reply? {
        guard let decision = exchange.direction?.decision else { return nil }
        let origin = Origin(.scenario(file: decision.file, line: decision.line))
        if let failure = decision.failure {
            let error = APIError(status: 404, message: failure, metadata: ["error_type": "not_found"])
            return reply(.now(.tape(tape(of: error, answering: exchange.request, in: exchange.world))), exchange)
        }
        switch decision.response {
        case .pass, .providers:
            return nil
        case .error(let error):
            var exchange = exchange
            var refusal = simulator.refusal(APIError(error), of: exchange.request, in: exchange.world)
            refusal.tape.origin = origin
            if error.isIn200 { refusal.tape.head?.status = .ok }
            exchange.entry.model = refusal.model
            exchange.entry.generationID = refusal.generationID
            return reply(.now(.tape(refusal.tape)), exchange)
        case .whole(let whole):
            if var exact = exchange.direction?.finding?.answer(offersGzip: exchange.request.offersGzip) {
                exact.tape.origin = origin
                return reply(.now(.altered(exact)), exchange)
            }
            return reply(.now(.tape(Tape(whole, origin: origin))), exchange)
        case .steps:
            return synthesized(exchange)
        }
    }

    private func answered(_ sourced: SourcedAnswer, _ exchange: consuming PendingExchange) -> Reply {
        if let booking = sourced.booking {
            exchange.world.book(booking, for: exchange.request, at: exchange.entry.time)
        }
        exchange.entry.model = sourced.booking?.model
        exchange.entry.generationID = sourced.booking?.generationID
        if case .stored(let stored) = sourced.answer, exchange.hasFaults { return altered(stored, exchange) }
        return reply(.now(sourced.answer), exchange)
    }

    /// Faults change whole tapes: for them a large recording is read into memory.
    private func altered(_ stored: StoredTape, _ exchange: PendingExchange) -> Reply {
        deferred {
            // The disk is not waited for on a thread that tasks share.
            let read = await withCheckedContinuation { continuation in
                DispatchQueue.global().async { continuation.resume(returning: Result { try stored.whole() }) }
            }
            switch read {
            case .success(let tape): return reply(.now(.tape(tape)), exchange)
            case .failure(let error): return failed("\(error)", exchange)
            }
        }
    }

    private func synthesized(_ exchange: consuming PendingExchange) -> Reply {
        let answered = simulator.answer(exchange.request, in: exchange.world, attempts: exchange.attempts)
        exchange.entry.model = answered.model
        exchange.entry.generationID = answered.generationID
        return reply(.now(.tape(answered.tape)), exchange)
    }

    private func failed(_ reason: String, _ exchange: PendingExchange) -> Reply {
        logger.error("\(reason)")
        let error = APIError(status: 500, message: reason, metadata: ["error_type": "server"])
        return reply(.now(.tape(tape(of: error, answering: exchange.request, in: exchange.world))), exchange)
    }

    private func missed(
        _ exchange: PendingExchange,
        _ explanation: (@Sendable () async -> MissExplanation)?
    ) -> Reply {
        switch missPolicy {
        case .synthesize:
            return synthesized(exchange)
        case .fail:
            metrics.countMiss()
            return explained(exchange, explanation)
        case .forward(let recorder) where exchange.request.target.path == APIPath.signIn:
            // A page is for the browser to get itself; the upstream's own codes are the ones it will take.
            return reply(.now(.tape(.redirect(to: recorder.pageURL(exchange.request.target)))), exchange)
        case .forward(let recorder):
            return forwarded(exchange, to: recorder)
        }
    }

    /// What the upstream says; the journal gets all of it once it has been said.
    private func forwarded(_ pending: PendingExchange, to recorder: Recorder) -> Reply {
        let exchange = Exchange(pending.entry, answer: nil, world: pending.world, metrics: metrics, log: log)
        let content = Reply.Content.waiting { [pending] in
            let start = ContinuousClock.now
            do throws(UpstreamFailure) {
                return .live(
                    try await recorder.answer(pending.request).watched(since: start) { tape in
                        exchange.update { entry in
                            entry.ending = tape.ending
                            entry.keep(TapeExcerpt(tape))
                        }
                    }
                )
            } catch {
                // A client that left before the head is no failure of the upstream.
                if !Task.isCancelled { logger.warning("\(error)") }
                return .tape(tape(of: APIError(error), answering: pending.request, in: pending.world))
            }
        }
        return Reply(content, observer: exchange)
    }

    /// An error of the server's own, in the shape that the request's API has.
    private func tape(of error: APIError, answering request: Request, in world: World) -> Tape {
        simulator.tape(of: error, simulator.errorSkin(of: request), in: world, origin: .server)
    }

    private func explained(
        _ pending: PendingExchange,
        _ explanation: (@Sendable () async -> MissExplanation)?
    ) -> Reply {
        var pending = pending
        pending.entry.miss = ""
        let exchange = Exchange(pending.entry, answer: nil, world: pending.world, metrics: metrics, log: log)
        let content = Reply.Content.later { [pending] in
            let miss = await explanation?() ?? .nothingRecorded
            logger.warning("\(miss.text)")
            exchange.update { $0.miss = miss.text }
            let error = APIError(
                status: 404,
                message: miss.message,
                metadata: miss.metadata,
                fields: [APIError.Field(HTTPField.Name.simMiss.rawName, "true")]
            )
            return .tape(tape(of: error, answering: pending.request, in: pending.world))
        }
        return Reply(content, observer: exchange)
    }

    private func later(_ exchange: PendingExchange, _ look: @escaping @Sendable () async -> Sourcing) -> Reply {
        deferred {
            switch await look() {
            case .answered(let sourced): return answered(sourced, exchange)
            case .failed(let reason): return failed(reason, exchange)
            case .missed(let explanation): return missed(exchange, explanation)
            case .later: preconditionFailure("a source that has looked knows")
            }
        }
    }

    private func reply(_ content: Reply.Content, _ pending: consuming PendingExchange) -> Reply {
        var content = content
        var known: Answer?
        if case .now(let answer) = content {
            let altered = pending.altered(answer)
            content = .now(altered)
            known = altered
        }
        return Reply(
            content,
            observer: Exchange(
                pending.entry,
                answer: known,
                world: pending.world,
                metrics: metrics,
                log: log,
                logger: logger
            )
        )
    }

    /// A reply that is made off the event loop; its observer is told through a relay.
    private func deferred(_ make: @escaping @Sendable () async -> Reply) -> Reply {
        let relay = ObserverRelay()
        let content = Reply.Content.later {
            let reply = await make()
            relay.connect(reply.observer)
            switch reply.content {
            case .now(let answer): return answer
            case .later(let makeAnswer), .waiting(let makeAnswer): return await makeAnswer()
            }
        }
        return Reply(content, observer: relay)
    }
}

extension Tape {
    fileprivate static func redirect(to location: String) -> Tape {
        Tape(
            head: ResponseHead(
                status: HTTPResponse.Status(registered: 302),
                fields: [.location: location, .contentLength: "0"]
            ),
            origin: .server
        )
    }
}

extension LoggedRequest {
    /// A request whose path is nobody's, which the journal leaves out.
    fileprivate init(lost request: Request, in world: World) {
        self.init(method: request.method.rawValue, path: request.target.path)
        self.world = world.name
        status = 404
        origin = .server
    }
}

extension MissExplanation {
    /// There is no cassette at all.
    fileprivate static let nothingRecorded = MissExplanation(
        message: "No recording matches: there are no recordings",
        metadata: ["reason": "never_recorded", "recordings": 0],
        text: "miss: there are no recordings"
    )
}
