internal import Tapes

/// Which cases are run, in which order: the same for the same seed, client and results, whatever runs at once.
struct Schedule: Sendable {
    let settings: FuzzSettings
    /// Whether the client declares a tool.
    let hasTools: Bool

    private func fuzzCase(_ base: BaseTape, _ uses: [FuzzCase.Use] = [], number: UInt64 = 0) -> FuzzCase {
        FuzzCase(api: settings.api, base: base, uses: uses, seed: settings.seed &* 1_000_003 &+ number)
    }

    /// The tapes as they are.
    var tapes: [FuzzCase] {
        settings.bases.filter { hasTools || !$0.needsTools }.map { fuzzCase($0) }
    }

    /// The mutations that may be used, most frequent defects first.
    private var mutations: [Mutation] {
        let allowed = MutationTable.all.filter { mutation in
            settings.kinds.contains(mutation.kind) && settings.layers.contains(mutation.layer)
                && mutation.apis.contains(settings.api)
                && (settings.mutations.isEmpty || settings.mutations.contains(mutation.name))
        }
        // Stable.
        return allowed.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(
            \.element
        )
    }

    /// Each mutation with each of its values: on the recorded tapes in turn where there are some on which it can be made,
    /// else on the tape on which it shows best.
    ///
    /// - Parameter broken: names of tapes that fail as they are, and so show nothing more.
    /// - Returns: the cases in the order in which they are run.
    func systematic(broken: Set<String>) -> [FuzzCase] {
        let recorded = settings.bases.filter { $0.recorded != nil && isUsable($0, broken) }
        var turn = 0
        return mutations.flatMap { mutation in
            mutation.values.compactMap { value in
                let use = FuzzCase.Use(mutation.name, value.name)
                let needsTools = value.base.flatMap(BaseTape.named)?.needsTools == true
                for _ in recorded {
                    turn += 1
                    let base = recorded[turn % recorded.count]
                    guard needsTools ? base.needsTools : !base.conversation.text.isEmpty else { continue }
                    let fuzzCase = fuzzCase(base, [use])
                    if fuzzCase.draft(timeout: settings.timeout) != nil { return fuzzCase }
                }
                guard let base = base(for: value, broken: broken) else { return nil }
                let fuzzCase = fuzzCase(base, [use])
                // A value that the API has not takes nothing of the budget.
                return fuzzCase.draft(timeout: settings.timeout) == nil ? nil : fuzzCase
            }
        }
    }

    private func isUsable(_ base: BaseTape, _ broken: Set<String>) -> Bool {
        !broken.contains(base.name) && (hasTools || !base.needsTools)
    }

    /// The tape on which a value shows; the next plainer one for a broken one.
    private func base(for value: Mutation.Value, broken: Set<String>) -> BaseTape? {
        func usable(_ name: String) -> BaseTape? {
            settings.bases.first { $0.name == name && isUsable($0, broken) }
        }
        if let named = BaseTape.named(value.base ?? "text"), named.needsTools { return usable(named.name) }
        return usable(value.base ?? "text") ?? usable("short") ?? usable("plain")
    }

    /// Two to five mutations at a time: first those that are known to hit together, then what lots say.
    ///
    /// - Parameters:
    ///   - count: how many cases.
    ///   - failed: what failed alone, and would hide what else is wrong.
    ///   - broken: names of tapes that fail as they are.
    /// - Returns: different cases; fewer where there are not so many.
    func combinations(_ count: Int, failed: Set<FuzzCase.Use>, broken: Set<String>) -> [FuzzCase] {
        var generator = SeededGenerator(seed: settings.seed ^ 0xF022)
        let failedLayers = Set(failed.compactMap { MutationTable.mutation(named: $0.mutation)?.layer })
        let bases = settings.bases.filter { isUsable($0, broken) }
        // Where something failed, more is likely to.
        let weighted = mutations.flatMap { Array(repeating: $0, count: failedLayers.contains($0.layer) ? 2 : 1) }
        guard !bases.isEmpty, !weighted.isEmpty else { return [] }
        var cases = Array(companions(failed: failed, broken: broken).prefix(max(0, count)))
        var seen = Set(cases)
        var attempts = 0
        while cases.count < count, attempts < count * 20 {
            attempts += 1
            guard let base = generator.choice(of: bases) else { break }
            let uses = uses(of: weighted, on: base, failed: failed, &generator)
            let fuzzCase = fuzzCase(base, uses, number: UInt64(attempts))
            var key = fuzzCase
            key.seed = self.fuzzCase(base).seed
            guard uses.count > 1, seen.insert(key).inserted, fuzzCase.draft(timeout: settings.timeout) != nil else {
                continue
            }
            cases.append(fuzzCase)
        }
        return cases
    }

    /// What is known to hit together, as far as it may be used and none of it failed alone.
    private func companions(failed: Set<FuzzCase.Use>, broken: Set<String>) -> [FuzzCase] {
        let allowed = Set(mutations.map(\.name))
        return Companions.cases(seed: settings.seed).compactMap { base, uses in
            guard settings.bases.contains(base), hasTools || !base.needsTools,
                uses.allSatisfy({ allowed.contains($0.mutation) && !failed.contains($0) })
            else { return nil }
            // Text shows in plainer tapes as well.
            guard
                let usable = ([base] + (base.needsTools ? [] : [.short, .plain])).first(where: {
                    !broken.contains($0.name)
                })
            else { return nil }
            let fuzzCase = fuzzCase(usable, uses)
            guard let draft = fuzzCase.draft(timeout: settings.timeout), draft.verdict != .either else { return nil }
            return fuzzCase
        }
    }

    private func uses(
        of mutations: [Mutation],
        on base: BaseTape,
        failed: Set<FuzzCase.Use>,
        _ generator: inout SeededGenerator
    ) -> [FuzzCase.Use] {
        var uses: [FuzzCase.Use] = []
        var slots: Set<String> = []
        let wanted = generator.integer(in: 2...5)
        for _ in 0..<wanted * 4 where uses.count < wanted {
            guard let mutation = generator.choice(of: mutations), let value = generator.choice(of: mutation.values),
                !value.isSlow, !value.isHeavy, !slots.contains(mutation.slot)
            else { continue }
            let use = FuzzCase.Use(mutation.name, value.name)
            // What may go either way alone says nothing together with others.
            guard !failed.contains(use), fuzzCase(base, [use]).draft(timeout: settings.timeout)?.verdict != .either
            else {
                continue
            }
            slots.insert(mutation.slot)
            uses.append(use)
        }
        // Breaking ones last, as they read best.
        return uses.sorted { !Self.isBreaking($0) && Self.isBreaking($1) }
    }

    private static func isBreaking(_ use: FuzzCase.Use) -> Bool {
        MutationTable.mutation(named: use.mutation)?.kind == .breaking
    }
}
