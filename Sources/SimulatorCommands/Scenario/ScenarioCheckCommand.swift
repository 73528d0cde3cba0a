internal import ArgumentParser
internal import OpenRouterAPI
internal import Scenarios
internal import SimulatorServer
internal import YAMLDocuments

/// The command `scenario check FILE…`.
struct ScenarioCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check scenario files; exit status 2 when something is wrong, with everything that is.",
        discussion: """
            Warnings, such as a rule that can never be reached, do not change the exit status. Example:
              openrouter-sim scenario check scenarios/
            """
    )

    @Argument(help: ArgumentHelp("Files and folders.", valueName: "file"))
    var files: [String]

    @Flag(help: "Print JSON for machines.")
    var json = false

    func run() throws {
        let readings = try ScenarioFiles.read(try ScenarioFiles.files(at: files))
        let errors = readings.flatMap(\.errors)
        let warnings = readings.flatMap(\.warnings)
        if json {
            let report: JSON = [
                "scenarios": .array(readings.compactMap(\.scenario?.summary)),
                "errors": .array(errors.map(\.json)),
                "warnings": .array(warnings.map(\.json)),
            ]
            Console.print(report.text)
        } else {
            for error in errors { Console.printError("\(error)") }
            for var warning in warnings {
                warning.message = "warning: " + warning.message
                Console.printError("\(warning)")
            }
            for reading in readings {
                guard let scenario = reading.scenario else { continue }
                let count = scenario.rules.count
                Console.print("\(scenario.file): \(scenario.name), \(count) rule\(count == 1 ? "" : "s"), fine")
            }
        }
        guard errors.isEmpty else { throw ExitStatus.unreadable }
    }
}
