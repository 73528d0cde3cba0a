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
    package func report(for request: Request) throws(CassetteError) -> MissReport {
        let subject = MissSubject(redactor.redact(request))
        let fingerprint = Fingerprint(redacted: subject.request)
        var recordingCount = 0
        var finished = 0
        var incomplete = 0
        var candidates: [MissCandidate] = []
        for cassette in cassettes {
            let (nearest, count) = try cassette.candidates(for: subject, limit: Self.bodyLimit)
            candidates += nearest
            recordingCount += count
            let completions = try cassette.completions(of: fingerprint)
            finished += completions.finished
            incomplete += completions.incomplete
        }
        let reason: MissReport.Reason =
            finished > 0 ? .consumed(times: finished) : incomplete > 0 ? .onlyIncomplete : .neverRecorded
        let target = MissDifferences.short(subject.request.target.raw)
        return MissReport(
            method: subject.request.method.rawValue,
            target: target,
            model: subject.outline.model.map(MissDifferences.short),
            fingerprint: fingerprint,
            reason: reason,
            recordingCount: recordingCount,
            nearest: nearest(candidates, to: subject),
            fixes: reason.fixes(cassette: cassettes.first?.path ?? "FILE")
        )
    }

    private func nearest(_ candidates: [MissCandidate], to subject: MissSubject) -> [MissReport.NearMiss] {
        var bytesLeft = Self.byteLimit
        var ranked: [(candidate: MissCandidate, differences: MissDifferences)] = []
        for candidate in candidates.sorted(by: { $0.distance < $1.distance }).prefix(Self.bodyLimit) {
            guard candidate.byteCount <= bytesLeft else { continue }
            bytesLeft -= candidate.byteCount
            let body = candidate.cassette.body(of: candidate)
            ranked.append((candidate, MissDifferences(of: candidate, recorded: body, from: subject)))
        }
        // Sizes only chose whom to compare; now the differences are known.
        let order = ranked.indices.sorted { left, right in
            (rank(ranked[left]) + [left]).lexicographicallyPrecedes(rank(ranked[right]) + [right])
        }
        return order.prefix(MissReport.nearMissLimit).map { index in
            let (candidate, differences) = ranked[index]
            return MissReport.NearMiss(
                file: candidate.cassette.path,
                id: candidate.id,
                method: candidate.method,
                target: MissDifferences.short(candidate.target),
                differences: differences.lines,
                differenceCount: differences.count
            )
        }
    }

    private func rank(_ ranked: (candidate: MissCandidate, differences: MissDifferences)) -> [Int] {
        let distance = ranked.candidate.distance
        return [distance.path, distance.method, distance.model, distance.messageCount, ranked.differences.count]
    }
}
