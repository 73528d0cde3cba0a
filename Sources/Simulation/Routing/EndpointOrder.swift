internal import Tapes

/// Brings candidates into the order of trial (reference: platform §1.6).
struct EndpointOrder {
    let request: RoutingRequest
    private let order: ProviderList
    private let sort: ProviderPreferences.Sort?

    /// Reads the preferences; an explicit sort goes before that of the slug's variants.
    init(_ request: RoutingRequest, _ variants: DynamicVariants) {
        self.request = request
        order = ProviderList(request.preferences.order)
        sort = request.preferences.sort ?? variants.sort
    }

    /// What candidates are compared by: the group, then the rank, then the value, then the place in the catalog.
    private struct Key {
        var group = 0
        var rank = 0
        var value = 0.0
        var index: Int

        static func < (left: Key, right: Key) -> Bool {
            (left.group, left.rank, left.value, left.index) < (right.group, right.rank, right.value, right.index)
        }
    }

    func arrange(_ candidates: inout [RouteCandidate], using generator: inout SeededGenerator) {
        if candidates.count > 1 {
            let rule = rule(for: candidates)
            let keys = candidates.indices.map { key(of: candidates[$0].endpoint, at: $0, by: rule) }
            let first = rule == .balance ? balancedChoice(among: candidates, keys, using: &generator) : nil
            let sorted = keys.sorted { $1.index != first && ($0.index == first || $0 < $1) }
            candidates = sorted.map { candidates[$0.index] }
            keepSession(&candidates)
        }
        candidates = candidates.served(with: request.ownKeys)
        if !request.preferences.allowsFallbacks, order.isEmpty { candidates.removeLast(candidates.count - 1) }
    }

    /// What decides; the first that applies.
    private enum Rule: Equatable {
        /// `provider.order`; what it does not name follows by health and price.
        case manual
        /// `service_tier` priority: its endpoints, then the others, each by throughput.
        case priority
        case sort(ProviderPreferences.Sort)
        /// `service_tier` flex: by price; the workspace's default sort comes after it.
        case flex
        /// Tools: by what speaks for an endpoint's tool calls, after its health (guide: auto-exacto).
        case tools
        /// Health, then a price-weighted choice, then price.
        case balance
    }

    private func rule(for candidates: [RouteCandidate]) -> Rule {
        if !order.isEmpty { return .manual }
        if request.serviceTier?.isPriority == true { return .priority }
        if let sort { return .sort(sort) }
        // A model without flex endpoints is routed as if nothing was asked.
        if request.serviceTier == .flex, candidates[0].endpoint.tier == .flex { return .flex }
        if let defaultSort = request.defaultSort { return .sort(defaultSort) }
        return request.needs.usesTools ? .tools : .balance
    }

    private func key(of endpoint: CatalogEndpoint, at index: Int, by rule: Rule) -> Key {
        var key = Key(index: index)
        let disappoints = request.preferences.meetsThresholds(endpoint) ? 0 : 1
        key.group = disappoints
        switch rule {
        case .manual:
            let position = order.position(of: endpoint)
            key.group = position ?? .max
            key.rank = position == nil ? EndpointHealth(endpoint).rawValue + 3 * disappoints : 0
            key.value = endpoint.value(by: sort ?? .price)
        case .priority:
            key.rank = endpoint.tier == .priority ? 0 : 1
            key.value = endpoint.value(by: sort ?? .throughput)
        case .sort(let sort):
            key.value = endpoint.value(by: sort)
        case .flex:
            key.value = endpoint.value(by: .price)
        case .tools:
            key.rank = EndpointHealth(endpoint).rawValue
            key.value = endpoint.value(by: .exacto)
        case .balance:
            key.rank = EndpointHealth(endpoint).rawValue
            key.value = endpoint.value(by: .price)
        }
        return key
    }

    /// One of the best group and rank, with weight 1/price².
    private func balancedChoice(
        among candidates: [RouteCandidate],
        _ keys: [Key],
        using generator: inout SeededGenerator
    ) -> Int? {
        guard let best = keys.min(by: { ($0.group, $0.rank) < ($1.group, $1.rank) }) else { return nil }
        let stable = keys.filter { $0.group == best.group && $0.rank == best.rank }
        guard stable.count > 1 else { return stable.first?.index }
        func weight(_ key: Key) -> Double {
            let price = candidates[key.index].endpoint.combinedPrice
            return price > 0 ? 1 / (price * price) : 1e24
        }
        var point = generator.fraction() * stable.reduce(0) { $0 + weight($1) }
        for key in stable {
            point -= weight(key)
            if point < 0 { return key.index }
        }
        return stable.last?.index
    }

    /// A session goes where it went before, so that the provider's prompt cache stays warm; a manual order goes first
    /// (guide: prompt-caching).
    private func keepSession(_ candidates: inout [RouteCandidate]) {
        guard order.isEmpty, let sticky = request.stickyEndpoint,
            let index = candidates.firstIndex(where: { $0.key == sticky }),
            EndpointHealth(candidates[index].endpoint) != .down
        else { return }
        candidates.insert(candidates.remove(at: index), at: 0)
    }
}

extension ProviderPreferences {
    /// Whether an endpoint keeps what the client would like; one without measurements is not known to.
    func meetsThresholds(_ endpoint: CatalogEndpoint) -> Bool {
        if let throughput = preferredMinimumThroughput {
            guard let measured = endpoint.throughput, throughput.areMet(by: measured, where: { $0 >= $1 }) else {
                return false
            }
        }
        if let latency = preferredMaximumLatency {
            guard let measured = endpoint.latencyMilliseconds,
                latency.areMet(by: measured, where: { $0 <= $1 * 1000 })
            else { return false }
        }
        return true
    }
}

extension ProviderPreferences.Cutoffs {
    fileprivate func areMet(
        by measured: CatalogEndpoint.Percentiles,
        where isGood: (_ measured: Double, _ bound: Double) -> Bool
    ) -> Bool {
        (p50.map { isGood(measured.p50, $0) } ?? true) && (p75.map { isGood(measured.p75, $0) } ?? true)
            && (p90.map { isGood(measured.p90, $0) } ?? true) && (p99.map { isGood(measured.p99, $0) } ?? true)
    }
}

extension CatalogEndpoint {
    /// What endpoints are sorted by: smaller is better, and what was not measured comes last.
    fileprivate func value(by sort: ProviderPreferences.Sort) -> Double {
        switch sort {
        case .price: combinedPrice
        case .throughput: throughput.map { -$0.p50 } ?? .infinity
        case .latency: latencyMilliseconds?.p50 ?? .infinity
        case .exacto: -toolQuality
        }
    }

    /// Stands for OpenRouter's measurements of tool calls, which the catalog does not have: what an endpoint knows about
    /// tools counts most, then the precision of its weights, then its throughput.
    private var toolQuality: Double {
        let features = ["tools", "tool_choice", "structured_outputs", "parallel_tool_calls"]
        let precision =
            switch quantization {
            case "fp32", "fp16", "bf16", "unknown": 2.0
            case "fp8", "mxfp8", "int8", "fp6": 1.0
            default: 0.0
            }
        let speed = min(throughput?.p50 ?? 0, 9999) / 10_000
        return Double(features.count { supportedParameters.contains($0) }) * 10 + precision + speed
    }
}
