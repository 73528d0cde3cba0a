#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// What the script that started us reads, and what people do.
package enum Output {
    /// One line on stdout, at once: stdout is a pipe here, which C would buffer.
    package static func line(_ text: String) {
        print(text)
        fflush(nil)
    }

    /// Tells the script that a server is bound.
    package static func ready(port: Int) {
        line("{\"event\":\"ready\",\"port\":\(port),\"pid\":\(getpid())}")
    }

    /// Ends the process: 2 for a command line or a file that cannot be used, 1 for a measurement that failed.
    package static func fail(_ error: any Error) -> Never {
        let text = "error: \(error)\n"
        // C's `stderr` is a variable to Swift, so not for concurrent code.
        _ = text.withCString { write(2, $0, strlen($0)) }
        exit(error is OptionError || error is FileError ? 2 : 1)
    }
}
