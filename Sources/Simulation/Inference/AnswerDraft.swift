internal import HTTPTypes
internal import OpenRouterAPI
internal import Tapes

/// Puts together what a provider generated with what it cost, and what is remembered of it.
struct AnswerDraft {
    let inference: Inference
    let plan: RoutePlan
    let turns: ProviderTurns
    let ids: GenerationIDs

    private var call: Call { inference.call }

    func answer(_ generations: [Generation], of candidate: RouteCandidate) -> GeneratedAnswer {
        let healed = healed(generations)
        let usage = usage(of: generations, at: candidate)
        let pricing = candidate.pricing
        let charges = Charges(generations.first?.serverTools ?? [], inference.request, pricing)
        let price = pricing.cost(of: usage, charges: charges, at: CivilTime(microseconds: call.world.now))
            .insured(completionTokens: usage.completion, finishReason: generations.first?.finishReason)
        let cost = call.billed(price, to: candidate)
        let pace = pace(of: candidate)
        return GeneratedAnswer(
            identity: AnswerIdentity(ids, candidate),
            generations: healed,
            usage: usage,
            charges: charges,
            cost: cost,
            pace: pace,
            playedPace: pace.played(call.settings.timing),
            opaque: ids.opaque,
            serviceTier: candidate.endpoint.tier.rawValue,
            keepAliveCount: call.settings.keepAliveCount,
            routerMetadata: call.wantsRouterMetadata
                ? turns.metadata(
                    plan,
                    pipeline: inference.request.pipeline(for: candidate, generations, healed: healed)
                ) : nil,
            upstreamBodies: inference.request.echoesUpstreamBody
                ? turns.turns.map { upstreamBody(for: $0.candidate) } : []
        )
    }

    /// All choices share the prompt; what each completes is counted.
    private func usage(of generations: [Generation], at candidate: RouteCandidate) -> TokenUsage {
        var usage = generations.first?.usage ?? inference.request.promptTokens.usage
        for generation in generations.dropFirst() {
            usage.completion += generation.usage.completion
            usage.reasoning += generation.usage.reasoning
            usage.completionImage += generation.usage.completionImage
            usage.completionAudio += generation.usage.completionAudio
            usage.outputImages += generation.usage.outputImages
        }
        if let cached = generations.first?.statedCachedTokens {
            usage.cached = cached
        } else {
            readPromptCache(of: candidate, into: &usage)
        }
        return usage
    }

    /// Reads what the provider's cache has of the prompt, and writes what it is told to keep.
    ///
    /// Explicit breakpoints are written to the cache and read from it; without any, providers that cache by themselves
    /// read what they have seen. A provider that neither does so nor has a price for reading has no cache.
    private func readPromptCache(of candidate: RouteCandidate, into usage: inout TokenUsage) {
        let endpoint = candidate.endpoint
        guard endpoint.supportsImplicitCaching || endpoint.pricing[.cacheRead] != nil else { return }
        let explicit = inference.request.promptTokens.breakpoints.filter { $0.tokenCount >= PromptReader.cacheMinimum }
        let isImplicit = explicit.isEmpty && endpoint.supportsImplicitCaching
        let prefixes = isImplicit ? inference.request.implicitBreakpoints : explicit
        let known = call.world.usePromptCache(prefixes, at: candidate.key)
        usage.cached = known?.tokenCount ?? 0
        usage.cachedAudio = known?.audioTokenCount ?? 0
        guard let longest = explicit.last, endpoint.pricing[.cacheWrite] != nil else { return }
        usage.cacheWritten = longest.tokenCount - usage.cached
        // Only Anthropic's caches keep for an hour what they are told to (reference: inference §7).
        let isForHour = longest.isForHour && candidate.model.author == "anthropic"
        usage.cacheWrittenForHour = isForHour ? usage.cacheWritten : 0
    }

    /// Providers that failed took their time before.
    private func pace(of candidate: RouteCandidate) -> Pace {
        var pace = Pace(candidate.endpoint)
        for turn in turns.turns where turn.failure != nil { pace.untilFirstToken += turn.candidate.endpoint.latency }
        return pace
    }

    /// Closes JSON that was cut short (plugin `response-healing`; reference: platform §1.16).
    private func healed(_ generations: [Generation]) -> [Generation] {
        guard inference.request.plugins.healsResponses, !inference.request.isStreamed else { return generations }
        switch inference.request.responseFormat {
        case .text: return generations
        case .jsonObject, .jsonSchema: return generations.map { $0.healed() }
        }
    }

    /// The request as the provider gets it: its own model name, without what is OpenRouter's.
    private func upstreamBody(for candidate: RouteCandidate) -> GeneratedAnswer.UpstreamBody {
        let members = inference.body.members.filter { !Self.ownMembers.contains($0.key) }.map { member in
            member.key == "model"
                ? ("model", .string(candidate.model.canonicalSlug)) : (member.key, JSON(member.value))
        }
        return GeneratedAnswer.UpstreamBody(
            provider: candidate.endpoint.provider.name,
            model: candidate.servedModel,
            json: .object(JSONObject(members))
        )
    }

    private static let ownMembers: Set<String> = [
        "models", "provider", "plugins", "route", "transforms", "debug", "session_id", "trace", "preset", "usage",
        "cache_enabled", "cache_ttl_seconds",
    ]
}

// MARK: - Record

extension AnswerDraft {
    func record(of answer: GeneratedAnswer, _ candidate: RouteCandidate) -> GenerationRecord {
        let generation = answer.generation
        var record = GenerationRecord(call, id: ids.generation)
        record.model = answer.identity.model
        record.provider = answer.identity.provider
        record.note(candidate)
        record.externalUser = inference.request.user
        record.sessionID = inference.request.sessionID
        record.presetID = inference.request.presetID
        record.isStreamed = inference.request.isStreamed
        record.finishReason = generation.finishReason.rawValue
        record.nativeFinishReason = answer.identity.nativeFinishReason(generation.finishReason)
        record.usage = answer.usage
        record.charge(answer.cost, answer.charges)
        record.serviceTier = answer.serviceTier
        record.latencyMilliseconds = Int(answer.pace.untilFirstToken.microseconds / 1000)
        record.generationMilliseconds = Int(answer.duration.microseconds / 1000)
        record.attempts = turns.records
        if let search = generation.serverTools.compactMap(\.search).first {
            record.searchEngine = search.engine.rawValue
            record.searchResultCount = search.results.count
        }
        record.fetchCount = answer.charges.webFetchRequests
        let text = generation.text
        record.content = GenerationContent(
            input: { [input = inference.request.input] in input },
            completion: generation.toolCalls.isEmpty || !text.isEmpty ? text : nil,
            reasoning: generation.reasoning,
            failure: generation.failure
        )
        record.content?.toolCalls = generation.toolCalls
        record.content?.request = { [body = inference.body] in body }
        return record
    }
}
