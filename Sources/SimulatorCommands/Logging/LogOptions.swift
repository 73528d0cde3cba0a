internal import ArgumentParser
internal import Foundation
internal import Logging
internal import SimulatorServer

/// What is told on stderr while a server runs, and how.
struct LogOptions: ParsableArguments {
    @Option(help: ArgumentHelp("text or json, on stderr. (default: text)"))
    var logFormat: LogFormat?

    @Option(
        help: """
            info: requests and all below; warning: misses, faults of files and of the upstream; error. (default: info, \
            without requests where stderr is no terminal)
            """
    )
    var logLevel: LogLevel?

    @Flag(help: "Tell errors only, as --log-level error.")
    var quiet = false

    private var level: Logger.Level {
        quiet ? .error : logLevel?.level ?? .info
    }

    /// Without a terminal only who asks for a log gets a line for each request: whoever catches stderr may not read it.
    var tellsRequests: Bool {
        level <= .info && (Console.isTerminal(.errors) || logLevel != nil || logFormat != nil)
    }

    func logger() -> Logger {
        let format = logFormat ?? .text
        var logger = Logger(label: "openrouter-sim") { _ in StderrLogHandler(format: format) }
        logger.logLevel = level
        return logger
    }

    /// Nil where requests are not told of.
    func requestWriter() -> (@Sendable (LoggedRequest) -> Void)? {
        guard tellsRequests else { return nil }
        switch logFormat ?? .text {
        case .json:
            return { Console.printError($0.record(at: Date()).text) }
        case .text:
            let style = Style(isOn: Console.hasColors(.errors))
            return { Console.printError($0.line(at: Date(), style)) }
        }
    }
}

enum LogFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json
}

enum LogLevel: String, ExpressibleByArgument, CaseIterable {
    case info, warning, error

    var level: Logger.Level {
        switch self {
        case .info: .info
        case .warning: .warning
        case .error: .error
        }
    }
}
