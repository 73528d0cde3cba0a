internal import HTTPTypes
package import OpenRouterAPI
package import Tapes

/// What a live API answers to the requests of a cassette today, held against the recordings: shapes, not values.
///
/// One request after the other: ask for the ``nextRequest()``, send it, ``note(_:)`` the answer, until there is none.
/// Nothing here waits: with the same loop in an async method, tasks crashed after it had returned (Swift 6.3 on Linux).
package final class LiveVerification {
    /// What came of one request.
    package enum Verdict: Sendable, Hashable {
        /// It was asked; nothing drifted where the list is empty.
        case answered([AnswerDrift])
        /// It was not asked, or its answer says nothing; why, in a sentence.
        case skipped(String)
    }

    package struct Case: Sendable, Hashable {
        /// The recordings of the request, in their order.
        package var ids: [Int64]
        package var request: String
        package var model: String?
        package var verdict: Verdict
    }

    /// Those that there is a verdict on, in the order of the cassette.
    package private(set) var cases: [Case] = []
    /// How many requests were sent.
    package private(set) var requestCount = 0
    /// What the answers say they cost, or else what their recordings say.
    package private(set) var cost = USD.zero

    private let cassette: Cassette
    private let key: String
    private let budget: LiveBudget
    /// The different requests, the next one last.
    private var pending: [Case] = []
    /// What was sent, with the recordings to hold the answer against.
    private var asked: (request: LiveRequest, candidates: [Tape])?

    /// - Parameters:
    ///   - cassette: its requests are sent as they were recorded, each different one once, but for the key.
    ///   - key: of the live API.
    ///   - budget: no request is handed out beyond it.
    /// - Throws: ``CassetteError`` if the cassette cannot be read.
    package init(of cassette: Cassette, key: String, budget: LiveBudget) throws(CassetteError) {
        self.cassette = cassette
        self.key = key
        self.budget = budget
        var places: [Fingerprint: Int] = [:]
        for summary in try cassette.summaries() {
            if let place = places[summary.fingerprint] {
                pending[place].ids.append(summary.id)
                continue
            }
            places[summary.fingerprint] = pending.count
            let request = "\(summary.method) \(summary.target)"
            pending.append(Case(ids: [summary.id], request: request, model: summary.model, verdict: .answered([])))
        }
        pending.reverse()
    }

    /// The next request to send, or nil if there is none.
    ///
    /// Those that cannot or must not be sent are skipped with their reason.
    ///
    /// - Throws: ``CassetteError`` where a recording cannot be read.
    package func nextRequest() throws(CassetteError) -> Request? {
        while let next = pending.last {
            let tapes = try next.ids.map { (id) throws(CassetteError) in try cassette.interaction(id).interaction }
            var (first, candidates, reason) = (LiveRequest?.none, [Tape](), "")
            for recording in tapes {
                do throws(LiveRequest.Refusal) {
                    let request = try LiveRequest(recording, key: key, budget)
                    candidates.append(recording.tape)
                    first = first ?? request
                } catch {
                    reason = error.reason
                }
            }
            if let first {
                guard let obstacle = obstacle(to: first) else {
                    asked = (first, candidates)
                    return first.request
                }
                reason = obstacle
            }
            judge(.skipped(reason))
        }
        return nil
    }

    /// Holds the live answer to the latest request against the recordings.
    ///
    /// - Throws: ``LiveRefusal`` where nothing can be asked with this key.
    package func note(_ answer: Tape) throws(LiveRefusal) {
        guard let (request, candidates) = asked else { return }
        asked = nil
        requestCount += 1
        cost = cost + (AnswerCosts.cost(of: answer) ?? request.cost)
        judge(try Self.verdict(on: answer, to: request, candidates))
    }

    private func judge(_ verdict: Verdict) {
        guard var next = pending.popLast() else { return }
        next.verdict = verdict
        cases.append(next)
    }

    /// Why the budget does not allow a request, or nil.
    private func obstacle(to asked: LiveRequest) -> String? {
        if requestCount >= budget.requestCount { return "the budget of \(budget.requestCount) requests is used up" }
        if cost + asked.cost <= budget.cost { return nil }
        let left = (budget.cost - cost).decimalText
        return "it cost \(asked.cost.decimalText) USD, and \(left) of the budget are left"
    }

    private static func verdict(
        on answer: Tape,
        to asked: LiveRequest,
        _ candidates: [Tape]
    ) throws(LiveRefusal) -> Verdict {
        let status = answer.head?.status.code
        if let status, let refusal = LiveRefusal(rawValue: status) { throw refusal }
        if status == 429 { return .skipped("the upstream limits the rate (429); --delay asks more slowly") }
        if status == 404, asked.namesOneThing, candidates.allSatisfy({ $0.head?.status.code != 404 }) {
            let drift = AnswerDrift(.warning, "status", from: "found", to: "404, which another account would get too")
            return .answered([drift])
        }
        let shape = AnswerShape(answer)
        let drifts = candidates.map { AnswerShape($0).drift(to: shape) }
        return .answered(drifts.min { rank($0).lexicographicallyPrecedes(rank($1)) } ?? [])
    }

    /// Of several recordings the one counts that the live answer is most like.
    private static func rank(_ drift: [AnswerDrift]) -> [Int] {
        AnswerDrift.Severity.allCases.map { severity in drift.count { $0.severity == severity } }
    }
}

/// An answer that says that nothing can be asked with the key at hand.
package enum LiveRefusal: Int, Error, CustomStringConvertible {
    case unauthorized = 401
    case outOfCredits = 402

    package var description: String {
        switch self {
        case .unauthorized: "the upstream refuses the key (401). Set OPENROUTER_API_KEY to one that is valid there."
        case .outOfCredits: "the account of the key has no credits left (402). Add some, or use another key."
        }
    }
}
