internal import Synchronization

/// Lets everybody through once it is open.
final class Gate: Sendable {
    private let passage: AsyncStream<Void>
    private let input: AsyncStream<Void>.Continuation
    private let isOpen = Mutex(false)

    init() {
        (passage, input) = AsyncStream.makeStream()
    }

    func open() {
        isOpen.withLock { $0 = true }
        input.finish()
    }

    func wait() async {
        guard !isOpen.withLock({ $0 }) else { return }
        for await _ in passage { return }
    }
}
