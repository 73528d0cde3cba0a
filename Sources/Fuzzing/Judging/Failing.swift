/// How a client failed a case.
package enum Failing: Sendable, Hashable {
    /// It was still running when its time was over.
    case hang
    /// It was ended by a signal.
    case signal(Int32)
    /// It reported an error for an answer that was fine.
    case falseError(status: Int32)
    /// It reported success for a broken answer.
    case falseSuccess
    /// It reported success with other output than was sent.
    case wrongOutput
    /// It reported an error, but had printed what was never sent.
    case inventedOutput
    /// It asked more often than retries may.
    case retryStorm(requests: Int)
    /// It had more memory than it may.
    case memory(byteCount: Int)
    /// It wrote without end.
    case flood
    /// It never asked for an answer.
    case noRequest
}

extension Failing {
    /// One word for reports.
    package var name: String {
        switch self {
        case .hang: "hang"
        case .signal: "crash"
        case .falseError: "false-error"
        case .falseSuccess: "false-success"
        case .wrongOutput: "wrong-output"
        case .inventedOutput: "invented-output"
        case .retryStorm: "retry-storm"
        case .memory: "memory"
        case .flood: "flood"
        case .noRequest: "no-request"
        }
    }

    package var sentence: String {
        switch self {
        case .hang: "still running when its time was over"
        case .signal(let number): "ended by signal \(number)"
        case .falseError(let status): "exit status \(status) for an answer that is fine"
        case .falseSuccess: "exit status 0 for an answer that is broken"
        case .wrongOutput: "exit status 0 with other output than was sent"
        case .inventedOutput: "printed what was never sent"
        case .retryStorm(let requests): "asked \(requests) times"
        case .memory(let byteCount): "used \(byteCount >> 20) MiB of memory"
        case .flood: "wrote without end"
        case .noRequest: "made no request for an answer"
        }
    }
}
