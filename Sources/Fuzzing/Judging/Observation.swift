internal import ChildProcesses

/// What a client did in one run.
package struct Observation: Sendable, Hashable {
    /// Exit status, or the signal that ended it as a negative number.
    package var status: Int32
    package var output: [UInt8]
    package var errors: [UInt8]
    package var duration: Duration
    package var peakMemoryByteCount: Int
    package var timedOut: Bool
    package var flooded: Bool
    package var requestCount: Int

    package init(
        status: Int32,
        output: [UInt8],
        errors: [UInt8] = [],
        duration: Duration = .zero,
        peakMemoryByteCount: Int = 0,
        timedOut: Bool = false,
        flooded: Bool = false,
        requestCount: Int = 1
    ) {
        self.status = status
        self.output = output
        self.errors = errors
        self.duration = duration
        self.peakMemoryByteCount = peakMemoryByteCount
        self.timedOut = timedOut
        self.flooded = flooded
        self.requestCount = requestCount
    }

    init(_ outcome: CapturedCommand.Outcome, requestCount: Int) {
        let status: Int32 =
            switch outcome.ending {
            case .exited(let status): status
            case .signaled(let signal): -signal
            }
        self.init(
            status: status,
            output: outcome.output,
            errors: outcome.errors,
            duration: outcome.duration,
            peakMemoryByteCount: outcome.peakMemoryByteCount,
            timedOut: outcome.timedOut,
            flooded: outcome.flooded,
            requestCount: requestCount
        )
    }
}
