internal import Logging
internal import SimulatorServer

/// Runs a server for a command, from its banner to its summary.
struct ServerRun {
    let options: ServerOptions
    let configuration: ServerConfiguration
    /// The word in the banner.
    let mode: String

    /// - Parameters:
    ///   - companions: what runs beside the server.
    ///   - announces: whether to tell that the server is bound: banner, ready line, file.
    /// - Returns: what was served, once the server has stopped.
    /// - Throws: what keeps the server from starting, or a companion's error.
    func run(companions: [Companion] = [], announces: Bool = true) async throws -> ServerApplication.Summary {
        let logger = options.logging.logger()
        let application = try ServerApplication(configuration, logger: logger)
        let readiness = Readiness(
            readyFile: options.readyFile,
            mode: mode,
            recordingCount: application.recordingCount
        )
        if announces { try readiness.check() }
        var all = companions
        if options.parentWatch { all.append(.parentWatch) }
        let summary = try await application.run(companions: all) { binding in
            warnAboutHost(logger)
            guard announces else { return }
            do {
                try readiness.announce(binding)
            } catch {
                logger.error("\(error)")
            }
        }
        for line in summary.lines { logger.info("\(line)") }
        return summary
    }

    private func warnAboutHost(_ logger: Logger) {
        guard !configuration.isLoopback else { return }
        logger.warning("listening on \(configuration.host): everybody who can reach this machine can use the server")
    }
}

extension ServerApplication.Summary {
    /// Names that are told of each kind; the control API has them all.
    private static let nameLimit = 10

    /// What was served, missed and unused.
    var lines: [String] {
        var parts = ["served " + Self.count(answers, "answer")]
        if recorded > 0 { parts.append("recorded \(recorded)") }
        if lost > 0 { parts.append("could not record \(lost)") }
        parts.append("\(misses) \(misses == 1 ? "miss" : "misses")")
        let unused = [(unusedRecordings, "recording", "never played"), (unusedRules, "rule", "never matched")]
            .filter { !$0.0.isEmpty }
        parts += unused.map { Self.count($0.0.count, "unused \($0.1)") }
        if unlogged > 0 { parts.append("\(unlogged) not logged, they came too fast") }
        return [parts.joined(separator: ", ")]
            + unused.map { names, _, reason in
                let rest = names.count > Self.nameLimit ? " and \(names.count - Self.nameLimit) more" : ""
                return "\(reason): " + names.prefix(Self.nameLimit).joined(separator: ", ") + rest
            }
    }

    private static func count(_ count: Int, _ noun: String) -> String {
        "\(count) \(noun)\(count == 1 ? "" : "s")"
    }
}
