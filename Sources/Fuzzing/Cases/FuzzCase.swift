package import Tapes

/// One run of a client: a tape with mutations, all of it made again from these few words.
package struct FuzzCase: Sendable, Hashable {
    /// A mutation with its value.
    package struct Use: Sendable, Hashable {
        package var mutation: String
        package var value: String

        package init(_ mutation: String, _ value: String) {
            self.mutation = mutation
            self.value = value
        }

        package var name: String { "\(mutation)-\(value)" }
    }

    package var api: InferenceAPI
    package var base: BaseTape
    package var uses: [Use]
    /// For the mutations that draw lots.
    package var seed: UInt64

    package init(api: InferenceAPI, base: BaseTape, uses: [Use] = [], seed: UInt64 = 0) {
        self.api = api
        self.base = base
        self.uses = uses
        self.seed = seed
    }

    /// The mutations, or the tape where there is none.
    package var name: String {
        uses.isEmpty ? "tape \(base.name)" : uses.map(\.name).joined(separator: " + ")
    }
}

extension FuzzCase {
    /// The answer, with its mutations, as it is sent.
    ///
    /// - Parameters:
    ///   - offersGzip: whether the request named gzip in `Accept-Encoding`.
    ///   - timeout: the client's limit on silence, which slow tapes stay inside.
    /// - Returns: nil when a mutation is unknown or cannot be made on the tape.
    package func answer(offersGzip: Bool = false, timeout: Duration = .seconds(10)) -> AlteredTape? {
        draft(timeout: timeout)?.rendered(offersGzip: offersGzip)
    }

    /// The answer with its mutations.
    ///
    /// - Parameter timeout: the client's limit on silence, which slow tapes stay inside.
    /// - Returns: nil when a mutation is unknown or cannot be made on the tape.
    func draft(timeout: Duration) -> Draft? {
        var draft = Draft(api: api, base: base, timeout: timeout)
        var isScripted = false
        for (use, mutation) in orderedMutations() {
            guard mutation.apis.contains(api) else { return nil }
            if mutation.phase != .conversation, !isScripted {
                draft.script()
                isScripted = true
            }
            // Each has lots of its own, so that leaving one out does not change the others.
            var root = SeededGenerator(seed: seed)
            var generator = root.branch(mixing: use.name)
            guard mutation.change(&draft, use.value, &generator) else { return nil }
        }
        if !isScripted { draft.script() }
        draft.settle()
        return draft
    }

    private func orderedMutations() -> [(Use, Mutation)] {
        let known = uses.compactMap { use in
            MutationTable.mutation(named: use.mutation).map { (use, $0) }
        }
        // A stable sort by phase.
        return known.enumerated().sorted { ($0.element.1.phase, $0.offset) < ($1.element.1.phase, $1.offset) }
            .map(\.element)
    }

    /// Whether it takes a good part of the client's time limit.
    var isSlow: Bool {
        uses.contains { use in
            MutationTable.mutation(named: use.mutation)?.value(named: use.value)?.isSlow == true
        }
    }

    /// Whether only a broken server would send it.
    package var needsBrokenServer: Bool {
        uses.contains { MutationTable.mutation(named: $0.mutation)?.kind == .brokenServer }
    }

    /// The cause that the first mutation, or the tape, is known for.
    var nominalCause: Cause {
        guard let use = uses.first else { return base.cause }
        return MutationTable.mutation(named: use.mutation)?.value(named: use.value)?.cause ?? .combination
    }
}
