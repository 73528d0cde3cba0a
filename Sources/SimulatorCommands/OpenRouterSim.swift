internal import ArgumentParser

/// `openrouter-sim`: one binary, one feature set.
struct OpenRouterSim: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openrouter-sim",
        abstract: "A stand-in for OpenRouter: fake it, record it, replay it.",
        discussion: """
            Start the fake, point a client at it, and break what it answers:

              openrouter-sim serve
              curl http://127.0.0.1:6464/api/v1/models
              curl -N http://127.0.0.1:6464/s/mid-stream-error/api/v1/chat/completions \\
                -H 'Authorization: Bearer sk-or-v1-test' \\
                -d '{"model": "openai/gpt-4o-mini", "stream": true, "messages": [{"role": "user", "content": "Hi"}]}'

            Record real answers, and give them back to tests without the network:

              openrouter-sim record --cassette session.cassette
              openrouter-sim run --cassette session.cassette -- pytest -q

            Every option can be in openrouter-sim.yaml or in a variable OPENROUTER_SIM_…; 'openrouter-sim doctor' says \
            what keeps a server from starting, and where each value comes from.

            Exit status: 0 fine; 1 findings (misses, failed verification); 2 wrong usage or unreadable input.
            """,
        version: Version.text,
        subcommands: [
            ServeCommand.self, RecordCommand.self, ReplayCommand.self, RunCommand.self, CassetteCommand.self,
            ScenarioCommand.self, ConformanceCommand.self, FuzzCommand.self, CatalogCommand.self,
            DoctorCommand.self,
        ]
    )
}
