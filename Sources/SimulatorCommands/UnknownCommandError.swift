internal import ArgumentParser
internal import OpenRouterAPI

/// A word where the name of a command is expected.
struct UnknownCommandError: Error, CustomStringConvertible {
    let description: String

    /// Looks for the first word that is no command's name; nil if that is not what is wrong.
    ///
    /// - Parameter arguments: without the name of the program.
    init?(in arguments: [String]) {
        var names: [String] = []
        var command: any ParsableCommand.Type = OpenRouterSim.self
        for word in arguments {
            let commands = command.configuration.subcommands
            guard !commands.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
            if let found = commands.first(where: { $0.configuration.commandName == word }) {
                command = found
                names.append(word)
                continue
            }
            let valid = commands.filter { $0.configuration.shouldDisplay }.compactMap { $0.configuration.commandName }
            description =
                "Unknown command '\((names + [word]).joined(separator: " "))'." + NearestWord.hint(word, among: valid)
            return
        }
        return nil
    }
}
