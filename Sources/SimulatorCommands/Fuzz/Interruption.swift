internal import Dispatch
internal import Synchronization

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// SIGINT and SIGTERM during a run of the fuzzer.
///
/// The first one lets it end early and tell what it found, the second ends it at once. Either way no client is left
/// running.
final class Interruption: Sendable {
    private let count = Atomic(0)
    private let sources = Mutex<[any DispatchSourceSignal]>([])

    var isRequested: Bool { count.load(ordering: .relaxed) > 0 }

    /// - Parameter cancel: called on the second signal.
    func watch(_ cancel: @escaping @Sendable () -> Void) {
        sources.withLock { sources in
            for number in [SIGINT, SIGTERM] {
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
                source.setEventHandler { self.receive(cancel) }
                source.resume()
                sources.append(source)
            }
        }
    }

    private func receive(_ cancel: @Sendable () -> Void) {
        if count.add(1, ordering: .relaxed).newValue > 1 { return cancel() }
        Console.printError("\nStopping after the cases under way; once more to stop at once.")
    }

    /// Gives the signals back their usual meaning.
    func end() {
        sources.withLock { sources in
            for source in sources { source.cancel() }
            sources = []
        }
        for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
    }
}
