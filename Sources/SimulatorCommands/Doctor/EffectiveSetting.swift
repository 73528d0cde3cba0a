internal import OpenRouterAPI
internal import Simulation

/// An option of a command, what it comes to, and who says so.
struct EffectiveSetting: Sendable, Hashable {
    enum Source: Sendable, Hashable {
        case builtIn
        case flag
        case place(ConfiguredOption.Place)
    }

    var option: OptionShape
    /// Empty for what has no value.
    var texts: [String]
    var source: Source

    /// Every option of a command, in the order of its help.
    ///
    /// - Throws: ``ConfigurationError`` for variables without valid values.
    static func all(of command: CommandShape, in line: ConfiguredCommandLine) throws(ConfigurationError) -> [Self] {
        let configured = try line.options(of: command)
        return command.settings.filter(\.isSettable).map { option in
            let given = line.scan.flatMap { $0.given.contains(option.name) ? $0 : nil }
            if let given {
                return Self(option: option, texts: given.values[option.name] ?? ["true"], source: .flag)
            }
            if let set = configured.first(where: { $0.name == option.name }), let first = set.values.first {
                return Self(option: option, texts: set.values.map(\.text), source: .place(first.place))
            }
            let text = option.defaultText ?? (option.kind == .flag ? "false" : nil)
            return Self(option: option, texts: text.map { [$0] } ?? [], source: .builtIn)
        }
    }

    /// Keys are shown as OpenRouter shows them.
    var shownTexts: [String] {
        ["key", "management-key"].contains(option.name) ? texts.map { $0.masked(keeping: 12) } : texts
    }

    var sourceText: String {
        switch source {
        case .builtIn: "default"
        case .flag: "command line"
        case .place(let place): place.description
        }
    }

    var json: JSON {
        let kind =
            switch source {
            case .builtIn: "default"
            case .flag: "flag"
            case .place(.variable): "variable"
            case .place(.file): "file"
            }
        let values: [JSON] = shownTexts.map { .string($0) }
        return [
            "option": .string(option.name),
            "value": option.kind == .list ? .array(values) : values.first ?? .null,
            "source": .string(kind),
            "place": .string(sourceText),
        ]
    }
}
