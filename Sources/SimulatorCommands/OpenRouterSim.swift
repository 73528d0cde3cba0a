internal import ArgumentParser

/// `openrouter-sim`: one binary, one feature set.
struct OpenRouterSim: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openrouter-sim",
        abstract: "A stand-in for OpenRouter: fake it, record it, replay it.",
        discussion: """
            Start the fake and point a client at it:

              openrouter-sim serve
              curl http://127.0.0.1:6464/api/v1/models

            Exit status: 0 fine; 1 findings (misses, failed verification); 2 wrong usage or unreadable input.
            """,
        version: Version.text,
        subcommands: [
            ServeCommand.self, RecordCommand.self, ReplayCommand.self, RunCommand.self, CassetteCommand.self,
            ScenarioCommand.self, ConformanceCommand.self, FuzzCommand.self, DoctorCommand.self,
        ]
    )
}
