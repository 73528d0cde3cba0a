internal import NIOCore

/// Connections that each read some slow streams, one after the other, all at the same time.
final class PacedStreams {
    struct Result: Sendable {
        var samples: Samples
        var seconds: Double
        var processorSeconds: Double
    }

    private let promise: EventLoopPromise<Result>
    private let eventLoop: any EventLoop
    private let start: (time: NIODeadline, processor: Double)
    private var requests: RequestCycle
    private var samples: Samples
    private var remaining: Int
    private var isDone = false

    private init(_ streamCount: Int, _ requests: RequestCycle, _ promise: EventLoopPromise<Result>) {
        remaining = streamCount
        samples = Samples(capacity: streamCount)
        self.requests = requests
        self.promise = promise
        eventLoop = promise.futureResult.eventLoop
        start = (eventLoop.now, ProcessorTime.seconds)
    }

    /// Reads `streamsEach` streams on each connection; the first requests are sent evenly over `spread`.
    static func run(
        _ handlers: NIOLoopBound<[ExchangeHandler]>,
        requests: RequestCycle,
        streamsEach: Int,
        spread: TimeAmount,
        on eventLoop: any EventLoop
    ) async throws -> Result {
        try await eventLoop.flatSubmit {
            let promise = eventLoop.makePromise(of: Result.self)
            let run = PacedStreams(handlers.value.count * streamsEach, requests, promise)
            for (index, handler) in handlers.value.enumerated() {
                run.begin(handler, streamsEach, after: spread * Int64(index) / Int64(handlers.value.count))
            }
            let bound = NIOLoopBound(run, eventLoop: eventLoop)
            eventLoop.scheduleTask(in: .minutes(1)) { bound.value.end(AnswerError("not done within a minute")) }
            return promise.futureResult
        }.get()
    }

    private func begin(_ handler: ExchangeHandler, _ streamCount: Int, after delay: TimeAmount) {
        var left = streamCount
        handler.onFailure = { self.end($0) }
        handler.onAnswer = { nanoseconds in
            self.samples.add(nanoseconds)
            self.remaining -= 1
            left -= 1
            if left > 0 { handler.send(self.requests.next()) }
            if self.remaining == 0 { self.end(nil) }
        }
        let bound = NIOLoopBound((self, handler), eventLoop: eventLoop)
        eventLoop.scheduleTask(in: delay) {
            let (run, handler) = bound.value
            handler.send(run.requests.next())
        }
    }

    private func end(_ error: (any Error)?) {
        guard !isDone else { return }
        isDone = true
        let seconds = Double((eventLoop.now - start.time).nanoseconds) / 1e9
        let processorSeconds = ProcessorTime.seconds - start.processor
        if let error {
            promise.fail(error)
        } else {
            promise.succeed(Result(samples: samples, seconds: seconds, processorSeconds: processorSeconds))
        }
    }
}

@available(*, unavailable)
extension PacedStreams: Sendable {}

extension TimeAmount {
    fileprivate static func / (amount: TimeAmount, divisor: Int64) -> TimeAmount {
        .nanoseconds(amount.nanoseconds / divisor)
    }
}
