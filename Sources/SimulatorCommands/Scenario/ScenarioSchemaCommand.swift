internal import ArgumentParser
internal import OpenRouterAPI
internal import Scenarios

/// The command `scenario schema`.
struct ScenarioSchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of scenario files, for editors.",
        discussion: """
            Editors with YAML support complete and check scenario files with it. Put this line on top of a file:
              # yaml-language-server: $schema=./scenario.schema.json
            Example:
              openrouter-sim scenario schema > scenarios/scenario.schema.json
            """
    )

    func run() {
        Console.print(ScenarioSchema.json.pretty())
    }
}
