internal import NIOCore

/// Each connection sends its next request as soon as the answer to the last one is there.
final class ClosedLoop {
    /// When to stop.
    enum Limit: Sendable {
        /// After this time, of which the first part is not counted.
        case time(warmUp: TimeAmount, measured: TimeAmount)
        /// After this many answers, all counted.
        case answers(Int)
    }

    struct Result: Sendable {
        /// Answers that came in the measured time.
        var samples: Samples
        /// All of them, warm-up included.
        var answerCount: Int
        var seconds: Double
        var processorSeconds: Double
    }

    private let handlers: [ExchangeHandler]
    private let limit: Limit
    private let eventLoop: any EventLoop
    private let promise: EventLoopPromise<Result>
    private var requests: RequestCycle
    private var samples = Samples(capacity: 1 << 20)
    private var answerCount = 0
    private var sentCount = 0
    private var isMeasuring = false
    private var isDone = false
    private var start: (time: NIODeadline, processor: Double)

    private init(
        _ handlers: [ExchangeHandler],
        _ requests: RequestCycle,
        _ limit: Limit,
        _ promise: EventLoopPromise<Result>,
        _ eventLoop: any EventLoop
    ) {
        self.handlers = handlers
        self.requests = requests
        self.limit = limit
        self.promise = promise
        self.eventLoop = eventLoop
        start = (eventLoop.now, ProcessorTime.seconds)
    }

    static func run(
        _ handlers: NIOLoopBound<[ExchangeHandler]>,
        requests: RequestCycle,
        limit: Limit,
        on eventLoop: any EventLoop
    ) async throws -> Result {
        try await eventLoop.flatSubmit {
            let promise = eventLoop.makePromise(of: Result.self)
            ClosedLoop(handlers.value, requests, limit, promise, eventLoop).begin()
            return promise.futureResult
        }.get()
    }

    private func begin() {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        switch limit {
        case .time(let warmUp, let measured):
            eventLoop.scheduleTask(in: warmUp) { bound.value.measure() }
            eventLoop.scheduleTask(in: warmUp + measured) { bound.value.end(nil) }
        case .answers:
            measure()
            eventLoop.scheduleTask(in: .minutes(2)) { bound.value.end(AnswerError("not done within two minutes")) }
        }
        for handler in handlers {
            handler.onFailure = { self.end($0) }
            handler.onAnswer = { nanoseconds in
                self.answerCount += 1
                if self.isMeasuring { self.samples.add(nanoseconds) }
                self.send(on: handler)
            }
            send(on: handler)
        }
    }

    private func send(on handler: ExchangeHandler) {
        guard !isDone else { return }
        if case .answers(let count) = limit {
            if answerCount == count { return end(nil) }
            guard sentCount < count else { return }
        }
        sentCount += 1
        handler.send(requests.next())
    }

    private func measure() {
        isMeasuring = true
        start = (eventLoop.now, ProcessorTime.seconds)
    }

    private func end(_ error: (any Error)?) {
        guard !isDone else { return }
        isDone = true
        let seconds = Double((eventLoop.now - start.time).nanoseconds) / 1e9
        let result = Result(
            samples: samples,
            answerCount: answerCount,
            seconds: seconds,
            processorSeconds: ProcessorTime.seconds - start.processor
        )
        for handler in handlers {
            handler.onAnswer = nil
            handler.close()
        }
        if let error { promise.fail(error) } else { promise.succeed(result) }
    }
}

@available(*, unavailable)
extension ClosedLoop: Sendable {}
