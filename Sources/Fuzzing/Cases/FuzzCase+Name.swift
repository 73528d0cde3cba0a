// Cases by a name that can stand in a URL and in Swift tests: `line-end-crlf`, `tool`, `tool..args-split-bytes..usage-missing`.

extension FuzzCase {
    private static let separator = ".."
    /// The name of a scenario has at most 128 letters, and `sse-` is four of them.
    private static let longestPathName = 124

    /// Names of tapes and of mutations with their values, joined by two dots.
    package var pathName: String {
        let isDefault = !uses.isEmpty && base == Self.defaultBase(for: uses)
        let tape = BaseTape.named(base.name) == nil || isDefault ? [] : [base.pathName]
        return (tape + uses.map(\.name)).joined(separator: Self.separator)
    }

    /// Nil for a name that is none, and for a mutation that the API has not.
    ///
    /// - Parameters:
    ///   - name: a ``pathName``; a mutation without its value has its first one, and without a tape it is made on the one
    ///     where it shows best.
    ///   - api: the API that is asked.
    package init?(named name: String, api: InferenceAPI) {
        var base: BaseTape?
        var uses: [Use] = []
        for part in name.split(separator: Self.separator, omittingEmptySubsequences: false) {
            if let use = MutationTable.use(named: String(part), api: api) {
                uses.append(use)
            } else if base == nil, uses.isEmpty, let tape = BaseTape.all.first(where: { $0.pathName == part }) {
                base = tape
            } else {
                return nil
            }
        }
        self.init(api: api, base: base ?? Self.defaultBase(for: uses), uses: uses)
    }

    private static func defaultBase(for uses: [Use]) -> BaseTape {
        guard let use = uses.first, let mutation = MutationTable.mutation(named: use.mutation) else { return .text }
        return mutation.value(named: use.value)?.base.flatMap(BaseTape.named) ?? .text
    }

    /// Each tape as it is, then each mutation with each of its values, in the order of the documentation.
    ///
    /// - Parameter api: the API whose streams they are.
    /// - Returns: the cases that can be made there.
    package static func single(of api: InferenceAPI) -> [FuzzCase] {
        let mutated = MutationTable.all.filter { $0.apis.contains(api) }.flatMap { mutation in
            mutation.values.map { value in
                let use = Use(mutation.name, value.name)
                return FuzzCase(api: api, base: defaultBase(for: [use]), uses: [use])
            }
        }
        return (BaseTape.all.map { FuzzCase(api: api, base: $0) } + mutated).filter {
            $0.draft(timeout: .seconds(10)) != nil
        }
    }

    /// Two to five mutations at a time, drawn by a seed.
    ///
    /// - Parameters:
    ///   - count: how many cases.
    ///   - api: the API whose streams they are.
    ///   - hasTools: whether calls of tools may be among them.
    ///   - seed: the same one draws the same cases.
    /// - Returns: the cases; fewer where there are not so many.
    package static func combinations(
        _ count: Int,
        of api: InferenceAPI,
        hasTools: Bool,
        seed: UInt64
    ) -> [FuzzCase] {
        var settings = FuzzSettings(command: [])
        settings.api = api
        settings.seed = seed
        // By name they are played with the lots of seed 0.
        return Schedule(settings: settings, hasTools: hasTools).combinations(count, failed: [], broken: []).map {
            FuzzCase(api: api, base: $0.base, uses: $0.uses)
        }.filter { $0.pathName.utf8.count <= longestPathName }
    }
}

extension BaseTape {
    /// Its name, unless a mutation has that.
    var pathName: String { MutationTable.mutation(named: name) == nil ? name : "tape-\(name)" }
}

extension MutationTable {
    /// A mutation that the API has, by its name with or without a value.
    fileprivate static func use(named name: String, api: InferenceAPI) -> FuzzCase.Use? {
        for mutation in all where mutation.apis.contains(api) {
            let value = mutation.values.first { "\(mutation.name)-\($0.name)" == name }
            guard let value = value ?? (mutation.name == name ? mutation.values.first : nil) else { continue }
            return FuzzCase.Use(mutation.name, value.name)
        }
        return nil
    }
}
