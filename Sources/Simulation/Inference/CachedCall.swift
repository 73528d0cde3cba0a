internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// A call that may be answered from the response cache, and whose answer may be kept there.
struct CachedCall {
    private let call: Call
    private let control: CacheControl
    private let key: [UInt8]

    /// Nil where the cache is off, as it is for a batch.
    init?(_ call: Call, _ body: JSONValue, preset: PresetCache? = nil) {
        guard call.batch == nil, let control = CacheControl(call.fields, preset: preset) else { return nil }
        self.call = call
        self.control = control
        key = CacheControl.key(call, body)
    }

    /// The answer kept, under a new id and free of charge; nil when there is none.
    func hit() -> OperationAnswer? {
        if control.clears {
            call.world.dropCachedResponse(key)
            return nil
        }
        guard let entry = call.world.cachedResponse(key) else { return nil }
        var generator = call.world.generator(forRequestDigest: key)
        let ids = GenerationIDs(call, using: &generator)
        var answer = entry.again(ids)
        let now = call.world.now
        answer.generationID = ids.generation
        answer.fields[.xGenerationID] = ids.generation
        answer.fields[.xOpenRouterCacheStatus] = "HIT"
        answer.fields[.xOpenRouterCacheAge] = "\((now - entry.storedAt) / 1_000_000)"
        answer.fields[.xOpenRouterCacheTTL] = "\((entry.expiresAt - now) / 1_000_000)"
        answer.fields[.xOpenRouterCacheSourceID] = entry.sourceID
        var record = entry.record
        record.id = ids.generation
        record.createdAt = now
        record.usage = TokenUsage(prompt: 0, completion: 0)
        record.charge(Pricing.Cost(), Charges())
        record.cacheSourceID = entry.sourceID
        call.world.book(record)
        return answer
    }

    /// Keeps an answer.
    ///
    /// - Parameters:
    ///   - answer: the answer, to be marked as a miss.
    ///   - record: what was booked for it.
    ///   - again: makes the same answer under another id, with all counts zero.
    /// - Returns: the answer with the cache's fields.
    func stored(
        _ answer: OperationAnswer,
        _ record: GenerationRecord,
        again: @escaping @Sendable (GenerationIDs) -> OperationAnswer
    ) -> OperationAnswer {
        let now = call.world.now
        call.world.cacheResponse(
            ResponseCache.Entry(
                sourceID: record.id,
                storedAt: now,
                expiresAt: now + Int64(control.seconds) * 1_000_000,
                again: again,
                record: record
            ),
            key
        )
        var answer = answer
        answer.fields[.xOpenRouterCacheStatus] = "MISS"
        answer.fields[.xOpenRouterCacheTTL] = "\(control.seconds)"
        return answer
    }
}
