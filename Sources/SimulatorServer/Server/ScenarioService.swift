internal import Logging
internal import Scenarios
internal import ServiceLifecycle
internal import YAMLDocuments

/// Loads scenario files, and loads them again when they change; a bad edit keeps the old ones, and is told.
struct ScenarioService: Service {
    /// Edits are seen at most this much later.
    private static let interval = Duration.milliseconds(250)

    private let paths: [String]
    private let library: ScenarioLibrary
    private let logger: Logger
    private let first: [String: String]

    /// Loads the files; blocks on the disk.
    ///
    /// - Throws: ``ScenarioFileError`` with all that is wrong in them, or ``ScenarioPathError``.
    init(paths: [String], library: ScenarioLibrary, logger: Logger) throws {
        self.paths = paths
        self.library = library
        self.logger = logger
        first = Self.stamps(of: paths)
        let readings = try ScenarioFiles.read(try ScenarioFiles.files(at: paths))
        library.replaceFiles(try ScenarioFiles.scenarios(of: readings))
        for warning in readings.flatMap(\.warnings) { logger.warning("\(warning)") }
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var stamps = first
            while (try? await Task.sleep(for: Self.interval)) != nil {
                let now = Self.stamps(of: paths)
                guard now != stamps else { continue }
                stamps = now
                reload()
            }
        }
    }

    private static func stamps(of paths: [String]) -> [String: String] {
        let files = (try? ScenarioFiles.files(at: paths)) ?? []
        return Dictionary(files.map { ($0, ScenarioFiles.stamp(of: $0)) }) { first, _ in first }
    }

    private func reload() {
        do {
            let readings = try ScenarioFiles.read(try ScenarioFiles.files(at: paths))
            let scenarios = try ScenarioFiles.scenarios(of: readings)
            library.replaceFiles(scenarios)
            for warning in readings.flatMap(\.warnings) { logger.warning("\(warning)") }
            logger.info("scenarios loaded again: \(scenarios.map(\.name).joined(separator: ", "))")
        } catch {
            logger.error("the scenarios stay as they were: \(error)")
        }
    }
}
