internal import ArgumentParser
internal import Foundation

/// A command as the parser of the command line describes it: its subcommands, and the options that it takes.
///
/// What can be set is written down once, in the commands; this is read from there.
struct CommandShape: Sendable {
    var name: String
    var subcommands: [CommandShape] = []
    var options: [OptionShape] = []
    /// The positional PATHs, as the option `paths`; nil for a command that takes none.
    var paths: OptionShape?
    /// False for what only other programs call.
    var isShown = true
    /// The text of its help, with examples.
    var discussion = ""
    /// Of a command below another one, from the root down, its own name included.
    var path: [String] = []

    /// `paths` is one of them where the command takes paths.
    var settings: [OptionShape] { options + (paths.map { [$0] } ?? []) }

    func subcommand(_ name: String) -> CommandShape? { subcommands.first { $0.name == name } }

    func setting(_ name: String) -> OptionShape? { settings.first { $0.name == name } }

    /// Whether a configuration file can set what this command or one below it takes.
    var isConfigurable: Bool { takesConfiguration || subcommands.contains(where: \.isConfigurable) }

    /// Whether the command itself has `--config`.
    var takesConfiguration: Bool { options.contains { $0.name == OptionShape.configurationName } }
}

/// One option, without its dashes.
struct OptionShape: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case flag
        case value
        /// May be given several times.
        case list
    }

    /// The option that names the file itself.
    static let configurationName = "config"

    var name: String
    var kind: Kind
    /// Whether its value is a path, which in a file starts at the file's folder.
    var isPath = false
    /// The value may also be the name of something built in, as in `--scenario`.
    var isPathOrName = false
    /// Whether values follow one another up to the next option.
    var takesSeveral = false
    /// The only valid values; empty where any text may be one.
    var words: [String] = []
    /// What it does.
    var help = ""
    /// Told at the end of the help.
    var defaultText: String?

    /// `--name=value`, or the flag.
    func argument(_ text: String) -> String { kind == .flag ? "--\(name)" : "--\(name)=\(text)" }
}

extension CommandShape {
    /// The whole command line, as `--experimental-dump-help` describes it.
    static let root: CommandShape = {
        do {
            let tool = try JSONDecoder().decode(Tool.self, from: Data(OpenRouterSim._dumpHelp().utf8))
            return CommandShape(tool.command, below: [])
        } catch {
            preconditionFailure("the parser's description of the command line has another form: \(error)")
        }
    }()

    private init(_ command: Tool.Command, below path: [String]) {
        let isRoot = command.superCommands == nil && command.commandName == OpenRouterSim.configuration.commandName
        name = command.commandName
        self.path = isRoot ? [] : path + [name]
        isShown = command.shouldDisplay ?? true
        discussion = command.discussion ?? ""
        let own = self.path
        subcommands = (command.subcommands ?? []).filter { $0.commandName != "help" }.map {
            CommandShape($0, below: own)
        }
        let arguments = command.arguments ?? []
        options = arguments.compactMap(OptionShape.init)
        paths = arguments.first { $0.kind == "positional" && $0.isRepeating && $0.valueName == "path" }.map {
            OptionShape(name: "paths", kind: .list, isPath: true, help: $0.abstract ?? "")
        }
    }
}

extension OptionShape {
    /// Nil for what is no option, and for `--help` and `--version`.
    fileprivate init?(_ argument: Tool.Argument) {
        guard argument.kind != "positional", let name = argument.preferredName?.name,
            !["help", "version"].contains(name)
        else { return nil }
        self.name = name
        kind = argument.kind == "flag" ? .flag : argument.isRepeating ? .list : .value
        isPath = argument.completionKind?.isPath ?? false
        isPathOrName = argument.valueName?.hasSuffix("|file") ?? false
        takesSeveral = argument.parsingStrategy == "upToNextOption"
        words = argument.allValues ?? []
        let text = argument.abstract ?? ""
        if let start = text.range(of: " (default: ", options: .backwards), text.hasSuffix(")") {
            help = String(text[..<start.lowerBound])
            defaultText = String(text[start.upperBound...].dropLast())
        } else {
            help = text
            defaultText = argument.defaultValue
        }
    }
}

/// What the parser writes, as far as it is of use here.
private struct Tool: Decodable {
    struct Command: Decodable {
        var superCommands: [String]?
        var shouldDisplay: Bool?
        var commandName: String
        var discussion: String?
        var subcommands: [Command]?
        var arguments: [Argument]?
    }

    struct Argument: Decodable {
        struct Name: Decodable {
            var name: String
        }

        var kind: String
        var isRepeating: Bool
        var parsingStrategy: String
        var preferredName: Name?
        var valueName: String?
        var defaultValue: String?
        var allValues: [String]?
        var completionKind: Completion?
        var abstract: String?
    }

    /// `{"file":{"extensions":[]}}`, `{"directory":{}}` or another kind.
    struct Completion: Decodable {
        var isPath: Bool

        private enum CodingKeys: CodingKey {
            case file, directory
        }

        init(from decoder: any Decoder) throws {
            isPath = try !decoder.container(keyedBy: CodingKeys.self).allKeys.isEmpty
        }
    }

    var command: Command
}
