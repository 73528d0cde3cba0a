internal import OpenRouterAPI

/// An option as a file or a variable sets it.
struct ConfiguredOption: Sendable {
    /// Where something is set.
    enum Place: Sendable, Hashable, CustomStringConvertible {
        case file(String, JSONPosition)
        case variable(String)

        /// `openrouter-sim.yaml:3:9` or `OPENROUTER_SIM_PORT`.
        var description: String {
            switch self {
            case .file(let file, let position): "\(file):\(position.line):\(position.column)"
            case .variable(let name): name
            }
        }
    }

    struct Value: Sendable, Hashable {
        /// As on the command line; of a flag `true` or `false`.
        var text: String
        var place: Place
    }

    var name: String
    /// In order; an option that is no list has one.
    var values: [Value]

    var isOff: Bool { values.allSatisfy { $0.text == "false" } }
}

/// What is wrong in what is configured, all of it.
struct ConfigurationError: Error, Equatable, CustomStringConvertible {
    /// Each with its place.
    var problems: [String]

    var description: String { problems.joined(separator: "\n") }
}
