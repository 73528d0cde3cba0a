internal import ArgumentParser
internal import OpenRouterAPI
internal import Scenarios
internal import SimulatorServer

/// The command `scenario list [PATH…]`.
struct ScenarioListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List scenarios with what they do: the built-in ones, or those of files and folders.",
        discussion: """
            Examples:
              openrouter-sim scenario list
              openrouter-sim scenario list scenarios/
            """
    )

    @Argument(help: ArgumentHelp("Files and folders; without any, the built-in scenarios.", valueName: "path"))
    var paths: [String] = []

    @Flag(help: "Print JSON for machines.")
    var json = false

    func run() throws {
        let scenarios = paths.isEmpty ? BuiltInScenarios.all : try ScenarioFiles.scenarios(at: paths)
        Console.print(json ? JSON.array(scenarios.map(\.summary)).text : Self.text(scenarios))
    }

    /// Names in one column, descriptions in the next.
    private static func text(_ scenarios: [Scenario]) -> String {
        let width = scenarios.map(\.name.count).max() ?? 0
        return scenarios.map { scenario in
            guard !scenario.description.isEmpty else { return scenario.name }
            let padding = String(repeating: " ", count: width - scenario.name.count + 2)
            return scenario.name + padding + scenario.description
        }.joined(separator: "\n")
    }
}
