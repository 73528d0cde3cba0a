/// Finds out what a command line names, before the parser reads it.
struct ArgumentScan {
    let command: CommandShape
    /// Options that are given, `paths` among them where there is a positional argument.
    private(set) var given: Set<String> = []
    /// The values of each option that has any, in order.
    private(set) var values: [String: [String]] = [:]
    private let root: CommandShape

    /// Nil when no command is named, or none that there is.
    init?(_ arguments: [String], root: CommandShape) {
        self.root = root
        var rest = arguments[...]
        var command = root
        while !command.subcommands.isEmpty {
            guard let word = rest.popFirst(), let next = command.subcommand(word) else { return nil }
            command = next
        }
        self.command = command
        read(rest.prefix { $0 != "--" })
    }

    private mutating func add(_ value: String, to option: String) {
        given.insert(option)
        values[option, default: []].append(value)
    }

    /// Of several the last; nil for one that is not given.
    func value(of option: String) -> String? { values[option]?.last }

    private mutating func read(_ arguments: ArraySlice<String>) {
        var rest = arguments
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else {
                add(argument, to: "paths")
                continue
            }
            let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            given.insert(name)
            if parts.count == 2 {
                add(String(parts[1]), to: name)
                continue
            }
            guard let option = command.setting(name), option.kind != .flag else { continue }
            repeat {
                guard let value = rest.first, !value.hasPrefix("-") else { break }
                add(value, to: name)
                rest.removeFirst()
            } while option.takesSeveral
        }
    }
}

extension ArgumentScan {
    /// The command whose options `doctor` checks.
    var targetOfDoctor: CommandShape {
        value(of: DoctorCommand.targetOption).flatMap { root.subcommand($0) } ?? root.subcommand("serve") ?? command
    }
}
