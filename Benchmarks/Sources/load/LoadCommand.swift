internal import Launching
internal import NIOCore
internal import NIOPosix

/// `load closed|paced|alternate`: asks a server on this machine, and prints what it saw as one JSON line.
///
/// Counts only answers with status 200 that end where they should; the first other one ends the run with status 1.
@main
struct LoadCommand {
    private static let known: Set<String> = [
        "port", "request", "request-count", "answer-bytes", "connections", "seconds", "warm-up", "answers",
        "streams-each", "spread-ms", "other-port", "other-answer-bytes", "pairs",
    ]

    static func main() async {
        do {
            guard CommandLine.arguments.count > 1 else { throw OptionError("expected closed, paced or alternate") }
            let options = try Options(CommandLine.arguments.dropFirst(2), known: known)
            let members =
                switch CommandLine.arguments[1] {
                case "closed": try await closed(options)
                case "paced": try await paced(options)
                case "alternate": try await alternate(options)
                case let mode: throw OptionError("unknown mode '\(mode)', expected closed, paced or alternate")
                }
            Output.line("{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}")
        } catch {
            Output.fail(error)
        }
    }

    /// `closed --port N --request FILE [--request-count N] [--answer-bytes N] [--connections N]` and either
    /// `[--seconds S] [--warm-up S]` or `--answers N`.
    private static func closed(_ options: Options) async throws -> [(String, Double)] {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let limit: ClosedLoop.Limit =
            if options["answers"] != nil {
                .answers(try options.number("answers"))
            } else {
                .time(
                    warmUp: TimeAmount(seconds: try options.number("warm-up", default: 0.5)),
                    measured: TimeAmount(seconds: try options.number("seconds", default: 3))
                )
            }
        let handlers = try await open(options, on: eventLoop)
        let requests = try requests(options)
        let result = try await ClosedLoop.run(handlers, requests: requests, limit: limit, on: eventLoop)
        return [
            ("per_second", Double(result.samples.count) / result.seconds),
            ("measured", Double(result.samples.count)),
            ("answers", Double(result.answerCount)),
            ("seconds", result.seconds),
            ("client_cpu", result.processorSeconds / result.seconds),
        ] + result.samples.members()
    }

    /// `paced --port N --request FILE --connections N [--streams-each N] [--spread-ms N] [--answer-bytes N]`.
    private static func paced(_ options: Options) async throws -> [(String, Double)] {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let handlers = try await open(options, on: eventLoop)
        let result = try await PacedStreams.run(
            handlers,
            requests: requests(options),
            streamsEach: options.number("streams-each", default: 1),
            spread: .milliseconds(options.number("spread-ms", default: 0)),
            on: eventLoop
        )
        return [
            ("streams", Double(result.samples.count)),
            ("seconds", result.seconds),
            ("client_cpu", result.processorSeconds / result.seconds),
        ] + result.samples.members()
    }

    /// `alternate --port N --answer-bytes N --other-port N --other-answer-bytes N --request FILE --pairs N`.
    private static func alternate(_ options: Options) async throws -> [(String, Double)] {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let first = try await Connections.open(
            1,
            port: options.number("port"),
            expectation: expectation(options, "answer-bytes"),
            on: eventLoop
        )
        let second = try await Connections.open(
            1,
            port: options.number("other-port"),
            expectation: expectation(options, "other-answer-bytes"),
            on: eventLoop
        )
        let pairCount: Int = try options.number("pairs")
        let result = try await AlternatingPair.run(
            first,
            second,
            requests: requests(options),
            pairCount: pairCount,
            warmUpCount: pairCount / 5,
            on: eventLoop
        )
        return [("pairs", Double(result.first.count))]
            + result.first.members(prefix: "first_") + result.second.members(prefix: "second_")
    }

    private static func open(
        _ options: Options,
        on eventLoop: any EventLoop
    ) async throws -> NIOLoopBound<[ExchangeHandler]> {
        try await Connections.open(
            options.number("connections", default: 16),
            port: options.number("port"),
            expectation: expectation(options, "answer-bytes"),
            on: eventLoop
        )
    }

    private static func requests(_ options: Options) throws -> RequestCycle {
        try RequestCycle(path: options.string("request"), count: options.number("request-count", default: 1))
    }

    private static func expectation(_ options: Options, _ name: String) throws(OptionError) -> AnswerReader.Expectation
    {
        options[name] == nil ? .framing : .byteCount(try options.number(name))
    }
}

extension TimeAmount {
    fileprivate init(seconds: Double) {
        self = .nanoseconds(Int64(seconds * 1e9))
    }
}
