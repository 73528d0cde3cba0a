internal import ArgumentParser

/// The command `scenario …`.
struct ScenarioCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenario",
        abstract: "Look into scenarios, check files, print their JSON Schema.",
        subcommands: [
            ScenarioListCommand.self, ScenarioShowCommand.self, ScenarioCheckCommand.self, ScenarioSchemaCommand.self,
        ]
    )
}
