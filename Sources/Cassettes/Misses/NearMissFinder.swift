internal import HTTPTypes
internal import NIOCore
package import Tapes

/// Explains a miss.
///
/// Blocks on the disk: not for event loops. The work is bounded whatever the size of the cassettes: one look at the
/// columns, then at most ``bodyLimit`` bodies.
package struct NearMissFinder: Sendable {
    /// How many bodies are compared.
    package static let bodyLimit = 200
    /// How many bytes of bodies are compared.
    package static let byteLimit = 32 << 20

    private let cassettes: [Cassette]
    private let redactor: Redactor

    /// Looks at all cassettes that were asked, in order.
    package init(cassettes: [Cassette], redactor: Redactor) {
        self.cassettes = cassettes
        self.redactor = redactor
    }

    /// Explains why none of the cassettes answers a request, which is redacted first.
    ///
    /// - Parameters:
    ///   - request: as it came.
    ///   - world: where recordings were played, if they were; nil if nobody plays.
    /// - Returns: the reason, the nearest recordings and what to do.
    /// - Throws: ``CassetteError`` if a cassette cannot be read.
    package func report(for request: Request, world: String? = nil) throws(CassetteError) -> MissReport {
        let subject = MissSubject(redactor.redact(request))
        var fingerprint: Fingerprint?
        var recordingCount = 0
        var completions: [Interaction.Completion: Int] = [:]
        var candidates: [MissCandidate] = []
        for cassette in cassettes {
            let rules = try cassette.matchingRules()
            let own = Fingerprint(redacted: subject.request, rules: rules)
            fingerprint = fingerprint ?? own
            let (nearest, count) = try cassette.candidates(for: subject, limit: Self.bodyLimit)
            candidates += nearest.map { candidate in
                var candidate = candidate
                candidate.rules = rules
                return candidate
            }
            recordingCount += count
            completions.merge(try cassette.completions(of: own), uniquingKeysWith: +)
        }
        let nearest = nearest(candidates, to: subject)
        let reason = reason(completions, nearest, subject, world: world)
        return MissReport(
            method: subject.request.method.rawValue,
            target: MissDifferences.short(subject.request.target.raw),
            model: subject.outline.model.map(MissDifferences.short),
            fingerprint: fingerprint ?? Fingerprint(redacted: subject.request),
            reason: reason,
            recordingCount: recordingCount,
            nearest: nearest.map(\.nearMiss),
            fixes: reason.fixes(
                cassette: cassettes.first?.path ?? "FILE",
                rematch: reason == .neverRecorded ? suggestion(nearest, subject) : nil,
                isOffline: world == nil
            )
        )
    }

    private func reason(
        _ completions: [Interaction.Completion: Int],
        _ nearest: [Compared],
        _ subject: MissSubject,
        world: String?
    ) -> MissReport.Reason {
        let count = { completions[$0] ?? 0 }
        if count(.finished) > 0 { return .consumed(times: count(.finished), world: world) }
        if !completions.isEmpty {
            return .onlyIncomplete(clientLeft: count(.clientLeft), interrupted: count(.interrupted))
        }
        for compared in nearest where compared.candidate.distance.path + compared.candidate.distance.method > 0 {
            // The same but for where it goes.
            guard var moved = compared.recorded?.request else { continue }
            moved.fields = subject.request.fields
            moved.body = subject.request.body
            let rules = compared.candidate.rules
            guard Fingerprint(redacted: moved, rules: rules).hash == compared.candidate.fingerprint else { continue }
            let target = MissDifferences.short(moved.target.raw)
            return .otherEndpoint("\(moved.method) \(target)")
        }
        return .neverRecorded
    }

    private func suggestion(_ nearest: [Compared], _ subject: MissSubject) -> MissReport.Rematch? {
        for compared in nearest {
            guard let recorded = compared.recorded,
                let rules = RuleSuggestion.rules(from: recorded, to: subject, rules: compared.candidate.rules)
            else { continue }
            let candidate = compared.candidate
            return MissReport.Rematch(id: candidate.id, file: candidate.cassette.path, options: rules.options)
        }
        return nil
    }

    /// A recording beside the request.
    private struct Compared {
        var candidate: MissCandidate
        /// Nil if it cannot be read.
        var recorded: MissSubject?
        var differences: MissDifferences
        /// How many tools only one of the two has.
        var toolDifference: Int

        init(_ candidate: MissCandidate, _ redactor: Redactor, _ subject: MissSubject) {
            self.candidate = candidate
            // Again, since the file may be older than what is known of secrets, or somebody else's.
            recorded = candidate.cassette.request(of: candidate).map { MissSubject(redactor.redact($0)) }
            differences =
                recorded.map { MissDifferences(from: $0, to: subject, rules: candidate.rules) } ?? .unreadable
            toolDifference = recorded.map { $0.toolNames.symmetricDifference(subject.toolNames).count } ?? 0
        }

        var rank: [Int] {
            let distance = candidate.distance
            return [
                distance.path, distance.method, distance.model, distance.messageCount, toolDifference,
                differences.count,
            ]
        }

        var nearMiss: MissReport.NearMiss {
            MissReport.NearMiss(
                file: candidate.cassette.path,
                id: candidate.id,
                method: candidate.method,
                target: MissDifferences.short(recorded?.request.target.raw ?? candidate.path),
                differences: differences.lines,
                differenceCount: differences.count
            )
        }
    }

    private func nearest(_ candidates: [MissCandidate], to subject: MissSubject) -> [Compared] {
        var bytesLeft = Self.byteLimit
        var compared: [Compared] = []
        for candidate in candidates.sorted(by: { $0.distance < $1.distance }).prefix(Self.bodyLimit) {
            guard candidate.byteCount <= bytesLeft else { continue }
            bytesLeft -= candidate.byteCount
            compared.append(Compared(candidate, redactor, subject))
        }
        // Sizes only chose whom to compare; now the differences are known.
        let ranks = compared.map(\.rank)
        let order = compared.indices.sorted { (ranks[$0] + [$0]).lexicographicallyPrecedes(ranks[$1] + [$1]) }
        return order.prefix(MissReport.nearMissLimit).map { compared[$0] }
    }
}
