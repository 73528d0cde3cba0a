internal import ArgumentParser
internal import OpenRouterAPI
internal import Scenarios
internal import SimulatorServer

/// The option `--scenario`.
struct ScenarioOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A scenario that requests play when they name none: a built-in one's name, or a file.",
            valueName: "scenario"
        )
    )
    var scenario: String?

    /// - Throws: `ValidationError` for a name that is not built in.
    func apply(to configuration: inout ServerConfiguration) throws {
        guard let scenario = try Setting.optional(scenario, "scenario") else { return }
        if ScenarioFiles.isScenario(scenario) {
            configuration.scenarioPaths.append(scenario)
            return
        }
        guard BuiltInScenarios.named(scenario) != nil else {
            let names = BuiltInScenarios.all.map(\.name)
            throw ValidationError("unknown scenario '\(scenario)'." + NearestWord.hint(scenario, among: names))
        }
        configuration.scenario = scenario
    }
}
