internal import ArgumentParser

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
            var command = try OpenRouterSim.parseAsRoot(arguments)
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            return 0
        } catch let status as ExitStatus {
            return status.code
        } catch {
            return report(error)
        }
    }

    private static func report(_ error: any Error) -> Int32 {
        let message = OpenRouterSim.fullMessage(for: error)
        if OpenRouterSim.exitCode(for: error) == .success {
            Console.print(message)
            return 0
        }
        Console.printError(message.hasPrefix("Error: ") ? message : "Error: \(error)")
        return 2
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
