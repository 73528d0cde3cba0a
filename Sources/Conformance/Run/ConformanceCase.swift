package import OpenRouterAPI
internal import Tapes

/// One request of a run, and how its answer was found.
package struct ConformanceCase: Sendable {
    package enum Verdict: String, Sendable, CaseIterable {
        case conforms
        /// The answer is not as the document says.
        case violates
        /// The simulator does not know the operation.
        case notImplemented = "not implemented"
        /// A request that ought to succeed got an error that the document allows.
        case refused
        /// Our own request is not as the document says.
        case badSample = "bad sample"
        /// The live API says something else than the document or the simulator.
        case drifts
        /// There was nothing to ask with.
        case skipped
    }

    /// As ``OpenAPIOperation/name``.
    package var operation: String
    package var name: String
    /// The target of the request, with its query.
    package var target: String
    /// Nil when nothing was sent, or the answer had no head.
    package var status: Int?
    package var contentType: String?
    package var verdict: Verdict
    package var problems: [ConformanceProblem] = []

    /// Whether it makes a run fail.
    package var isFinding: Bool {
        verdict != .conforms && verdict != .skipped
    }

    package var json: JSON {
        [
            "operation": .string(operation),
            "case": .string(name),
            "target": .string(target),
            "status": status.map { .integer($0) } ?? .null,
            "content_type": contentType.map { .string($0) } ?? .null,
            "verdict": .string(verdict.rawValue),
            "problems": .array(problems.map(\.json)),
        ]
    }
}

extension ConformanceCase {
    /// A case that conforms until something is found.
    ///
    /// - Parameters:
    ///   - operation: what was asked.
    ///   - name: which request it is.
    ///   - request: what was sent, or would have been.
    ///   - received: the answer; nil when nothing was sent.
    init(_ operation: OpenAPIOperation, _ name: String, _ request: Request, _ received: ReceivedAnswer?) {
        self.init(
            operation: operation.name,
            name: name,
            target: request.target.raw,
            status: received?.status,
            contentType: received?.mediaType,
            verdict: .conforms
        )
    }
}
