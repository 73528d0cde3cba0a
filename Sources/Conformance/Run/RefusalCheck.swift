internal import OpenRouterAPI

/// Holds the answer to a bad request against what every refusal has to be.
struct RefusalCheck {
    enum Outcome {
        /// A status of 4xx with an error's envelope.
        case refused
        /// The simulator is more lenient than the document.
        case accepted
        case failed(ConformanceProblem)
    }

    /// - Parameters:
    ///   - received: the answer.
    ///   - fault: what was wrong with the request.
    /// - Returns: how it was taken.
    func outcome(of received: ReceivedAnswer, fault: String) -> Outcome {
        guard let status = received.status else {
            return .failed(ConformanceProblem(.status, "there was no answer to a request with \(fault)"))
        }
        if received.isSuccess { return .accepted }
        // A redirect is no refusal, and nothing that a client sends may be the server's fault; 410 and the like are.
        guard (400..<500).contains(status) else {
            return .failed(ConformanceProblem(.status, "\(status) for a request with \(fault)"))
        }
        guard let error = received.json?["error"], error["message"]?.string?.isEmpty == false else {
            return .failed(ConformanceProblem(.body, "is no error's envelope for a request with \(fault)"))
        }
        if let code = error["code"], code.int != status {
            return .failed(ConformanceProblem(.body, "code is not \(status) for a request with \(fault)"))
        }
        return .refused
    }
}
