internal import Foundation
internal import OpenRouterAPI

/// A command line with what the configuration file and the environment add to it.
///
/// What they set becomes arguments like any others, in front of a `--`; an option that the user has given is left as it
/// was given. So flags win over variables, and variables over the file.
struct ConfiguredCommandLine: Sendable {
    /// The one that is run, for `doctor` to tell of.
    @TaskLocal static var current: ConfiguredCommandLine?

    /// For the parser.
    private(set) var arguments: [String]
    /// As the user has written them.
    private let written: [String]
    /// What was added.
    private(set) var added: [ConfiguredOption] = []
    private(set) var file: ConfigurationFile?
    let environment: EnvironmentOptions
    /// What the user has written; nil like ``command``, and where nothing can be added.
    private(set) var scan: ArgumentScan?
    /// What is wrong, for `doctor`, which goes on all the same.
    private(set) var error: ConfigurationError?

    /// Reads the file; blocks on the disk.
    ///
    /// - Parameters:
    ///   - arguments: without the program's name.
    ///   - variables: the environment.
    /// - Throws: ``ConfigurationError``.
    init(_ arguments: [String], environment variables: [String: String]) throws(ConfigurationError) {
        self.arguments = arguments
        written = arguments
        environment = EnvironmentOptions(variables)
        // To ask the parser what commands there are takes longer than to start a server.
        let mayBeConfigured =
            !environment.isEmpty || arguments.starts(with: DoctorCommand.path)
            || arguments.contains { $0.hasPrefix("--\(OptionShape.configurationName)") } || ConfigurationFile.isHere
        guard mayBeConfigured, let scan = Self.scan(arguments) else { return }
        self.scan = scan
        let isDoctor = scan.command.path == DoctorCommand.path
        do {
            let path = scan.value(of: OptionShape.configurationName) ?? environment.configurationPath
            file = try ConfigurationFile.load(path, root: .root)
            // What `doctor` looks at is set for other commands.
            for option in try options(of: isDoctor ? scan.targetOfDoctor : scan.command) { try add(option, to: scan) }
        } catch {
            guard isDoctor else { throw error }
            self.error = error
        }
    }

    /// The command that was named; nil where the parser will complain or only help is asked for.
    var command: CommandShape? { (scan ?? Self.scan(written))?.command }

    private static func scan(_ arguments: [String]) -> ArgumentScan? {
        // Also `--generate-completion-script`, and the `---completion` that shells call.
        let asksForHelp = arguments.prefix { $0 != "--" }.contains {
            ["--help", "-h", "--version"].contains($0) || $0.hasPrefix("--generate-") || $0.hasPrefix("---")
        }
        guard !asksForHelp, let scan = ArgumentScan(arguments, root: .root), scan.command.takesConfiguration else {
            return nil
        }
        return scan
    }

    /// What file and variables set for a command: each option once.
    ///
    /// - Throws: ``ConfigurationError`` for variables with invalid values.
    func options(of command: CommandShape) throws(ConfigurationError) -> [ConfiguredOption] {
        let isCommon = ConfigurationFile.commonCommands.contains(command.path.joined(separator: " "))
        let ranked =
            try environment.options(of: command, isCommon: isCommon)
            + (file?.sections[command.path] ?? [])
            + (isCommon ? file?.common ?? [] : [])
        var seen: Set<String> = []
        return ranked.filter { command.setting($0.name) != nil && seen.insert($0.name).inserted }
    }

    private mutating func add(_ option: ConfiguredOption, to scan: ArgumentScan) throws(ConfigurationError) {
        guard let shape = scan.command.setting(option.name), !scan.given.contains(option.name) else { return }
        if shape.kind != .list, option.values.count > 1 {
            throw ConfigurationError(
                problems: [
                    "\(option.values[1].place): '\(scan.command.name)' takes one '\(option.name)', "
                        + "found \(option.values.count)"
                ]
            )
        }
        guard shape.kind != .flag || !option.isOff else { return }
        added.append(option)
        let texts = option.values.map(\.text)
        if shape.name == scan.command.paths?.name {
            // After the command's name; what looks like an option is still a path.
            let paths = texts.map { $0.hasPrefix("-") ? "./" + $0 : $0 }
            arguments.insert(contentsOf: paths, at: scan.command.path.count)
        } else {
            let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
            arguments.insert(contentsOf: texts.map(shape.argument), at: end)
        }
    }
}

extension ConfiguredCommandLine {
    /// Says of an error that is about something added where that is set.
    func placed(_ message: String) -> String {
        let about = added.first { option in
            guard let name = message.range(of: "--\(option.name)") else { return false }
            // `--key` is not meant by `--key-file`.
            return message[name.upperBound...].first.map { !($0.isLetter || $0 == "-") } ?? true
        }
        guard let about,
            let place = about.values.first(where: { message.contains($0.text) })?.place
                ?? about.values.first?.place
        else { return message }
        return "\(place): \(message)"
    }
}
