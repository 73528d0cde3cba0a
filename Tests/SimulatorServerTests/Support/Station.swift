import Cassettes
import HTTPTypes
import Logging
import NIOCore
import NIOPosix
import OpenRouterAPI
import Playback
import Scenarios
import Simulation
import Synchronization
import Tapes

@testable import SimulatorServer

/// A server without a socket: requests in, tapes out, and the journal told that they were played.
struct Station {
    let worlds: WorldRegistry
    let library = ScenarioLibrary()
    let responder: SimulatorResponder

    static let startOfTime: Int64 = 1_790_000_000_000_000

    init(
        seed: UInt64 = 0,
        clock: WorldClock = .fixed(startOfTime),
        worldLimit: Int = 10_000,
        sources: [any AnswerSource] = [],
        missPolicy: MissPolicy = .synthesize,
        settings: SimulationSettings = SimulationSettings(timing: .instant),
        host: String = "127.0.0.1"
    ) {
        worlds = WorldRegistry(seed: seed, clock: clock, systemTime: { Self.startOfTime }, limit: worldLimit)
        let metrics = Metrics()
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let services = ControlServices(
            worlds: worlds,
            library: library,
            sources: sources.compactMap { $0 as? CassetteAnswerSource },
            redactor: Redactor(),
            metrics: metrics,
            status: ServerStatus(mode: "serve", recordingCount: 0)
        )
        responder = SimulatorResponder(
            simulator: Simulator(settings: settings),
            worlds: worlds,
            director: ScenarioDirector(library: library),
            sources: sources,
            missPolicy: missPolicy,
            metrics: metrics,
            control: ControlAPI(services, guardian: ControlGuard(host: host), logger: logger),
            logger: logger
        )
    }

    /// An answer, and what is told of it once it is played.
    struct Exchange {
        var altered: AlteredTape
        var tape: Tape { altered.tape }
        var status: Int? { tape.head?.status.code }
        var text: String { String(buffer: tape.body) }

        func json() throws -> JSONValue {
            try JSONDocument(parsing: tape.body.readableBytesView).root
        }
    }

    /// Asks, and has the answer played as `report` says; nil for as it should be.
    @discardableResult
    func ask(
        _ path: String,
        _ body: String? = nil,
        method: HTTPRequest.Method? = nil,
        fields: HTTPFields = [:],
        key: String? = "sk-or-v1-test",
        report: PlaybackReport? = nil
    ) async -> Exchange {
        var all: HTTPFields = [HTTPField.Name("Host") ?? .accept: "127.0.0.1:6464"]
        if let key { all[.authorization] = "Bearer \(key)" }
        if body != nil { all[.contentType] = "application/json" }
        all.append(contentsOf: fields)
        let request = Request(
            method: method ?? (body == nil ? .get : .post),
            target: RequestTarget(path),
            fields: all,
            body: ByteBuffer(string: body ?? "")
        )
        let reply = responder.respond(to: request, on: MultiThreadedEventLoopGroup.singleton.any())
        let answer: Answer
        switch reply.content {
        case .now(let made): answer = made
        case .later(let make), .waiting(let make): answer = await make()
        }
        reply.observer?.willPlay(answer)
        let altered: AlteredTape
        switch answer {
        case .tape(let tape): altered = AlteredTape(tape)
        case .altered(let made): altered = made
        case .lowered(let lowered): altered = AlteredTape(lowered.tape)
        case .stored(let stored): altered = AlteredTape(stored.outline)
        case .live(let live): altered = AlteredTape(Tape(head: live.head, origin: live.origin))
        }
        reply.observer?.didPlay(report ?? PlaybackReport(playing: altered.lowered(for: .usual)))
        return Exchange(altered: altered)
    }

    /// A chat request.
    static func chat(_ text: String = "Hi", model: String = "openai/gpt-4o-mini", stream: Bool = false) -> String {
        """
        {"model":"\(model)","messages":[{"role":"user","content":"\(text)"}],"stream":\(stream)}
        """
    }
}

extension PlaybackReport {
    /// As a player reports that keeps every time.
    init(playing wire: WireTape) {
        self.init(outcome: .played)
        tapeByteCount = wire.byteCount
        var time = Duration.zero
        for write in wire.writes {
            time += write.gap
            note(TimedSend(at: time, due: time, byteCount: write.bytes.readableBytes))
        }
        duration = time + wire.endingGap
    }
}
