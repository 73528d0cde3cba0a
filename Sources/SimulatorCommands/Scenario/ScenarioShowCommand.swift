internal import ArgumentParser
internal import Foundation
internal import OpenRouterAPI
internal import Scenarios
internal import SimulatorServer

/// The command `scenario show NAME|FILE`.
struct ScenarioShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Print a scenario as it is written, for example to change a built-in one.",
        discussion: """
            Examples:
              openrouter-sim scenario show provider-fallback > scenarios/my-fallback.yaml
              openrouter-sim scenario show scenarios/my-fallback.yaml --json
            """
    )

    @Argument(
        help: ArgumentHelp("A built-in scenario's name, or a file.", valueName: "name|file"),
        completion: .scenarios
    )
    var name: String

    @Flag(help: "Print JSON for machines: name, description, rules with their lines, and the source.")
    var json = false

    func run() throws {
        let scenario = try found()
        // The file ends with a line feed of its own.
        let source = scenario.source.hasSuffix("\n") ? String(scenario.source.dropLast()) : scenario.source
        Console.print(json ? scenario.json.text : source)
    }

    private func found() throws -> Scenario {
        if let builtIn = BuiltInScenarios.named(name) { return builtIn }
        guard FileManager.default.fileExists(atPath: name) else {
            let nearest = BuiltInScenarios.nearestName(to: name).map { " Did you mean '\($0)'?" } ?? ""
            throw ValidationError(
                "'\(name)' is neither a built-in scenario nor a file.\(nearest) "
                    + "'openrouter-sim scenario list' lists the built-in ones."
            )
        }
        let scenarios = try ScenarioFiles.scenarios(at: [name])
        guard scenarios.count == 1 else {
            throw ValidationError("\(name): a folder with \(scenarios.count) scenarios. Name one of its files.")
        }
        return scenarios[0]
    }
}
