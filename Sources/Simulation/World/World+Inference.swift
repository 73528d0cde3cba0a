/// What inference keeps between requests.
extension World {
    /// The endpoint this session used last; nil without a session or after ten minutes.
    func stickyEndpoint(forSession session: String?) -> String? {
        guard let session else { return nil }
        return withInferenceState { state, now in state.sessions.endpoint(forSession: session, at: now) }
    }

    func remember(_ candidate: RouteCandidate, forSession session: String?) {
        guard let session else { return }
        withInferenceState { state, now in state.sessions.remember(candidate.key, forSession: session, at: now) }
    }

    func cachedResponse(_ key: [UInt8]) -> ResponseCache.Entry? {
        withInferenceState { state, now in state.responses.entry(key, at: now) }
    }

    func cacheResponse(_ entry: ResponseCache.Entry, _ key: [UInt8]) {
        withInferenceState { state, _ in state.responses.store(entry, key) }
    }

    func dropCachedResponse(_ key: [UInt8]) {
        withInferenceState { state, _ in state.responses.drop(key) }
    }

    /// Looks a prompt's prefixes up in a provider's prompt cache, and keeps them there.
    ///
    /// - Parameters:
    ///   - prefixes: from short to long.
    ///   - endpoint: whose cache it is.
    /// - Returns: the longest one known; nil when none is.
    func usePromptCache(
        _ prefixes: [PromptTokens.Breakpoint],
        at endpoint: String
    ) -> PromptTokens.Breakpoint? {
        guard !prefixes.isEmpty else { return nil }
        return withInferenceState { state, now in state.prompts.use(prefixes, at: endpoint, now: now) }
    }
}

/// The part of a world's state that inference reads and keeps between requests.
struct InferenceState: Sendable {
    var sessions = SessionRoutes()
    var responses = ResponseCache()
    var prompts = PromptCache()
    var files = FileStore()
    var presets = PresetStore()
    var videos = VideoJobs()
    var batches = BatchJobs()
    var broadcasts = BroadcastQueue()
}
