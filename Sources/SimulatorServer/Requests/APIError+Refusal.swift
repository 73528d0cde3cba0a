internal import OpenRouterAPI
internal import Playback
internal import Recording

extension APIError {
    /// What never became a request, in OpenRouter's envelope.
    init(_ refusal: Refusal) {
        switch refusal {
        case .malformed(let problem):
            self.init(status: 400, message: "Malformed HTTP request: \(problem)")
        case .undecodableBody(let problem):
            self.init(status: 400, message: "Malformed HTTP request: \(problem)")
        case .headTooLarge:
            self.init(status: 431, message: "Request header fields too large")
        case .bodyTooLarge(let limit):
            self = .payloadTooLarge(limit: limit)
        case .timeout:
            self.init(status: 408, message: "Operation timed out. Please try again later.")
        }
    }

    /// An upstream that gave no answer.
    init(_ failure: UpstreamFailure) {
        self.init(
            status: 502,
            message: "openrouter-sim: \(failure)",
            metadata: [
                "error_type": "provider_unavailable",
                "upstream": .string(failure.url),
                "reason": .string(failure.reason.rawValue),
            ]
        )
    }
}
