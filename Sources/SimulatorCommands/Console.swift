internal import Synchronization

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Data goes to stdout, everything else to stderr.
enum Console {
    /// The code of the first error of a write to stdout.
    private static let outputError = Mutex<Int32?>(nil)

    /// Why data is missing from stdout; nil where all of it was written, and where the reader had enough.
    static var outputFailure: String? {
        outputError.withLock { $0 }.map { String(cString: strerror($0)) }
    }

    static func print(_ text: String) {
        write(text + "\n", to: STDOUT_FILENO)
    }

    /// Without a line feed, for output that comes in parts.
    static func printPart(_ text: String) {
        write(text, to: STDOUT_FILENO)
    }

    static func printError(_ text: String) {
        write(text + "\n", to: STDERR_FILENO)
    }

    /// Without a line feed, for a line that is written over.
    static func writeError(_ text: String) {
        write(text, to: STDERR_FILENO)
    }

    enum Stream {
        case output, errors

        fileprivate var descriptor: Int32 {
            switch self {
            case .output: STDOUT_FILENO
            case .errors: STDERR_FILENO
            }
        }
    }

    static func isTerminal(_ stream: Stream) -> Bool {
        isatty(stream.descriptor) == 1
    }

    /// Whether somebody who can see colors reads along, and has not asked for none (https://no-color.org).
    static func hasColors(_ stream: Stream) -> Bool {
        guard isTerminal(stream), (environment("NO_COLOR") ?? "").isEmpty else { return false }
        return environment("TERM") != "dumb"
    }

    private static func environment(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// In one write where the system allows it, so that lines of several writers do not mix.
    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else {
                if descriptor == STDOUT_FILENO { note(errno) }
                return
            }
            bytes = bytes.dropFirst(max(0, count))
        }
    }

    private static func note(_ code: Int32) {
        // Whoever reads `| head` has what it wanted.
        guard code != EPIPE else { return }
        outputError.withLock { $0 = $0 ?? code }
    }

    private static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Darwin)
        Darwin.write(descriptor, bytes, count)
        #elseif canImport(Glibc)
        Glibc.write(descriptor, bytes, count)
        #else
        Musl.write(descriptor, bytes, count)
        #endif
    }
}
