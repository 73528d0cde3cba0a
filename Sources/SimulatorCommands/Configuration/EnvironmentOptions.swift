internal import OpenRouterAPI

/// What variables set: `OPENROUTER_SIM_TIMING` for every command with a server, `OPENROUTER_SIM_FUZZ_CASES` for one.
struct EnvironmentOptions: Sendable {
    static let prefix = "OPENROUTER_SIM_"

    private let variables: [String: String]

    /// - Parameter variables: of the process; empty ones count as not set.
    init(_ variables: [String: String]) {
        self.variables = variables.filter { $0.key.hasPrefix(Self.prefix) && !$0.value.isEmpty }
    }

    var isEmpty: Bool { variables.isEmpty }

    /// The configuration file, where a variable names one.
    var configurationPath: String? { variables[Self.name(OptionShape.configurationName)] }

    /// What is set for a command; its own variables win over those for all.
    ///
    /// - Throws: ``ConfigurationError`` with each variable that has no valid value.
    func options(of command: CommandShape, isCommon: Bool) throws(ConfigurationError) -> [ConfiguredOption] {
        var options: [ConfiguredOption] = []
        var problems: [String] = []
        for shape in command.settings where shape.isSettable {
            let own = Self.name((command.path + [shape.name]).joined(separator: "-"))
            let names = isCommon ? [own, Self.name(shape.name)] : [own]
            guard let name = names.first(where: { variables[$0] != nil }), let text = variables[name] else { continue }
            let place = ConfiguredOption.Place.variable(name)
            let texts = shape.kind == .list ? Self.elements(of: text) : [text]
            let values = texts.map { ConfiguredOption.Value(text: shape.flagText($0), place: place) }
            problems += values.compactMap { value in
                if shape.kind == .flag, !["true", "false"].contains(value.text) {
                    return "\(place): '\(value.text)' is not valid for '\(shape.name)'. Valid: 1, true, 0, false"
                }
                return OptionProbe.problem(of: value.text, as: shape, of: command).map { "\(place): \($0)" }
            }
            options.append(ConfiguredOption(name: shape.name, values: values))
        }
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
        return options
    }

    /// Variables that look as if they were ours and set nothing, each with the one that was probably meant.
    func unknownNames(commands: [CommandShape]) -> [(name: String, nearest: String?)] {
        var known: Set<String> = []
        func learn(_ command: CommandShape) {
            let isCommon = ConfigurationFile.commonCommands.contains(command.path.joined(separator: " "))
            for option in command.takesConfiguration ? command.settings : [] {
                known.insert(Self.name((command.path + [option.name]).joined(separator: "-")))
                if isCommon { known.insert(Self.name(option.name)) }
            }
            for subcommand in command.subcommands { learn(subcommand) }
        }
        for command in commands { learn(command) }
        return variables.keys.filter { !known.contains($0) && !Self.others.contains($0) }.sorted().map { name in
            (name, NearestWord.to(name, among: known.sorted()))
        }
    }

    /// Variables of the fuzzer's clients and of the packages in Clients.
    private static let others: Set<String> = [
        "OPENROUTER_SIM_TIMEOUT", "OPENROUTER_SIM_BINARY", "OPENROUTER_SIM_URL", "OPENROUTER_SIM_RECORD",
    ]

    /// `ready-file` → `OPENROUTER_SIM_READY_FILE`.
    static func name(_ option: String) -> String {
        prefix + option.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }

    /// The values of a list: a JSON array of strings, or else one a line.
    static func elements(of text: String) -> [String] {
        if text.hasPrefix("["), let array = try? JSONDocument(parsing: Array(text.utf8)).root {
            let elements = Array(array.elements)
            let strings = elements.compactMap(\.string)
            if strings.count == elements.count { return strings }
        }
        return text.split(separator: "\n").map(String.init)
    }
}

extension OptionShape {
    fileprivate func flagText(_ text: String) -> String {
        guard kind == .flag else { return text }
        switch text.lowercased() {
        case "1", "true": return "true"
        case "0", "false": return "false"
        default: return text
        }
    }
}
