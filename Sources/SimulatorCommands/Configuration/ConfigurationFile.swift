internal import Foundation
internal import OpenRouterAPI
internal import SimulatorServer
internal import YAMLDocuments

/// `openrouter-sim.yaml`: options under their names, for all commands with a server, and in sections for one command.
///
/// ```yaml
/// timing: recorded
/// serve:
///   paths: [scenarios/, cassettes/]
/// ```
struct ConfigurationFile: Sendable {
    /// Looked for in the working directory.
    static let defaultName = ScenarioFiles.configurationName

    /// As it was named.
    let path: String
    /// For the commands of ``commonCommands``.
    private(set) var common: [ConfiguredOption] = []
    /// By the command's path, such as `["catalog", "update"]`.
    private(set) var sections: [[String]: [ConfiguredOption]] = [:]
    private var problems: [String] = []

    /// The commands that keys outside of sections are for: those with a server.
    static let commonCommands = ["serve", "record", "replay", "run"]

    /// Whether there is one of the default name in the working directory.
    static var isHere: Bool { FileManager.default.fileExists(atPath: defaultName) }

    /// - Parameters:
    ///   - path: the user's, or nil for the default one, which need not be there.
    ///   - root: what can be configured.
    /// - Returns: nil when there is none.
    /// - Throws: ``ConfigurationError`` with all that is wrong in it.
    static func load(_ path: String?, root: CommandShape) throws(ConfigurationError) -> ConfigurationFile? {
        let name = path ?? defaultName
        if path == nil, !isHere { return nil }
        // Not only of files: /dev/null is how to have none.
        guard let handle = FileHandle(forReadingAtPath: name), let data = try? handle.readToEnd() ?? Data() else {
            throw ConfigurationError(
                problems: ["\(name): cannot be read. Expected a configuration file, see docs/configuration.md."]
            )
        }
        return try ConfigurationFile(parsing: Array(data), path: name, root: root)
    }

    /// - Throws: ``ConfigurationError`` with all that is wrong in it.
    init(parsing bytes: [UInt8], path: String, root: CommandShape) throws(ConfigurationError) {
        self.path = path
        let document: YAMLDocument
        do {
            document = try YAMLDocument(parsing: bytes, file: path)
        } catch {
            throw ConfigurationError(problems: ["\(error)"])
        }
        read(document.root, root: root)
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
    }

    /// Where its relative paths start; empty for the working directory, else it ends with a slash.
    private var folder: String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }
}

// MARK: - Reading

extension ConfigurationFile {
    private mutating func read(_ node: YAMLNode, root: CommandShape) {
        guard isMapping(node) else { return }
        let commands = Self.commonCommands.compactMap(root.subcommand)
        let sections = root.subcommands.filter(\.isConfigurable)
        for entry in node.entries {
            if let section = sections.first(where: { $0.name == entry.key }) {
                read(section: section, entry.value)
                continue
            }
            let shapes = commands.compactMap { $0.setting(entry.key) }.filter(\.isSettable)
            guard let shape = shapes.first(where: { $0.kind == .list }) ?? shapes.first else {
                let names = commands.flatMap(\.settings).filter(\.isSettable).map(\.name).unique
                unknown(entry, "", among: sections.map(\.name) + names)
                continue
            }
            let command = commands.first { $0.setting(entry.key)?.kind == shape.kind }
            if let option = option(entry, shape, of: command ?? root) { common.append(option) }
        }
    }

    private mutating func read(section: CommandShape, _ node: YAMLNode) {
        guard isMapping(node) else { return }
        let below = section.subcommands.filter(\.isConfigurable)
        for entry in node.entries {
            if let subcommand = below.first(where: { $0.name == entry.key }) {
                read(section: subcommand, entry.value)
            } else if section.takesConfiguration, let shape = section.setting(entry.key), shape.isSettable {
                if let option = option(entry, shape, of: section) { sections[section.path, default: []].append(option) }
            } else {
                let names = section.takesConfiguration ? section.settings.filter(\.isSettable).map(\.name) : []
                unknown(entry, " of '\(section.path.joined(separator: " "))'", among: below.map(\.name) + names)
            }
        }
    }

    /// Empty is fine, and has nothing.
    private mutating func isMapping(_ node: YAMLNode) -> Bool {
        if case .null? = node.scalar?.value { return true }
        if case .mapping = node.content { return true }
        fail(node.position, "expected options under their names, such as 'port: 6464', found \(node.kindInWords)")
        return false
    }

    /// Nil for what is wrong, which is told.
    private mutating func option(
        _ entry: YAMLNode.Entry,
        _ shape: OptionShape,
        of command: CommandShape
    ) -> ConfiguredOption? {
        var nodes = [entry.value]
        if case .sequence(let elements) = entry.value.content {
            guard shape.kind == .list else {
                fail(entry.value.position, "'\(entry.key)' takes one value, found a sequence")
                return nil
            }
            nodes = elements
        }
        let values = nodes.compactMap { value($0, entry.key, shape, of: command) }
        guard values.count == nodes.count else { return nil }
        return ConfiguredOption(name: shape.name, values: values)
    }

    private mutating func value(
        _ node: YAMLNode,
        _ key: String,
        _ shape: OptionShape,
        of command: CommandShape
    ) -> ConfiguredOption.Value? {
        guard let scalar = node.scalar, scalar.value != .null else {
            fail(node.position, "'\(key)' takes \(shape.valueInWords), found \(node.kindInWords)")
            return nil
        }
        var text = scalar.text
        if shape.kind == .flag {
            guard case .bool(let isOn) = scalar.value else {
                fail(node.position, "'\(key)' takes true or false, found '\(text)'")
                return nil
            }
            text = isOn ? "true" : "false"
        } else if case .string = scalar.value {
            text = shape.placing(text, in: folder)
        }
        let place = ConfiguredOption.Place.file(path, node.position)
        if let problem = OptionProbe.problem(of: text, as: shape, of: command) {
            problems.append("\(place): \(problem)")
            return nil
        }
        return ConfiguredOption.Value(text: text, place: place)
    }

    /// All words are named only where none is near: there are many.
    private mutating func unknown(_ entry: YAMLNode.Entry, _ place: String, among words: [String]) {
        let hint =
            NearestWord.to(entry.key, among: words).map { "Did you mean '\($0)'?" }
            ?? "Valid: \(words.joined(separator: ", "))"
        fail(entry.keyPosition, "unknown key '\(entry.key)'\(place). \(hint)")
    }

    private mutating func fail(_ position: JSONPosition, _ message: String) {
        problems.append("\(ConfiguredOption.Place.file(path, position)): \(message)")
    }
}

extension OptionShape {
    /// Whether a file may set it: not what names the file.
    var isSettable: Bool { name != Self.configurationName }

    fileprivate var valueInWords: String {
        switch kind {
        case .flag: "true or false"
        case .value: "a value"
        case .list: "a value or a sequence of values"
        }
    }

    /// A relative path as seen from the working directory.
    fileprivate func placing(_ text: String, in folder: String) -> String {
        let isFile = isPath || isPathOrName && (text.contains("/") || text.hasSuffix(".yaml") || text.hasSuffix(".yml"))
        return isFile && !text.hasPrefix("/") ? folder + text : text
    }
}

extension Array where Element: Hashable {
    /// The first of equal ones, in order.
    fileprivate var unique: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
