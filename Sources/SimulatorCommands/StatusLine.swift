internal import Synchronization

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// One line on standard error that is written over, where that is a terminal.
final class StatusLine: Sendable {
    let isShown = isatty(STDERR_FILENO) == 1
    private let width = Mutex(0)

    func show(_ text: String) {
        guard isShown else { return }
        width.withLock { width in
            let padding = String(repeating: " ", count: max(0, width - text.count))
            width = text.count
            Console.writeError("\r\(text)\(padding)\r\(text)")
        }
    }

    func clear() {
        show("")
    }
}
