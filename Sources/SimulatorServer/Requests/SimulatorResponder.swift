internal import HTTPTypes
internal import Logging
internal import NIOCore
internal import OpenRouterAPI
internal import Playback
internal import Recording
internal import Simulation
internal import Tapes

/// Decides who answers a request: control API, recordings, then what the miss policy says (PRODUCT.md section 2).
struct SimulatorResponder: Responder {
    /// Bodies beyond this are looked at off the event loop.
    private static let loopByteLimit = 256 * 1024

    let simulator: Simulator
    let world: World
    let sources: [any AnswerSource]
    let missPolicy: MissPolicy
    let timing: Timing
    let metrics: Metrics
    let control: ControlAPI
    let logger: Logger

    func respond(to request: Request, on eventLoop: any EventLoop) -> Reply {
        if request.target.path == "/_sim" || request.target.path.hasPrefix("/_sim/") {
            return Reply(.later { await control.answer(request) })
        }
        guard let target = APIPath.canonical(request.target) else {
            return Reply(.now(.tape(simulator.tape(of: .notFound, in: world, origin: .server))))
        }
        var canonical = request
        canonical.target = target
        guard request.body.readableBytes <= Self.loopByteLimit else {
            return deferred { [canonical] in resolve(canonical) }
        }
        return resolve(canonical)
    }

    func refuse(_ refusal: Refusal) -> Tape {
        simulator.tape(of: APIError(refusal), in: world, origin: .server)
    }
}

// MARK: - Resolving

extension SimulatorResponder {
    /// What a request comes to, with the entry its journal has for it.
    private func resolve(_ request: Request) -> Reply {
        var entry = Journal.Entry(time: world.now, request: request)
        for source in sources {
            switch source.answer(to: request, in: world) {
            case .answered(let sourced):
                return answered(sourced, &entry)
            case .later(let look):
                return later(request, entry, look)
            case .failed(let reason):
                return failed(reason, &entry)
            case .missed(let explanation):
                guard source is CassetteAnswerSource else { continue }
                return missed(request, &entry, explanation)
            }
        }
        return missed(request, &entry, nil)
    }

    private func answered(_ sourced: SourcedAnswer, _ entry: inout Journal.Entry) -> Reply {
        if let booking = sourced.booking { world.book(booking, for: entry.request, at: entry.time) }
        entry.model = sourced.booking?.model
        entry.generationID = sourced.booking?.generationID
        return reply(.now(sourced.answer), entry)
    }

    private func failed(_ reason: String, _ entry: inout Journal.Entry) -> Reply {
        logger.error("\(reason)")
        let error = APIError(status: 500, message: reason, metadata: ["error_type": "server"])
        return reply(.now(.tape(tape(of: error, answering: entry.request))), entry)
    }

    private func missed(
        _ request: Request,
        _ entry: inout Journal.Entry,
        _ explanation: (@Sendable () async -> MissExplanation)?
    ) -> Reply {
        switch missPolicy {
        case .synthesize:
            let answered = simulator.answer(request, in: world)
            entry.model = answered.model
            entry.generationID = answered.generationID
            return reply(.now(.tape(timing.apply(to: answered.tape))), entry)
        case .fail:
            metrics.countMiss()
            entry.miss = ""
            return explained(entry, explanation)
        case .forward(let recorder) where request.target.path == APIPath.signIn:
            // A page is for the browser to get itself; the upstream's own codes are the ones it will take.
            return reply(.now(.tape(.redirect(to: recorder.pageURL(request.target)))), entry)
        case .forward(let recorder):
            return reply(
                .waiting {
                    do throws(UpstreamFailure) {
                        return .live(try await recorder.answer(request))
                    } catch {
                        // A client that left before the head is no failure of the upstream.
                        if !Task.isCancelled { logger.warning("\(error)") }
                        return .tape(tape(of: APIError(error), answering: request))
                    }
                },
                entry
            )
        }
    }

    /// An error of the server's own, in the shape that the request's API has.
    func tape(of error: APIError, answering request: Request) -> Tape {
        simulator.tape(of: error, simulator.errorSkin(of: request), in: world, origin: .server)
    }

    private func explained(
        _ entry: Journal.Entry,
        _ explanation: (@Sendable () async -> MissExplanation)?
    ) -> Reply {
        let exchange = Exchange(entry, answer: nil, world: world, metrics: metrics)
        let content = Reply.Content.later {
            let miss = await explanation?() ?? .nothingRecorded
            logger.warning("\(miss.text)")
            exchange.update { $0.miss = miss.text }
            let error = APIError(
                status: 404,
                message: miss.message,
                metadata: miss.metadata,
                fields: [APIError.Field(HTTPField.Name.simMiss.rawName, "true")]
            )
            return .tape(tape(of: error, answering: entry.request))
        }
        return Reply(content, observer: exchange)
    }

    private func later(
        _ request: Request,
        _ entry: Journal.Entry,
        _ look: @escaping @Sendable () async -> Sourcing
    ) -> Reply {
        deferred {
            var entry = entry
            switch await look() {
            case .answered(let sourced): return answered(sourced, &entry)
            case .failed(let reason): return failed(reason, &entry)
            case .missed(let explanation): return missed(request, &entry, explanation)
            case .later: preconditionFailure("a source that has looked knows")
            }
        }
    }

    private func reply(_ content: Reply.Content, _ entry: Journal.Entry) -> Reply {
        let answer: Answer? = if case .now(let answer) = content { answer } else { nil }
        return Reply(content, observer: Exchange(entry, answer: answer, world: world, metrics: metrics))
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

extension MissExplanation {
    /// There is no cassette at all.
    fileprivate static let nothingRecorded = MissExplanation(
        message: "No recording matches: there are no recordings",
        metadata: ["reason": "never_recorded", "recordings": 0],
        text: "miss: there are no recordings"
    )
}
