internal import ArgumentParser
internal import Foundation

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Runs a command line and leaves with the exit status that PRODUCT.md promises.
package enum CommandLineEntry {
    package static func main() async -> Never {
        // A client that closes its pipe must not end the server.
        signal(SIGPIPE, SIG_IGN)
        let status = await status(Array(CommandLine.arguments.dropFirst()))
        guard status == 0, let failure = Console.outputFailure else { exit(status) }
        Console.printError("Error: cannot write to stdout: \(failure)")
        exit(1)
    }

    /// - Returns: 0 fine, 1 findings, 2 wrong usage or unreadable input.
    static func status(_ arguments: [String]) async -> Int32 {
        var line: ConfiguredCommandLine?
        do {
            let configured = try ConfiguredCommandLine(arguments, environment: ProcessInfo.processInfo.environment)
            line = configured
            var command: any ParsableCommand
            do {
                command = try OpenRouterSim.parseAsRoot(configured.arguments)
            } catch {
                throw UnknownCommandError(in: configured.arguments) ?? error
            }
            do {
                try await ConfiguredCommandLine.$current.withValue(configured) {
                    if var asynchronous = command as? any AsyncParsableCommand {
                        try await asynchronous.run()
                    } else {
                        try command.run()
                    }
                }
            } catch let error as ValidationError {
                // The usage would not help: what was written was understood.
                throw UsageError(description: error.message, command: configured.command)
            }
            return 0
        } catch let status as ExitStatus {
            return status.code
        } catch {
            return report(error, line)
        }
    }

    private static func report(_ error: any Error, _ line: ConfiguredCommandLine?) -> Int32 {
        let message = OpenRouterSim.fullMessage(for: error)
        if OpenRouterSim.exitCode(for: error) == .success {
            Console.print(message)
            return 0
        }
        let text = message.hasPrefix("Error: ") ? String(message.dropFirst("Error: ".count)) : "\(error)"
        let hinted = ValueHint.added(to: text)
        Console.printError("Error: \(line?.placed(hinted) ?? hinted)")
        return 2
    }
}

/// What was asked for cannot be done.
private struct UsageError: Error, CustomStringConvertible {
    var description: String

    init(description: String, command: CommandShape?) {
        let help = command.map {
            "\n  See 'openrouter-sim \($0.path.joined(separator: " ")) --help' for more information."
        }
        self.description = description + (help ?? "")
    }
}

/// An exit status that says it all.
struct ExitStatus: Error {
    let code: Int32

    /// Misses, findings, failed verification.
    static let findings = ExitStatus(code: 1)

    /// Wrong usage or unreadable input, which was told of already.
    static let unreadable = ExitStatus(code: 2)
}
