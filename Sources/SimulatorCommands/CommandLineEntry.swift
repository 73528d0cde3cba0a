internal import ArgumentParser
internal import OpenRouterAPI

#if canImport(Darwin)
internal import Darwin
#elseif canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Runs a command line and leaves with the exit status that PRODUCT.md promises.
package enum CommandLineEntry {
    package static func main(_ arguments: [String]? = nil) async -> Never {
        // A client that closes its pipe must not end the server.
        signal(SIGPIPE, SIG_IGN)
        exit(await status(arguments))
    }

    /// - Returns: 0 fine, 1 findings, 2 wrong usage or unreadable input.
    static func status(_ arguments: [String]?) async -> Int32 {
        do {
            var command: any ParsableCommand
            do {
                command = try OpenRouterSim.parseAsRoot(arguments)
            } catch {
                return report(
                    error,
                    unknown: Subcommands.hint(for: arguments ?? Array(CommandLine.arguments.dropFirst()))
                )
            }
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return 0
        } catch let status as ExitStatus {
            return status.code
        } catch let error as ValidationError {
            // The usage says nothing about what only the run could find out.
            Console.printError("Error: \(error)")
            return 2
        } catch {
            return report(error)
        }
    }

    /// - Parameter unknown: what to say of a word that is no subcommand, in the place of the error.
    private static func report(_ error: any Error, unknown: String? = nil) -> Int32 {
        let message = OpenRouterSim.fullMessage(for: error)
        if OpenRouterSim.exitCode(for: error) == .success {
            Console.print(message)
            return 0
        }
        Console.printError(unknown ?? (message.hasPrefix("Error: ") ? message : "Error: \(error)"))
        return 2
    }
}

/// Words where the name of a command is expected.
private enum Subcommands {
    /// What to say of the first word that is no command's name, or nil if that is not what is wrong.
    static func hint(for arguments: [String]) -> String? {
        var names: [String] = []
        var command: any ParsableCommand.Type = OpenRouterSim.self
        for word in arguments {
            let commands = command.configuration.subcommands
            guard !commands.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
            if let found = commands.first(where: { $0.configuration.commandName == word }) {
                command = found
                names.append(word)
                continue
            }
            let valid = commands.filter { $0.configuration.shouldDisplay }.compactMap { $0.configuration.commandName }
            return "Error: Unknown command '\((names + [word]).joined(separator: " "))'."
                + NearestWord.hint(word, among: valid)
        }
        return nil
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
