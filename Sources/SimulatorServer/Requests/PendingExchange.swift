internal import Faults
internal import Scenarios
internal import Simulation
internal import Tapes

/// A request on its way to an answer: what scenarios say of it, and what its journal will have.
struct PendingExchange: Sendable {
    let request: Request
    let world: World
    var entry: Journal.Entry
    var direction: ScenarioDirector.Direction? {
        didSet { entry.rule = direction?.decision.map { "\($0.scenario):\($0.line)" } }
    }

    init(_ request: Request, in world: World) {
        self.request = request
        self.world = world
        entry = Journal.Entry(time: world.now, request: request)
    }

    /// What each provider does.
    var attempts: any ProviderAttempts {
        guard let direction, let decision = direction.decision else { return SyntheticAttempts() }
        return ScriptedAttempts(decision.response, generator: direction.generator)
    }

    /// Whether there are faults to change the answer.
    var hasFaults: Bool { direction.map { !$0.faults.isEmpty } ?? false }

    /// The answer with the faults that are on; one that is not in memory passes as it is.
    func altered(_ answer: Answer) -> Answer {
        guard let direction, !direction.faults.isEmpty else { return answer }
        var altered: AlteredTape
        switch answer {
        case .tape(let plain): altered = AlteredTape(plain)
        case .lowered(let lowered): altered = AlteredTape(lowered.tape)
        case .altered(let made): altered = made
        case .stored, .live: return answer
        }
        var generator = direction.generator
        direction.faults.alter(&altered, using: &generator)
        return .altered(altered)
    }
}
