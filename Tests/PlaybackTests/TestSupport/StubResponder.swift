internal import NIOCore
internal import Playback
internal import Synchronization
internal import Tapes

/// Answers as a closure says, and remembers who asked.
final class StubResponder: Responder {
    private let answer: @Sendable (Request) -> Reply
    private let received = Mutex<[Request]>([])
    private let questions: AsyncStream<Void>
    private let question: AsyncStream<Void>.Continuation

    init(_ answer: @escaping @Sendable (Request) -> Reply) {
        self.answer = answer
        (questions, question) = AsyncStream.makeStream()
    }

    /// Answers each request with what has come of it.
    static func echo() -> StubResponder {
        StubResponder { Reply(.now(.tape(.echo($0)))) }
    }

    /// Always the same tape.
    static func tape(_ tape: Tape, observer: (any PlaybackObserver)? = nil) -> StubResponder {
        StubResponder { _ in Reply(.now(.tape(tape)), observer: observer) }
    }

    var requests: [Request] { received.withLock { $0 } }

    /// Waits until so many requests have come.
    func asked(count: Int = 1) async {
        var iterator = questions.makeAsyncIterator()
        while requests.count < count, await iterator.next() != nil {}
    }

    func respond(to request: Request, on eventLoop: any EventLoop) -> Reply {
        received.withLock { $0.append(request) }
        question.yield()
        return answer(request)
    }

    func refuse(_ refusal: Refusal) -> Tape {
        switch refusal {
        case .malformed(let reason): .sized(reason, status: 400)
        case .undecodableBody(let reason): .sized(reason, status: 400)
        case .headTooLarge: .sized("head", status: 431)
        case .bodyTooLarge(let limit): .sized("over \(limit)", status: 413)
        case .timeout: .sized("timeout", status: 408)
        }
    }
}

/// Hands out the report of one answer.
final class StubObserver: PlaybackObserver {
    private let reports: AsyncStream<PlaybackReport>
    private let input: AsyncStream<PlaybackReport>.Continuation
    private let willPlayCount = Mutex(0)

    init() {
        (reports, input) = AsyncStream.makeStream()
    }

    /// Waits for the next report.
    func report() async -> PlaybackReport? {
        var iterator = reports.makeAsyncIterator()
        return await iterator.next()
    }

    var begunCount: Int { willPlayCount.withLock { $0 } }

    func willPlay(_ answer: Answer) {
        willPlayCount.withLock { $0 += 1 }
    }

    func didPlay(_ report: PlaybackReport) {
        input.yield(report)
    }
}
