internal import ArgumentParser

/// The option `--config`; a command that has it can be configured by a file.
struct ConfigurationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Configuration file. (default: openrouter-sim.yaml, where there is one)",
            valueName: "file"
        ),
        completion: .file(extensions: ["yaml", "yml"])
    )
    var config: String?
}
