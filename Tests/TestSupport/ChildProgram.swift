internal import Foundation

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A program as a child process, by posix_spawn(3) and waitpid(2): no run loop, no thread that has to be the right one.
package final class ChildProgram: @unchecked Sendable {
    // Invariant of @unchecked: `status` is written once, by the one caller that `wait` lets through the lock.
    private let lock = NSLock()
    private var status: Int32?
    package let processIdentifier: Int32

    /// - Parameters:
    ///   - path: the program's file.
    ///   - arguments: without the name of the program.
    ///   - environment: all of it.
    ///   - input: descriptor for its standard input; nil for /dev/null.
    ///   - output: descriptor for its standard output.
    ///   - errors: descriptor for its standard error.
    /// - Throws: ``RawSocketError`` when the program cannot be started.
    package init(
        _ path: String,
        _ arguments: [String],
        environment: [String: String],
        input: Int32? = nil,
        output: Int32,
        errors: Int32
    ) throws {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        #else
        var actions = posix_spawn_file_actions_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, 0)
        } else {
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        }
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)
        var identifier = pid_t()
        let strings = ([path] + arguments).map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            for string in strings + variables { free(string) }
        }
        let failure = posix_spawn(&identifier, path, &actions, nil, strings, variables)
        guard failure == 0 else { throw RawSocketError(call: "posix_spawn \(path)") }
        processIdentifier = identifier
    }

    /// The status a shell would report: 128 more than a signal.
    package func wait() -> Int32 {
        lock.withLock {
            if let status { return status }
            var raw: Int32 = 0
            while waitpid(processIdentifier, &raw, 0) < 0, errno == EINTR {}
            let signal = raw & 0x7F
            let ended = signal == 0 ? (raw >> 8) & 0xFF : 128 + signal
            status = ended
            return ended
        }
    }

    /// Does nothing once it was waited for, when its number may be another's.
    package func send(_ signal: Int32) {
        lock.withLock {
            guard status == nil else { return }
            kill(processIdentifier, signal)
        }
    }
}
