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
        let logger = try options.logger()
        warnAboutHost(logger)
        let application = try ServerApplication(configuration, logger: logger)
        let readiness = Readiness(
            readyFile: try Setting.optional(options.readyFile, "ready-file"),
            mode: mode,
            recordingCount: application.recordingCount
        )
        var all = companions
        if Setting.isOn(options.parentWatch, "parent-watch") { all.append(.parentWatch) }
        let summary = try await application.run(companions: all) { binding in
            guard announces else { return }
            do {
                try readiness.announce(binding)
            } catch {
                logger.error("\(error)")
            }
        }
        logger.info("\(summary.text)")
        return summary
    }

    private func warnAboutHost(_ logger: Logger) {
        guard !configuration.isLoopback else { return }
        logger.warning("listening on \(configuration.host): everybody who can reach this machine can use the server")
    }
}

extension ServerApplication.Summary {
    fileprivate var text: String {
        var parts = ["served \(answers) \(answers == 1 ? "answer" : "answers")"]
        if recorded > 0 { parts.append("recorded \(recorded)") }
        if lost > 0 { parts.append("could not record \(lost)") }
        parts.append("\(misses) \(misses == 1 ? "miss" : "misses")")
        return parts.joined(separator: ", ")
    }
}
