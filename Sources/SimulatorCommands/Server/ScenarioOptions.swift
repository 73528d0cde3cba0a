internal import ArgumentParser
internal import OpenRouterAPI
internal import Scenarios
internal import SimulatorServer

/// The option `--scenario`.
struct ScenarioOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A scenario that requests play when they name none: a built-in one's name, or a file.",
            valueName: "name|file"
        ),
        completion: .scenarios,
        transform: ScenarioArgument.init
    )
    var scenario: ScenarioArgument?

    func apply(to configuration: inout ServerConfiguration) {
        switch scenario {
        case .file(let path): configuration.scenarioPaths.append(path)
        case .builtIn(let name): configuration.scenario = name
        case nil: break
        }
    }
}

/// A built-in scenario, or a file with one.
enum ScenarioArgument {
    case builtIn(String)
    case file(String)

    /// - Throws: `ValidationError` for a name that is not built in.
    init(_ text: String) throws {
        if ScenarioFiles.isScenario(text) {
            self = .file(text)
            return
        }
        guard BuiltInScenarios.named(text) != nil else {
            let names = BuiltInScenarios.all.map(\.name)
            throw ValidationError("There is no scenario of this name." + NearestWord.hint(text, among: names))
        }
        self = .builtIn(text)
    }
}
