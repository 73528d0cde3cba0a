internal import Hummingbird
internal import Logging

/// What Hummingbird's router needs to know of a request that came through no channel of its own.
struct ControlContext: RequestContext {
    struct Source: RequestContextSource {
        let logger: Logger
    }

    var coreContext: CoreRequestContextStorage

    init(source: Source) {
        coreContext = CoreRequestContextStorage(source: source)
    }
}
