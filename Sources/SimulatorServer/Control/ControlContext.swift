internal import Hummingbird
internal import Logging
internal import Tapes

/// What Hummingbird's router needs to know of a request that came through no channel of its own.
struct ControlContext: RequestContext {
    /// The request as our pipeline has it.
    struct Asked: Sendable {
        var request: Tapes.Request
        var address: RequestAddress
    }

    struct Source: RequestContextSource {
        let asked: Asked
        let logger: Logger
    }

    var coreContext: CoreRequestContextStorage
    let asked: Asked

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
        asked = source.asked
    }
}
