internal import NIOCore

/// One connection to each of two servers; the same request goes to the first, then to the second, then the next one.
///
/// What one server takes longer than the other shows without the noise between two runs.
final class AlternatingPair {
    struct Result: Sendable {
        var first: Samples
        var second: Samples
    }

    private let promise: EventLoopPromise<Result>
    private let eventLoop: any EventLoop
    private let handlers: (first: ExchangeHandler, second: ExchangeHandler)
    private let pairCount: Int
    private let warmUpCount: Int
    private var requests: RequestCycle
    private var sent = 0
    private var result: Result
    private var isDone = false

    private init(
        _ handlers: (ExchangeHandler, ExchangeHandler),
        _ requests: RequestCycle,
        _ pairCount: Int,
        _ warmUpCount: Int,
        _ promise: EventLoopPromise<Result>
    ) {
        self.handlers = handlers
        self.requests = requests
        self.pairCount = pairCount
        self.warmUpCount = warmUpCount
        self.promise = promise
        eventLoop = promise.futureResult.eventLoop
        result = Result(first: Samples(capacity: pairCount), second: Samples(capacity: pairCount))
    }

    /// Sends `pairCount` requests to both; the first `warmUpCount` of them are not counted.
    static func run(
        _ first: NIOLoopBound<[ExchangeHandler]>,
        _ second: NIOLoopBound<[ExchangeHandler]>,
        requests: RequestCycle,
        pairCount: Int,
        warmUpCount: Int,
        on eventLoop: any EventLoop
    ) async throws -> Result {
        try await eventLoop.flatSubmit {
            let promise = eventLoop.makePromise(of: Result.self)
            let handlers = (first.value[0], second.value[0])
            let run = AlternatingPair(handlers, requests, pairCount, warmUpCount, promise)
            run.begin()
            let bound = NIOLoopBound(run, eventLoop: eventLoop)
            eventLoop.scheduleTask(in: .minutes(2)) { bound.value.end(AnswerError("not done within two minutes")) }
            return promise.futureResult
        }.get()
    }

    private func begin() {
        var request = ByteBuffer()
        let next = {
            guard self.sent < self.pairCount else { return self.end(nil) }
            self.sent += 1
            request = self.requests.next()
            self.handlers.first.send(request)
        }
        handlers.first.onFailure = { self.end($0) }
        handlers.second.onFailure = { self.end($0) }
        handlers.first.onAnswer = { nanoseconds in
            if self.sent > self.warmUpCount { self.result.first.add(nanoseconds) }
            self.handlers.second.send(request)
        }
        handlers.second.onAnswer = { nanoseconds in
            if self.sent > self.warmUpCount { self.result.second.add(nanoseconds) }
            next()
        }
        next()
    }

    private func end(_ error: (any Error)?) {
        guard !isDone else { return }
        isDone = true
        if let error { promise.fail(error) } else { promise.succeed(result) }
    }
}

@available(*, unavailable)
extension AlternatingPair: Sendable {}
