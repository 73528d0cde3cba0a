internal import OpenRouterAPI

/// Decides whether a client did what it has to.
package struct Oracle: Sendable {
    /// Whether exit status and time are judged alone.
    package var ignoresOutput: Bool
    /// The most requests for an answer that one run may make.
    package var requestLimit: Int
    /// The most memory in bytes that a run may have.
    package var memoryByteLimit: Int

    package init(ignoresOutput: Bool = false, requestLimit: Int = 8, memoryByteLimit: Int = 1 << 30) {
        self.ignoresOutput = ignoresOutput
        self.requestLimit = requestLimit
        self.memoryByteLimit = memoryByteLimit
    }

    /// - Returns: nil for a client that did well.
    func judge(_ observation: Observation, _ expected: ExpectedAnswer, _ verdict: Draft.Verdict) -> Failing? {
        if observation.requestCount > requestLimit { return .retryStorm(requests: observation.requestCount) }
        if observation.timedOut { return .hang }
        if observation.flooded { return .flood }
        if observation.status < 0 { return .signal(-observation.status) }
        if observation.requestCount == 0 { return .noRequest }
        if observation.peakMemoryByteCount > memoryByteLimit {
            return .memory(byteCount: observation.peakMemoryByteCount)
        }
        let succeeded = observation.status == 0
        switch verdict {
        case .exact where !succeeded: return .falseError(status: observation.status)
        case .fails where succeeded: return .falseSuccess
        default: break
        }
        if ignoresOutput { return nil }
        let output = ClientOutput(observation.output)
        if succeeded { return output.tells(expected) ? nil : .wrongOutput }
        return output.isBeginning(of: expected) ? nil : .inventedOutput
    }
}
