internal import Fuzzing
internal import Synchronization

/// One line on standard error that is written over, where that is a terminal.
final class FuzzProgress: Sendable {
    private let isShown = Console.isTerminal(.errors)
    private let width = Mutex(0)

    func show(_ progress: FuzzSession.Progress) {
        write("\(progress.phase.rawValue): \(progress.done) of \(progress.planned), \(progress.failed) failed")
    }

    func clear() {
        write("")
    }

    private func write(_ text: String) {
        guard isShown else { return }
        width.withLock { width in
            let padding = String(repeating: " ", count: max(0, width - text.count))
            width = text.count
            Console.writeError("\r\(text)\(padding)\r\(text)")
        }
    }
}
