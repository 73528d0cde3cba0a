internal import Subprocess
internal import Synchronization

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

#if canImport(System)
internal import System
#else
internal import SystemPackage
#endif

/// A command to run with our standard streams, as a shell would.
package final class ChildCommand: Sendable {
    /// How it ended.
    package enum Ending: Sendable, Hashable {
        case exited(Int32)
        case signaled(Int32)

        /// The status a shell would report: 128 more than the signal.
        package var shellStatus: Int32 {
            switch self {
            case .exited(let status): status
            case .signaled(let signal): 128 + signal
            }
        }
    }

    private let arguments: [String]
    private let environment: [String: String]
    private let process = Mutex<pid_t?>(nil)

    /// - Parameters:
    ///   - arguments: the command, looked for in `PATH` unless it has a slash, and its arguments; not empty.
    ///   - environment: variables set besides our own.
    package init(_ arguments: [String], environment: [String: String]) {
        self.arguments = arguments
        self.environment = environment
    }

    private var executable: Executable {
        let name = arguments.first ?? ""
        return name.contains("/") ? .path(FilePath(name)) : .name(name)
    }

    /// Looks for the program, before anything is started for it.
    ///
    /// - Throws: ``ChildCommandError`` when there is none that can be run.
    package func check() async throws(ChildCommandError) {
        let name = arguments.first ?? ""
        let path: FilePath
        do {
            path = try await executable.resolveExecutablePath(in: .inherit)
        } catch {
            throw ChildCommandError(command: name, reason: "no such program")
        }
        guard access(path.string, X_OK) == 0 else {
            throw ChildCommandError(command: name, reason: String(cString: strerror(errno)))
        }
    }

    /// Runs the command to its end.
    ///
    /// - Throws: ``ChildCommandError`` when it cannot be started.
    package func run() async throws(ChildCommandError) -> Ending {
        let name = arguments.first ?? ""
        let variables = environment.map { (Environment.Key(stringLiteral: $0.key), Optional($0.value)) }
        do {
            let result = try await Subprocess.run(
                executable,
                arguments: Arguments(Array(arguments.dropFirst())),
                environment: .inherit.updating(Dictionary(uniqueKeysWithValues: variables)),
                input: .fileDescriptor(.standardInput, closeAfterSpawningProcess: false),
                output: .fileDescriptor(.standardOutput, closeAfterSpawningProcess: false),
                error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false)
            ) { execution in
                process.withLock { $0 = execution.processIdentifier.value }
            }
            process.withLock { $0 = nil }
            switch result.terminationStatus {
            case .exited(let status): return .exited(status)
            case .signaled(let signal): return .signaled(signal)
            }
        } catch {
            throw ChildCommandError(command: name, reason: "\(error)")
        }
    }

    /// Asks the command to end (SIGTERM); does nothing when it is not running.
    package func terminate() {
        guard let identifier = process.withLock({ $0 }) else { return }
        kill(identifier, SIGTERM)
    }
}

/// A command that cannot be started.
package struct ChildCommandError: Error, Sendable, Hashable, CustomStringConvertible {
    package var command: String
    package var reason: String

    package var description: String {
        "cannot run '\(command)': \(reason). Expected a program in PATH or a path to one."
    }
}
