import Testing

@testable import SimulatorCommands

@Suite("Shape of the command line")
struct CommandShapeTests {
    @Test("has the options of the commands as they are written there")
    func options() throws {
        let serve = try #require(CommandShape.root.subcommand("serve"))
        #expect(serve.path == ["serve"])
        #expect(serve.setting("port")?.kind == .value)
        #expect(serve.setting("port")?.defaultText == "6464")
        #expect(serve.setting("key")?.kind == .list)
        #expect(serve.setting("parent-watch")?.kind == .flag)
        #expect(serve.setting("auth")?.words == ["open", "strict"])
        #expect(serve.setting("state")?.isPath == true)
        #expect(serve.setting("host")?.isPath == false)
        #expect(serve.setting("scenario")?.isPathOrName == true)
        #expect(serve.setting("paths")?.isPath == true)
        #expect(serve.setting("help") == nil)
        #expect(CommandShape.root.subcommand("replay")?.setting("cassette")?.takesSeveral == true)
        #expect(CommandShape.root.subcommand("cassette")?.subcommand("show")?.path == ["cassette", "show"])
    }

    @Test("has every option that names a file complete files, so that a configuration knows paths")
    func paths() {
        for command in CommandShape.root.subcommands where command.takesConfiguration {
            for option in command.options
            where ["cert", "ca", "key", "state", "file", "cassette"].contains(option.lastWord) {
                #expect(
                    option.isPath || ["key", "management-key"].contains(option.name),
                    "\(command.name) \(option.name)"
                )
            }
        }
    }

    @Test("gives each option of each command a variable of its own")
    func variables() {
        var owners: [String: String] = [:]
        for command in CommandShape.root.subcommands where command.takesConfiguration {
            for option in command.settings {
                let name = EnvironmentOptions.name("\(command.name)-\(option.name)")
                #expect(owners.updateValue("\(command.name) \(option.name)", forKey: name) == nil, "\(name)")
            }
        }
        for name in ConfigurationFile.commonCommands {
            for option in CommandShape.root.subcommand(name)?.settings ?? [] {
                #expect(owners[EnvironmentOptions.name(option.name)] == nil, "\(option.name)")
            }
        }
    }

    @Test("has an example in the help of every command")
    func examples() {
        func check(_ command: CommandShape) {
            if command.subcommands.isEmpty, command.isShown {
                let program = (["openrouter-sim"] + command.path).joined(separator: " ")
                #expect(command.discussion.contains(program), "\(program)")
            }
            for subcommand in command.subcommands { check(subcommand) }
        }
        check(.root)
    }
}

extension OptionShape {
    fileprivate var lastWord: String { name.split(separator: "-").last.map(String.init) ?? name }
}
