internal import ArgumentParser
internal import Foundation
internal import OpenRouterAPI

/// Asks the parser of the command line about single values, so that a file is held against the same rules.
enum OptionProbe {
    /// - Parameters:
    ///   - text: the value as on the command line.
    ///   - option: what it is for.
    ///   - command: which command's option that is.
    /// - Returns: what is wrong with it and what was expected, or nil when it is fine.
    static func problem(of text: String, as option: OptionShape, of command: CommandShape) -> String? {
        guard option.kind != .flag, option.name != "paths" else { return nil }
        if !option.words.isEmpty {
            guard !option.words.contains(text) else { return nil }
            return "'\(text)' is not valid for '\(option.name)'." + NearestWord.hint(text, among: option.words)
        }
        do {
            _ = try OpenRouterSim.parseAsRoot(command.path + [option.argument(text)])
            return nil
        } catch {
            let message = OpenRouterSim.message(for: error)
            // Anything else is about what the command needs besides.
            guard let subject = message.range(of: "is invalid for '--\(option.name)") else { return nil }
            let reason = message[subject.upperBound...].range(of: "': ").map { message[$0.upperBound...] }
            return "'\(text)' is not valid for '\(option.name)'. " + (reason.map(String.init) ?? option.help)
        }
    }
}
